package generation

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// Damage is one difference from what was written.
type Damage struct {
	Generation string `json:"generation"`
	File       string `json:"file"`
	Reason     string `json:"reason"`
}

func (d Damage) String() string { return filepath.Join(d.Generation, d.File) + ": " + d.Reason }

// Report is what Verify found. Notes are not damage.
type Report struct {
	Current     string   `json:"current"`
	Generations []string `json:"generations"`
	Files       int      `json:"files"`
	Bytes       int64    `json:"bytes"`
	Damage      []Damage `json:"damage"`
	Notes       []string `json:"notes"`
}

func (r *Report) addDamage(generation, file, reason string) {
	r.Damage = append(r.Damage, Damage{generation, file, reason})
}

// Verify checks CURRENT and every generation against their checksums. read, which
// may be nil, is called with each sound generation to check the content of its
// files. The error is for what prevented a check, not for damage.
func (f Folder) Verify(ctx context.Context, read func(Current, *Manifest) error) (Report, error) {
	r := Report{Generations: []string{}, Damage: []Damage{}, Notes: []string{}}
	names, err := f.Names()
	if err != nil {
		return r, err
	}
	r.Generations = append(r.Generations, names...)
	c, err := f.Current()
	switch {
	case errors.Is(err, ErrNone) && len(names) == 0:
		r.Notes = append(r.Notes, "no generation is published")
	case prevents(err):
		return r, err
	case err != nil:
		r.addDamage("", CurrentFile, err.Error())
	default:
		r.Current = c.Name
		if _, err := os.Stat(f.Dir(c.Name)); err != nil {
			r.addDamage("", CurrentFile, "names generation "+c.Name+", which does not exist")
		}
	}
	for _, name := range names {
		is := Current{Name: name}
		if name == c.Name {
			is = c
		}
		if err := f.verifyGeneration(ctx, &r, is, read); err != nil {
			return r, err
		}
	}
	return r, f.unknownFiles(&r)
}

// verifyGeneration checks one generation. It pins it if possible, so that no build
// removes it meanwhile.
func (f Folder) verifyGeneration(
	ctx context.Context, r *Report, c Current, read func(Current, *Manifest) error,
) (err error) {
	if unpin, failed := f.Pin(c.Name); failed == nil {
		defer func() { err = errors.Join(err, unpin()) }()
	}
	m, err := f.Manifest(c.Name, c.SHA256)
	if _, statErr := os.Stat(f.Dir(c.Name)); errors.Is(statErr, fs.ErrNotExist) && c.SHA256 == "" {
		r.Notes = append(r.Notes, c.Name+": was removed during the check")
		return nil
	}
	switch {
	case prevents(err):
		return err
	case err != nil:
		r.addDamage(c.Name, manifestFile, err.Error())
		return nil
	}
	before := len(r.Damage)
	if err := f.checkFiles(ctx, r, m); err != nil {
		return err
	}
	if read == nil || len(r.Damage) > before { // a damaged generation is not opened
		return nil
	}
	switch err := read(c, m); {
	case ctx.Err() != nil || prevents(err):
		return err
	case err != nil:
		r.addDamage(c.Name, "", err.Error())
	}
	return nil
}

// prevents reports whether an error is about this process and says nothing about the files.
func prevents(err error) bool {
	return slices.ContainsFunc([]error{fs.ErrPermission, syscall.EMFILE, syscall.ENFILE, syscall.ENOMEM},
		func(of error) bool { return errors.Is(err, of) })
}

// checkFiles checks each file of a generation against its manifest, and reports
// files that the manifest does not list.
func (f Folder) checkFiles(ctx context.Context, r *Report, m *Manifest) error {
	dir := f.Dir(m.Generation)
	listed := map[string]bool{manifestFile: true, ".": true} // with the folders on the way
	for _, want := range m.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		for name := want.Path; !listed[name]; name = path.Dir(name) {
			listed[name] = true
		}
		reason, err := mismatch(dir, want)
		if err != nil {
			return err
		}
		if reason != "" {
			r.addDamage(m.Generation, want.Path, reason)
			continue
		}
		r.Files++
		r.Bytes += want.Size
	}
	return filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err == nil && !listed[filepath.ToSlash(rel)] {
			r.addDamage(m.Generation, filepath.ToSlash(rel), "is not in the manifest")
		}
		return err
	})
}

// mismatch returns what is wrong with a file below dir, "" for nothing. The error is for what
// prevented the check.
func mismatch(dir string, want File) (string, error) {
	name := filepath.FromSlash(want.Path)
	if !filepath.IsLocal(name) {
		return "is outside its generation", nil
	}
	size, sum, err := digest(filepath.Join(dir, name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "is missing", nil
	case prevents(err):
		return "", err
	case err != nil:
		return err.Error(), nil
	case size != want.Size:
		return fmt.Sprintf("is %d bytes long, not %d", size, want.Size), nil
	case sum != want.SHA256:
		return "has another SHA-256", nil
	}
	return "", nil
}

// check checks one generation against its checksums and returns the bytes of its
// manifest. Errors: ErrDamaged, wrapped; those of the disk.
func (f Folder) check(ctx context.Context, name string, accept func(*Manifest) error) ([]byte, error) {
	content, err := os.ReadFile(f.manifestPath(name))
	if err != nil {
		return nil, err
	}
	m, err := f.Manifest(name, hexSum(content))
	if err != nil {
		return nil, err
	}
	if accept != nil {
		if err := accept(m); err != nil {
			return nil, err
		}
	}
	return content, f.Check(ctx, m)
}

// Check checks the files of a generation against its manifest. Errors:
// ErrDamaged, wrapped, which names the first damaged file; those of the disk.
func (f Folder) Check(ctx context.Context, m *Manifest) error {
	var r Report
	if err := f.checkFiles(ctx, &r, m); err != nil {
		return err
	}
	if len(r.Damage) > 0 {
		return fmt.Errorf("%s: %w", r.Damage[0], ErrDamaged)
	}
	return nil
}

// unknownFiles notes the files of the folder that are not part of the index.
func (f Folder) unknownFiles(r *Report) error {
	entries, err := os.ReadDir(f.Path)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := e.Name()
		switch {
		case name == CurrentFile || name == lockFile || generationName.MatchString(name) ||
			strings.HasPrefix(name, "."):
		case isStale(name):
			r.Notes = append(r.Notes, name+": of a build that is running or was interrupted; the next build removes it")
		default:
			r.Notes = append(r.Notes, name+": is not part of the index")
		}
	}
	return nil
}

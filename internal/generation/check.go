package generation

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Damage is one thing that is not as it was written.
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

func (r *Report) damage(generation, file, reason string) {
	r.Damage = append(r.Damage, Damage{generation, file, reason})
}

// Verify holds CURRENT and every generation against their checksums. read,
// which may be nil, is called with each generation found sound and looks at
// what its files say. The error is for what kept it from looking, not for
// damage.
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
	case err != nil:
		r.damage("", CurrentFile, err.Error())
	default:
		r.Current = c.Name
		if _, err := os.Stat(f.Dir(c.Name)); err != nil {
			r.damage("", CurrentFile, "names generation "+c.Name+", which is not there")
		}
	}
	for _, name := range names {
		is := Current{Name: name}
		if name == c.Name {
			is = c
		}
		if err := f.verify(ctx, &r, is, read); err != nil {
			return r, err
		}
	}
	return r, f.strangers(&r)
}

// verify holds one generation against its checksums. It marks it as in use, where
// that can be, so that no build removes it meanwhile.
func (f Folder) verify(ctx context.Context, r *Report, c Current, read func(Current, *Manifest) error) (err error) {
	if release, fault := f.Hold(c.Name); fault == nil {
		defer func() { err = errors.Join(err, release()) }()
	}
	m, err := f.Manifest(c.Name, c.SHA256)
	if _, gone := os.Stat(f.Dir(c.Name)); errors.Is(gone, fs.ErrNotExist) && c.SHA256 == "" {
		r.Notes = append(r.Notes, c.Name+": removed meanwhile")
		return nil
	}
	if err != nil {
		r.damage(c.Name, manifestFile, err.Error())
		return nil
	}
	before := len(r.Damage)
	if err := f.files(ctx, r, m); err != nil {
		return err
	}
	if read == nil || len(r.Damage) > before { // what is damaged is not opened
		return nil
	}
	if err := read(c, m); err != nil {
		if ctx.Err() != nil {
			return err
		}
		r.damage(c.Name, "", err.Error())
	}
	return nil
}

// files holds each file of a generation against its manifest, and finds those
// that the manifest doesn't name.
func (f Folder) files(ctx context.Context, r *Report, m *Manifest) error {
	dir := f.Dir(m.Generation)
	listed := map[string]bool{manifestFile: true, ".": true} // with the folders on the way
	for _, want := range m.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		for name := want.Path; !listed[name]; name = path.Dir(name) {
			listed[name] = true
		}
		if reason := wrong(dir, want); reason != "" {
			r.damage(m.Generation, want.Path, reason)
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
			r.damage(m.Generation, filepath.ToSlash(rel), "is not in the manifest")
		}
		return err
	})
}

// wrong says what is wrong with a file below dir, "" if nothing is.
func wrong(dir string, want File) string {
	name := filepath.FromSlash(want.Path)
	if !filepath.IsLocal(name) {
		return "lies outside its generation"
	}
	size, sum, err := digest(filepath.Join(dir, name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "is missing"
	case err != nil:
		return err.Error()
	case size != want.Size:
		return fmt.Sprintf("is %d bytes long, not %d", size, want.Size)
	case sum != want.SHA256:
		return "has another SHA-256"
	}
	return ""
}

// check holds one generation against its checksums and returns its manifest's
// bytes. Errors: ErrDamaged, wrapped; a fault of the disk.
func (f Folder) check(ctx context.Context, name string) ([]byte, error) {
	content, err := os.ReadFile(f.manifestPath(name))
	if err != nil {
		return nil, err
	}
	m, err := f.Manifest(name, hexSum(content))
	if err != nil {
		return nil, err
	}
	return content, f.Check(ctx, m)
}

// Check holds the files of a generation against its manifest. Errors:
// ErrDamaged, wrapped, naming the first; a fault of the disk.
func (f Folder) Check(ctx context.Context, m *Manifest) error {
	var r Report
	if err := f.files(ctx, &r, m); err != nil {
		return err
	}
	if len(r.Damage) > 0 {
		return fmt.Errorf("%s: %w", r.Damage[0], ErrDamaged)
	}
	return nil
}

// strangers notes what lies in the folder besides.
func (f Folder) strangers(r *Report) error {
	entries, err := os.ReadDir(f.Path)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := e.Name()
		switch {
		case name == CurrentFile || name == lockFile || generationName.MatchString(name) || strings.HasPrefix(name, "."):
		case leftover(name):
			r.Notes = append(r.Notes, name+": left by a build that did not end; the next build removes it")
		default:
			r.Notes = append(r.Notes, name+": does not belong to the index")
		}
	}
	return nil
}

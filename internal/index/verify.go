package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"xunwen/internal/engine"
)

// Damage is one thing that is not as a manifest says.
type Damage struct {
	Generation string `json:"generation"`
	File       string `json:"file"`
	Reason     string `json:"reason"`
}

// Report is what Verify found. Notes are not damage.
type Report struct {
	Current     string   `json:"current"`
	Generations []string `json:"generations"`
	Files       int      `json:"files"`
	Bytes       int64    `json:"bytes"`
	Damage      []Damage `json:"damage"`
	Notes       []string `json:"notes"`
}

// Verify holds CURRENT and every generation of an index folder against their
// checksums; deep also opens each generation and reads every record and
// document. The error is for what kept it from looking, not for damage.
func Verify(ctx context.Context, dir string, deep bool) (Report, error) {
	r := Report{Generations: []string{}, Damage: []Damage{}, Notes: []string{}}
	names, err := generations(dir)
	if err != nil {
		return r, err
	}
	r.Generations = append(r.Generations, names...)
	c, err := readCurrent(dir)
	switch {
	case errors.Is(err, errNoCurrent) && len(names) == 0:
		r.Notes = append(r.Notes, "no generation is published")
	case err != nil:
		r.damage("", currentFile, err.Error())
	default:
		r.Current = c.name
		if _, err := os.Stat(filepath.Join(dir, c.name)); err != nil {
			r.damage(c.name, currentFile, "names a generation that is not there")
		}
	}
	for _, name := range names {
		sum := ""
		if name == c.name {
			sum = c.sum
		}
		if err := r.generation(ctx, dir, current{name, sum}, deep); err != nil {
			return r, err
		}
	}
	return r, r.strangers(dir)
}

func (r *Report) damage(generation, file, reason string) {
	r.Damage = append(r.Damage, Damage{generation, file, reason})
}

// generation checks one generation's files.
func (r *Report) generation(ctx context.Context, dir string, c current, deep bool) error {
	path := filepath.Join(dir, c.name)
	m, err := readManifest(path, c.sum)
	if _, gone := os.Stat(path); errors.Is(gone, fs.ErrNotExist) && c.sum == "" {
		r.Notes = append(r.Notes, c.name+": removed by a build meanwhile")
		return nil
	}
	if err != nil {
		r.damage(c.name, manifestFile, err.Error())
		return nil
	}
	before := len(r.Damage)
	listed := map[string]bool{manifestFile: true}
	for _, want := range m.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		listed[want.Path] = true
		r.file(path, c.name, want)
	}
	err = filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(path, p)
		if err == nil && !listed[filepath.ToSlash(rel)] {
			r.damage(c.name, filepath.ToSlash(rel), "is not in the manifest")
		}
		return err
	})
	if err != nil {
		return err
	}
	if deep && len(r.Damage) == before { // what is damaged is not opened
		if err := readAll(ctx, dir, c); err != nil {
			if ctx.Err() != nil {
				return err
			}
			r.damage(c.name, "", err.Error())
		}
	}
	return nil
}

func (r *Report) file(path, generation string, want fileDigest) {
	name := filepath.FromSlash(want.Path)
	if !filepath.IsLocal(name) {
		r.damage(generation, manifestFile, fmt.Sprintf("names a file outside: %q", want.Path))
		return
	}
	size, sum, err := digestFile(filepath.Join(path, name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		r.damage(generation, want.Path, "is missing")
	case err != nil:
		r.damage(generation, want.Path, err.Error())
	case size != want.Size:
		r.damage(generation, want.Path, fmt.Sprintf("is %d bytes long, not %d", size, want.Size))
	case sum != want.SHA256:
		r.damage(generation, want.Path, "has another SHA-256")
	default:
		r.Files++
		r.Bytes += size
	}
}

// readAll opens a generation and reads each record and each document's lists.
func readAll(ctx context.Context, dir string, c current) (err error) {
	g, err := openGeneration(dir, c, nil, engine.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, g.close()) }()
	paragraphs := 0
	for i := range g.records.Len() {
		if err := ctx.Err(); err != nil {
			return err
		}
		a, err := g.records.Get(i)
		if err != nil {
			return err
		}
		paragraphs += len(a.Paragraphs)
	}
	if paragraphs != g.manifest.Paragraphs {
		return fmt.Errorf("the records hold %d paragraphs, the manifest says %d", paragraphs, g.manifest.Paragraphs)
	}
	return g.postings.readAll(ctx)
}

// strangers notes what lies in the folder besides.
func (r *Report) strangers(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := e.Name()
		switch {
		case name == currentFile || name == lockFile || generationName.MatchString(name) || strings.HasPrefix(name, "."):
		case leftover(name):
			r.Notes = append(r.Notes, name+": left by a build that did not end; the next build removes it")
		default:
			r.Notes = append(r.Notes, name+": does not belong to the index")
		}
	}
	return nil
}

// Generation describes one generation for List.
type Generation struct {
	Name       string    `json:"name"`
	Current    bool      `json:"current"`
	Created    time.Time `json:"created"`
	Articles   int       `json:"articles"`
	Paragraphs int       `json:"paragraphs"`
	TextBytes  int64     `json:"text_bytes"`
	IndexBytes int64     `json:"index_bytes"`
	Analyzer   string    `json:"analyzer"`
	Damaged    string    `json:"damaged"` // why its manifest can't be read, "" if it can
}

// List describes the generations of an index folder, the newest first.
func List(dir string) ([]Generation, error) {
	names, err := generations(dir)
	if err != nil {
		return nil, err
	}
	c, err := readCurrent(dir)
	if err != nil && !errors.Is(err, errNoCurrent) {
		return nil, err
	}
	out := []Generation{}
	for i := len(names) - 1; i >= 0; i-- {
		g := Generation{Name: names[i], Current: names[i] == c.name}
		m, err := readManifest(filepath.Join(dir, names[i]), "")
		if err != nil {
			g.Damaged = err.Error()
		} else {
			g.Created, g.Articles, g.Paragraphs = m.Created, m.Articles, m.Paragraphs
			g.TextBytes, g.IndexBytes, g.Analyzer = m.TextBytes, m.indexBytes(), m.Analyzer
		}
		out = append(out, g)
	}
	return out, nil
}

// AnalyzerDir returns the folder with the published generation's dictionaries.
func AnalyzerDir(dir string) (string, error) {
	c, err := readCurrent(dir)
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, c.name, analyzerDir), nil
}

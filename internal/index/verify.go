package index

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"xunwen/internal/generation"
)

// Verify holds an index folder against its checksums; deep also opens each
// generation and reads every record and posting. The error is for what kept it
// from looking, not for damage.
func Verify(ctx context.Context, dir string, deep bool) (generation.Report, error) {
	f := generation.In(dir)
	var notes []string
	r, err := f.Verify(ctx, func(c generation.Current, m *generation.Manifest) error {
		if m.Format != formatVersion { // its files are sound, and what they say is another program's to read
			notes = append(notes, otherFormat(f, m).Error())
			return nil
		}
		if !deep {
			_, _, err := readManifest(f, c)
			return err
		}
		return readAll(ctx, f, c)
	})
	r.Notes = append(r.Notes, notes...)
	return r, err
}

// readAll opens a generation and reads each record and each document's lists.
func readAll(ctx context.Context, f generation.Folder, c generation.Current) (err error) {
	g, err := openGeneration(ctx, f, c, nil, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, g.close()) }()
	var read size
	for i := range g.records.Len() {
		if err := ctx.Err(); err != nil {
			return err
		}
		a, err := g.records.Get(i)
		if err != nil {
			return err
		}
		read.add(sizeOf(&a))
	}
	if m := g.manifest; read != (size{m.TextBytes, m.Paragraphs}) {
		return fmt.Errorf("the records hold %d paragraphs and %d bytes of text, the manifest says %d and %d",
			read.paragraphs, read.text, m.Paragraphs, m.TextBytes)
	}
	return g.postings.readAll(ctx)
}

// Generation describes one generation for List.
type Generation struct {
	Name       string    `json:"name"`
	Current    bool      `json:"current"`
	InUse      bool      `json:"in_use"` // a process serves it
	Created    time.Time `json:"created"`
	Articles   int       `json:"articles"`
	Paragraphs int       `json:"paragraphs"`
	TextBytes  int64     `json:"text_bytes"`
	IndexBytes int64     `json:"index_bytes"` // its dictionaries left out: they are the same 11 MB for a page as for a library
	Analyzer   string    `json:"analyzer"`
	Format     int       `json:"format"`
	Damaged    string    `json:"damaged"` // why its manifest can't be read, "" if it can
}

// List describes the generations of an index folder, the newest first.
func List(dir string) ([]Generation, error) {
	entries, err := generation.In(dir).List()
	if err != nil {
		return nil, err
	}
	out := []Generation{}
	for _, e := range entries {
		g := Generation{Name: e.Name, Current: e.Current, InUse: e.InUse}
		if e.Err != nil {
			g.Damaged = e.Err.Error()
		} else {
			m := e.Manifest
			g.Created, g.Articles, g.Paragraphs, g.Format = m.Created, m.Articles, m.Paragraphs, m.Format
			g.TextBytes, g.IndexBytes, g.Analyzer = m.TextBytes, m.Bytes(analyzerDir), m.Analyzer
		}
		out = append(out, g)
	}
	return out, nil
}

// AnalyzerDir returns the folder with the published generation's dictionaries.
func AnalyzerDir(dir string) (string, error) {
	f := generation.In(dir)
	c, err := f.Current()
	if err != nil {
		return "", err
	}
	return filepath.Join(f.Dir(c.Name), analyzerDir), nil
}

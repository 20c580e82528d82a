package index

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"xunwen/internal/generation"
)

// Verify checks every file of an index folder against its checksum; deep also
// opens each generation and reads all records and posting lists. The error is for
// what prevented a check, not for damage.
func Verify(ctx context.Context, dir string, deep bool) (generation.Report, error) {
	f := generation.In(dir)
	var notes []string
	r, err := f.Verify(ctx, func(c generation.Current, m *generation.Manifest) error {
		if m.Format != FormatVersion { // its files are sound, but this program can't read them
			notes = append(notes, otherFormat(f, m).Error())
			return nil
		}
		if !deep {
			_, _, err := ReadManifest(f, c)
			return err
		}
		return readAll(ctx, f, c)
	})
	r.Notes = append(r.Notes, notes...)
	return r, err
}

// readAll opens a generation and reads all records and posting lists.
func readAll(ctx context.Context, f generation.Folder, c generation.Current) (err error) {
	g, err := Open(ctx, f, c, nil, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, g.Close()) }()
	var read Size
	for i := range g.Records.Len() {
		if err := ctx.Err(); err != nil {
			return err
		}
		a, err := g.Records.Get(i)
		if err != nil {
			return err
		}
		read.Add(SizeOf(&a))
	}
	if m := g.Manifest; read != (Size{m.TextBytes, m.Paragraphs}) {
		return fmt.Errorf("the records have %d paragraphs and %d bytes of text, the manifest says %d and %d",
			read.Paragraphs, read.Text, m.Paragraphs, m.TextBytes)
	}
	return g.Postings.readAll(ctx)
}

// GenerationInfo is an entry of List.
type GenerationInfo struct {
	Name       string    `json:"name"`
	Current    bool      `json:"current"`
	InUse      bool      `json:"in_use"` // a process has pinned it
	Created    time.Time `json:"created"`
	Articles   int       `json:"articles"`
	Paragraphs int       `json:"paragraphs"`
	TextBytes  int64     `json:"text_bytes"`
	IndexBytes int64     `json:"index_bytes"` // without the dictionaries, which have 11 MB in every index
	Analyzer   string    `json:"analyzer"`
	Format     int       `json:"format"`
	Damaged    string    `json:"damaged"` // why its manifest can't be read; "" if it can
}

// List describes the generations of an index folder, newest first.
func List(dir string) ([]GenerationInfo, error) {
	entries, err := generation.In(dir).List()
	if err != nil {
		return nil, err
	}
	out := []GenerationInfo{}
	for _, e := range entries {
		g := GenerationInfo{Name: e.Name, Current: e.Current, InUse: e.InUse}
		if e.Err != nil {
			g.Damaged = e.Err.Error()
		} else {
			m := e.Manifest
			g.Created, g.Articles, g.Paragraphs, g.Format = m.Created, m.Articles, m.Paragraphs, m.Format
			g.TextBytes, g.IndexBytes, g.Analyzer = m.TextBytes, m.Bytes(AnalyzerDir), m.Analyzer
		}
		out = append(out, g)
	}
	return out, nil
}

// CurrentAnalyzerDir returns the folder of the dictionaries of the published
// generation.
func CurrentAnalyzerDir(dir string) (string, error) {
	f := generation.In(dir)
	c, err := f.Current()
	if err != nil {
		return "", err
	}
	return filepath.Join(f.Dir(c.Name), AnalyzerDir), nil
}

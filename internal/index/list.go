package index

import (
	"path/filepath"
	"time"

	"xunwen/internal/generation"
)

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

package index

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"xunwen/internal/analyzer"
	"xunwen/internal/engine"
	"xunwen/internal/generation"
	"xunwen/internal/suggest"
)

// Files are the open files of a generation, except those of its analyzer, and the
// engine that reads them.
type Files struct {
	*engine.Engine
	Manifest *generation.Manifest
	Settings Settings
	Postings *Postings
	Records  *Library
	Columns  *engine.Columns
}

// OpenFiles opens the files of the generation at path without checking or pinning
// them; the caller keeps its analyzer, words, open.
func OpenFiles(
	path string, m *generation.Manifest, s Settings, words *analyzer.Analyzer, cache int64,
) (_ *Files, err error) {
	deleted, groups, err := readCatalog(filepath.Join(path, CatalogFile), volumeSizes(s), m.Articles)
	if err != nil {
		return nil, err
	}
	f := &Files{Manifest: m, Settings: s}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close())
		}
	}()
	if f.Postings, f.Records, err = openVolumes(path, s, deleted); err != nil {
		return nil, err
	}
	f.Records.FoldBy(words.Folder)
	if f.Columns, err = makeColumns(f.Postings, f.Records.Volumes, groups, words.FoldString); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for _, v := range f.Records.Volumes {
		v.columns = volumeColumns{} // makeColumns copied them
	}
	lexicon, err := os.ReadFile(filepath.Join(path, LexiconFile))
	if err != nil {
		return nil, err
	}
	f.Engine = engine.New(m.Generation, f.Postings, f.Records, f.Columns, words, engine.Options{
		Analyzer: m.Analyzer,
		Cache:    cache,
		Completer: func() (*suggest.Completer, error) {
			c, err := makeCompleter(lexicon, words)
			if err == nil {
				lexicon = nil // it is not needed a second time
			}
			return c, err
		},
	})
	return f, nil
}

// makeCompleter decodes a lexicon. That and what follows from it takes longer than opening
// everything else.
func makeCompleter(lexicon []byte, words *analyzer.Analyzer) (*suggest.Completer, error) {
	l, err := decodeLexicon(lexicon)
	if err != nil {
		return nil, err
	}
	return suggest.NewCompleter(l, words.Folder, words.IsStopWord, words.Spelling), nil
}

// volumeSizes returns the number of articles of each volume.
func volumeSizes(s Settings) []int {
	sizes := make([]int, len(s.Volumes))
	for i, v := range s.Volumes {
		sizes[i] = v.Articles
	}
	return sizes
}

// openVolumes opens the volumes of the generation at path; in case of an error it returns those
// that are open already.
func openVolumes(path string, s Settings, deleted []Tombstones) (*Postings, *Library, error) {
	p := &Postings{}
	var volumes []*Volume
	for i, info := range s.Volumes {
		v, err := OpenVolume(path, info, deleted[i])
		if err == nil {
			volumes = append(volumes, v)
			err = p.add(info.Dir(path))
		}
		if err != nil {
			return p, NewLibrary(volumes), err
		}
	}
	return p, NewLibrary(volumes), nil
}

// Close closes the files. No request may be running.
func (f *Files) Close() error { return errors.Join(f.Postings.Close(), f.Records.Close()) }

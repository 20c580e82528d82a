package index

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync/atomic"

	"xunwen/internal/analyzer"
	"xunwen/internal/engine"
	"xunwen/internal/generation"
	"xunwen/internal/suggest"
)

// Generation is a generation that is open for reading.
type Generation struct {
	*engine.Engine
	Manifest *generation.Manifest
	Settings Settings
	Postings *Postings
	Records  *Library
	Columns  *engine.Columns

	// Set by Open only.
	Guard        *generation.Guard
	dictionaries *dictionaries
	unpin        func() error
}

// Analyzer returns the analyzer of a generation that Open opened.
func (g *Generation) Analyzer() *analyzer.Analyzer { return g.dictionaries.Analyzer }

// dictionaries is an analyzer that generations with equal files share: it takes a
// second and over 100 MB to load.
type dictionaries struct {
	*analyzer.Analyzer
	users atomic.Int32
}

func (d *dictionaries) release() {
	if d.users.Add(-1) == 0 {
		d.Close()
	}
}

// openDictionaries returns the analyzer of the generation at path. If the
// files are equal, it is shared with before, an open generation.
func openDictionaries(path string, m *generation.Manifest, before *Generation) (*dictionaries, error) {
	if before != nil && before.Manifest.Analyzer == m.Analyzer {
		before.dictionaries.users.Add(1)
		return before.dictionaries, nil
	}
	words, err := analyzer.Open(filepath.Join(path, AnalyzerDir))
	if err != nil {
		return nil, err
	}
	if words.Fingerprint() != m.Analyzer {
		words.Close()
		return nil, fmt.Errorf("%s: other dictionaries segmented the text: %w; "+
			"build the index again with indexer build --out %s PATH, without --append",
			path, generation.ErrDamaged, filepath.Dir(path))
	}
	d := &dictionaries{Analyzer: words}
	d.users.Add(1)
	return d, nil
}

// Open opens a generation of f. It pins it and checks each of its files: bleve
// maps segments into memory without checking them. before, which may be nil, is
// an open generation to share dictionaries and checks with; cache bounds the
// decoded posting lists in memory, in bytes. Errors: generation.ErrDamaged,
// generation.ErrFormat, wrapped; those of the disk.
func Open(
	ctx context.Context, f generation.Folder, c generation.Current, before *Generation, cache int64,
) (g *Generation, err error) {
	path := f.Dir(c.Name)
	unpin, err := f.Pin(c.Name)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, unpin())
		}
	}()
	m, s, err := ReadManifest(f, c)
	if err != nil {
		return nil, err
	}
	var checked *generation.Guard
	if before != nil {
		checked = before.Guard
	}
	guard, err := f.Guard(ctx, m, checked)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, guard.Close())
		}
	}()
	words, err := openDictionaries(path, m, before)
	if err != nil {
		return nil, err
	}
	damage := guard.Do(func() { g, err = OpenFiles(path, m, s, words.Analyzer, cache) })
	if err = errors.Join(err, damage); err != nil {
		words.release()
		return nil, err
	}
	g.dictionaries, g.Guard, g.unpin = words, guard, unpin
	return g, nil
}

// OpenFiles opens the files of a generation except those of the analyzer, without
// checking them. CloseFiles closes them.
func OpenFiles(
	path string, m *generation.Manifest, s Settings, words *analyzer.Analyzer, cache int64,
) (g *Generation, err error) {
	sizes := make([]int, len(s.Volumes))
	for i, v := range s.Volumes {
		sizes[i] = v.Articles
	}
	deleted, groups, err := readCatalog(filepath.Join(path, CatalogFile), sizes, m.Articles)
	if err != nil {
		return nil, err
	}
	g = &Generation{Manifest: m, Settings: s, Postings: &Postings{}}
	var volumes []*Volume
	defer func() {
		if err != nil {
			err = errors.Join(err, g.Postings.Close(), NewLibrary(volumes).Close())
		}
	}()
	for i, info := range s.Volumes {
		v, err := OpenVolume(path, info, deleted[i])
		if err != nil {
			return nil, err
		}
		volumes = append(volumes, v)
		if err := g.Postings.add(info.Dir(path), i, info.Shards); err != nil {
			return nil, err
		}
	}
	columns, err := makeColumns(g.Postings, volumes, groups)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for _, v := range volumes {
		v.columns = nil
	}
	lexicon, err := ReadLexicon(filepath.Join(path, LexiconFile))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	g.Records = NewLibrary(volumes)
	g.Columns = columns
	completer := suggest.NewCompleter(lexicon, words.Folder, words.IsStopWord)
	g.Engine = engine.New(m.Generation, g.Postings, g.Records, columns, words, engine.Options{
		Analyzer:  m.Analyzer,
		Cache:     cache,
		Speller:   suggest.NewSpeller(completer),
		Completer: completer,
	})
	return g, nil
}

// CloseFiles closes what OpenFiles opened.
func (g *Generation) CloseFiles() error {
	return errors.Join(g.Postings.Close(), g.Records.Close())
}

// Close closes a generation that Open opened. No request may be running.
func (g *Generation) Close() error {
	g.dictionaries.release()
	return errors.Join(g.CloseFiles(), g.Guard.Close(), g.unpin())
}

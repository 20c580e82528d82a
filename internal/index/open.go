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
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// opened is one generation opened for reading.
type opened struct {
	*engine.Engine
	manifest *generation.Manifest
	settings settings
	postings *postings
	records  *library
	columns  *engine.Columns
	suggest  *suggester
	words    *dictionaries // nil while a build tests what it made

	// Of a served generation.
	seal *generation.Seal
	hold func() error
}

// dictionaries is an analyzer that generations with the same files share: it
// takes a second and over 100 MB to load.
type dictionaries struct {
	*analyzer.Analyzer
	users atomic.Int32
}

func (d *dictionaries) release() {
	if d.users.Add(-1) == 0 {
		d.Close()
	}
}

// openDictionaries returns the analyzer of the generation at path, which is
// before's where its files are the same.
func openDictionaries(path string, m *generation.Manifest, before *opened) (*dictionaries, error) {
	if before != nil && before.manifest.Analyzer == m.Analyzer {
		before.words.users.Add(1)
		return before.words, nil
	}
	words, err := analyzer.Open(filepath.Join(path, analyzerDir))
	if err != nil {
		return nil, err
	}
	if words.Fingerprint() != m.Analyzer {
		words.Close()
		return nil, fmt.Errorf("%s: the dictionaries are not those that the text was cut with: %w; build the index again with indexer build --out %s PATH, without --append",
			path, generation.ErrDamaged, filepath.Dir(path))
	}
	d := &dictionaries{Analyzer: words}
	d.users.Add(1)
	return d, nil
}

// openGeneration opens a generation of f, holds it in use and checks each of its
// files: bleve maps segments into memory as they are, and a damaged one would
// be read as it is. before, which may be nil, is an open generation to share
// dictionaries with; cache is the engine's, in bytes. Errors: generation.ErrDamaged, generation.ErrFormat,
// wrapped; else a fault of the disk.
func openGeneration(ctx context.Context, f generation.Folder, c generation.Current, before *opened, cache int64) (g *opened, err error) {
	path := f.Dir(c.Name)
	hold, err := f.Hold(c.Name)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, hold())
		}
	}()
	m, s, err := readManifest(f, c)
	if err != nil {
		return nil, err
	}
	var sealed *generation.Seal
	if before != nil {
		sealed = before.seal
	}
	seal, err := f.Seal(ctx, m, sealed)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, seal.Close())
		}
	}()
	words, err := openDictionaries(path, m, before)
	if err != nil {
		return nil, err
	}
	fault := guard(seal.Intact, func() { g, err = openParts(path, m, s, words.Analyzer, cache) })
	if err = errors.Join(err, fault); err != nil {
		words.release()
		return nil, err
	}
	g.words, g.seal, g.hold = words, seal, hold
	return g, nil
}

// openParts opens what lies in a generation's folder besides the analyzer.
func openParts(path string, m *generation.Manifest, s settings, words *analyzer.Analyzer, cache int64) (g *opened, err error) {
	sizes := make([]int, len(s.Volumes))
	for i, v := range s.Volumes {
		sizes[i] = v.Articles
	}
	without, groups, err := readCatalog(filepath.Join(path, catalogFile), sizes, m.Articles)
	if err != nil {
		return nil, err
	}
	g = &opened{manifest: m, settings: s, postings: &postings{}}
	var volumes []*volume
	defer func() {
		if err != nil {
			err = errors.Join(err, g.postings.Close(), newLibrary(volumes).Close())
		}
	}()
	for i, info := range s.Volumes {
		v, err := openVolume(path, info, without[i])
		if err != nil {
			return nil, err
		}
		volumes = append(volumes, v)
		if err := g.postings.add(info.dir(path), i, info.Shards); err != nil {
			return nil, err
		}
	}
	columns, err := fillColumns(g.postings, volumes, groups)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for _, v := range volumes {
		v.columns = nil
	}
	if g.suggest, err = openSuggester(filepath.Join(path, lexiconFile), words); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	g.records = newLibrary(volumes)
	g.columns = columns
	g.Engine = engine.New(m.Generation, g.postings, g.records, columns, words, engine.Options{
		Analyzer: m.Analyzer, Cache: cache, Speller: g.suggest.speller, Completer: g.suggest.completer,
	})
	return g, nil
}

// closeParts gives back all but the analyzer.
func (g *opened) closeParts() error {
	return errors.Join(g.postings.Close(), g.records.Close())
}

// close gives everything back; nothing may be under way.
func (g *opened) close() error {
	g.words.release()
	return errors.Join(g.closeParts(), g.seal.Close(), g.hold())
}

// smokeTest opens what was built as a server would and asks for an article
// and for a title.
func smokeTest(ctx context.Context, path string, m *generation.Manifest, s settings, words *analyzer.Analyzer) (err error) {
	g, err := openParts(path, m, s, words, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, g.closeParts()) }()
	last, err := g.records.Get(m.Articles - 1)
	if err != nil {
		return err
	}
	found, err := g.Article(ctx, search.ArticleRequest{ID: last.ID})
	if err != nil {
		return err
	}
	text := found.Article.Title
	if len(found.Article.Paragraphs) > 0 {
		text = found.Article.Paragraphs[0].Text
	}
	phrase := firstRunes(text, smokeRunes)
	res, err := g.Search(ctx, search.Request{Query: &query.Phrase{Text: phrase}, By: search.ByArticle, Size: 1})
	if err != nil {
		return err
	}
	if res.Total == 0 {
		return fmt.Errorf("it does not find %q, which article %s begins with", phrase, last.ID)
	}
	return nil
}

// smokeRunes is the length of the phrase that a new generation must find.
const smokeRunes = 8

func firstRunes(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

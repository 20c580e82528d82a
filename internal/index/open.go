package index

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync/atomic"

	"xunwen/internal/analyzer"
	"xunwen/internal/engine"
	"xunwen/internal/query"
	"xunwen/internal/record"
	"xunwen/internal/search"
)

// generation is one generation opened for reading.
type generation struct {
	*engine.Engine
	manifest *manifest
	postings *postings
	records  *record.Store
	words    *dictionaries // nil while a build tests what it made
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
func openDictionaries(path string, m *manifest, before *generation) (*dictionaries, error) {
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
		return nil, fmt.Errorf("%s: the dictionaries are not those that the text was cut with: build the index again", path)
	}
	d := &dictionaries{Analyzer: words}
	d.users.Add(1)
	return d, nil
}

// openGeneration opens the generation that c names below dir. before, which
// may be nil, is an open generation to share dictionaries with; o is for the
// engine.
func openGeneration(dir string, c current, before *generation, o engine.Options) (*generation, error) {
	path := filepath.Join(dir, c.name)
	m, err := readManifest(path, c.sum)
	if err != nil {
		return nil, err
	}
	if err := checkFiles(path, m); err != nil {
		return nil, err
	}
	words, err := openDictionaries(path, m, before)
	if err != nil {
		return nil, err
	}
	g, err := openParts(path, m, words.Analyzer, o)
	if err != nil {
		words.release()
		return nil, err
	}
	g.words = words
	return g, nil
}

// checkFiles holds every file of a generation against its checksum: bleve maps
// segments into memory as they are, and a damaged one would end the process.
func checkFiles(path string, m *manifest) error {
	r := Report{}
	for _, f := range m.Files {
		r.file(path, m.Generation, f)
	}
	if len(r.Damage) > 0 {
		d := r.Damage[0]
		return fmt.Errorf("%s is damaged: %s %s", path, d.File, d.Reason)
	}
	return nil
}

// openParts opens what lies in a generation's folder besides the analyzer.
func openParts(path string, m *manifest, words *analyzer.Analyzer, o engine.Options) (*generation, error) {
	articles, err := readColumns(filepath.Join(path, columnsFile), m.Articles)
	if err != nil {
		return nil, err
	}
	records, err := record.Open(filepath.Join(path, recordsDir))
	if err != nil {
		return nil, err
	}
	if records.Len() != m.Articles {
		return nil, errors.Join(fmt.Errorf("%s holds %d records, its manifest says %d", path, records.Len(), m.Articles), records.Close())
	}
	postings, err := openPostings(filepath.Join(path, bleveDir), m.Shards)
	if err != nil {
		return nil, errors.Join(err, records.Close())
	}
	columns, err := fillColumns(postings, articles)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), postings.Close(), records.Close())
	}
	return &generation{
		Engine:   engine.New(m.Generation, postings, records, columns, words, o),
		manifest: m, postings: postings, records: records,
	}, nil
}

// closeParts gives back all but the analyzer.
func (g *generation) closeParts() error {
	return errors.Join(g.postings.Close(), g.records.Close())
}

// close gives everything back; nothing may be under way.
func (g *generation) close() error {
	g.words.release()
	return g.closeParts()
}

// smokeTest opens what was built as a server would and asks for an article
// and for a title.
func smokeTest(ctx context.Context, path string, m *manifest, words *analyzer.Analyzer) (err error) {
	g, err := openParts(path, m, words, engine.Options{})
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

package memindex

import (
	"context"
	"runtime"
	"strings"

	"xunwen/internal/analyzer"
	"xunwen/internal/document"
	"xunwen/internal/engine"
	"xunwen/internal/workers"
)

// part is an index of consecutive articles. Its documents are counted from its first. It
// implements document.Counter.
type part struct {
	fields  []map[string]*list // by number of the field
	columns engine.Columns     // of its documents
	first   uint32             // its first document in the index
	article uint32             // its first article in the index

	expected func(term string) bool // the terms of texts that it has; nil for all
	head     uint32                 // of the article that is being added
}

// isText[n] reports whether field n has terms of texts.
var isText = func() (out []bool) {
	for _, name := range document.FieldNames() {
		out = append(out, document.IsAnalyzed(name))
	}
	return out
}()

// leastArticles is the number of articles that is worth a goroutine.
const leastArticles = 8

// makeParts indexes articles on all processors.
func makeParts(
	ctx context.Context, words *analyzer.Analyzer, articles []Article, expected func(string) bool,
) ([]*part, error) {
	n := max(1, min(runtime.GOMAXPROCS(0), len(articles)/leastArticles))
	parts := make([]*part, n)
	var working workers.Group
	for i := range parts {
		from, to := len(articles)*i/n, len(articles)*(i+1)/n
		parts[i] = &part{article: uint32(from), expected: expected}
		working.Go(func() error { return parts[i].fill(ctx, words, articles[from:to]) })
	}
	if err := working.Wait(); err != nil {
		return nil, err
	}
	for i := range parts[1:] {
		parts[i+1].first = parts[i].first + uint32(len(parts[i].columns.Article))
	}
	return parts, nil
}

// fill indexes articles.
func (p *part) fill(ctx context.Context, words *analyzer.Analyzer, articles []Article) error {
	for range document.FieldNames() {
		p.fields = append(p.fields, map[string]*list{})
	}
	documents, c := document.Maker{Words: words, Terms: p}, &p.columns
	for i := range articles {
		if err := ctx.Err(); err != nil {
			return err
		}
		p.head = uint32(len(c.Article))
		for _, columns := range documents.Of(&articles[i].Article) {
			c.Article = append(c.Article, uint32(i))
			c.WordLength, c.GramLength = append(c.WordLength, columns.Words), append(c.GramLength, columns.Grams)
		}
		for _, doc := range engine.Items(&articles[i].Article, c.GramLength[p.head:], words.FoldString) {
			c.ItemStarts = append(c.ItemStarts, p.head+doc)
		}
	}
	return nil
}

// Add implements document.Counter.
func (p *part) Add(field int, term string, times int) {
	if p.expected != nil && isText[field] && !p.expected(term) {
		return
	}
	l, doc := p.fields[field][term], uint32(len(p.columns.Article))
	if l == nil {
		l = &list{}
		p.fields[field][strings.Clone(term)] = l
	}
	n := len(l.docs)
	if n == 0 || l.docs[n-1] != doc {
		if n == 0 || l.docs[n-1] < p.head {
			l.articles++
		}
		l.docs, l.frequencies = append(l.docs, doc), append(l.frequencies, 0)
		n++
	}
	l.frequencies[n-1] = uint16(min(int(l.frequencies[n-1])+times, engine.MaxFrequency))
}

// addColumns adds the columns of its documents to those of the index.
func (p *part) addColumns(to *engine.Columns) {
	c := &p.columns
	for _, a := range c.Article {
		to.Article = append(to.Article, p.article+a)
	}
	for _, doc := range c.ItemStarts {
		to.ItemStarts = append(to.ItemStarts, p.first+doc)
	}
	to.WordLength = append(to.WordLength, c.WordLength...)
	to.GramLength = append(to.GramLength, c.GramLength...)
}

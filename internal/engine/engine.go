package engine

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/suggest"
)

// Engine answers requests over one generation; it implements search.Engine. It is
// safe for concurrent use.
type Engine struct {
	name     string
	analyzer string // fingerprint
	index    *snapshot
	suggest  *lazy[suggesters]

	processors *processors
}

// suggesters suggest queries and completions; nil for none.
type suggesters struct {
	speller   *suggest.Speller
	completer *suggest.Completer
}

var _ search.Engine = (*Engine)(nil)

// Options are the settings of an Engine.
type Options struct {
	Analyzer string // fingerprint of the analyzer that the index was built with, for exports

	Cache int64 // bytes of what units and operands match to keep in memory, or DefaultCache; 0 keeps none

	// Statistics are those of the collection that the articles of the index are a part of; nil if
	// they are all of it.
	Statistics Statistics

	// Completer makes what completions and Response.DidYouMean come from, when it is first
	// needed; nil for neither.
	Completer func() (*suggest.Completer, error)
}

// New returns an Engine over a generation's parts; columns must be indexed.
func New(name string, p Postings, r Records, c *Columns, s Segmenter, o Options) *Engine {
	index := &snapshot{
		postings:   p,
		records:    r,
		columns:    c,
		segmenter:  s,
		cache:      newCache(cacheLimit(o.Cache, len(c.Article))),
		symbols:    newSymbols(),
		statistics: o.Statistics,
	}
	if o.Statistics != nil {
		c.setMeans(o.Statistics.Sizes())
	}
	index.names, index.leads = newLazy(index.foldNames), newLazy(index.findLeads)
	e := &Engine{
		name: name, analyzer: o.Analyzer, index: index,
		processors: &processors{limit: int32(runtime.GOMAXPROCS(0)), worth: worthSharing},
	}
	e.suggest = newLazy(func(context.Context) (suggesters, error) { return makeSuggesters(o.Completer) })
	return e
}

func makeSuggesters(make func() (*suggest.Completer, error)) (suggesters, error) {
	if make == nil {
		return suggesters{}, nil
	}
	completer, err := make()
	if err != nil {
		return suggesters{}, err
	}
	return suggesters{suggest.NewSpeller(completer), completer}, nil
}

// WarmUp reads and makes what searches share: otherwise the first of them do. It may run while
// they do.
func (e *Engine) WarmUp(ctx context.Context) error {
	for _, field := range valueFields {
		if _, err := e.index.columns.Values(field); err != nil || ctx.Err() != nil {
			return errors.Join(err, ctx.Err())
		}
	}
	if _, err := e.index.names.get(ctx); err != nil {
		return err
	}
	_, err := e.suggest.get(ctx)
	return err
}

// Generation implements search.Engine.
func (e *Engine) Generation() string { return e.name }

// Pin implements search.Engine.
func (e *Engine) Pin(ctx context.Context, do func(context.Context, search.Engine) error) error {
	return do(ctx, e)
}

// number returns the number of the article with an id.
func (e *Engine) number(id string) (uint32, error) {
	docs, err := e.index.postings.Documents(ArticleID, id)
	if err != nil {
		return 0, fmt.Errorf("article %s of %s: %w", id, e.name, err)
	}
	if id == "" || docs.IsEmpty() {
		return 0, fmt.Errorf("article %q: %w", id, search.ErrNotFound)
	}
	return e.index.columns.Article[docs.Minimum()], nil
}

// metadata returns the article without its paragraphs.
func metadata(a news.Article) news.Article {
	a.Paragraphs = nil
	return a
}

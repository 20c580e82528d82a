package engine

import (
	"cmp"
	"context"
	"fmt"
	"sync"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/snippet"
)

// Engine answers questions over one generation; it is search.Engine but for
// what package suggest does. It is safe for concurrent use.
type Engine struct {
	name      string
	analyzer  string
	postings  Postings
	records   Records
	columns   *Columns
	cut       Segmenter
	cache     *cache
	signs     *signs
	countings sync.Pool // of *counting
}

// Options says how an Engine works.
type Options struct {
	Analyzer string // fingerprint of what texts were cut with, for exports

	Cache int64 // bytes of decoded lists to keep in memory; 0 keeps none
}

// New returns an Engine over a generation's parts; columns must be indexed.
func New(name string, p Postings, r Records, c *Columns, s Segmenter, o Options) *Engine {
	return &Engine{name: name, analyzer: o.Analyzer, postings: p, records: r, columns: c, cut: s, cache: newCache(o.Cache), signs: newSigns()}
}

// Search implements search.Engine.
func (e *Engine) Search(ctx context.Context, r search.Request) (search.Response, error) {
	r.By, r.Sort = cmp.Or(r.By, search.ByArticle), cmp.Or(r.Sort, search.ByRelevance)
	from, err := e.start(r)
	if err != nil {
		return search.Response{}, err
	}
	q := e.newRun(ctx, r.By, folds(r))
	ranked, err := q.rank(r, from, r.Size)
	if err != nil {
		return search.Response{}, fmt.Errorf("searching %s: %w", e.name, err)
	}
	res := search.Response{Generation: e.name, Total: ranked.total, Relation: search.Eq, Hits: []search.Hit{}}
	if r.Facets != nil {
		if res.Facets, err = q.facets(ranked, r); err != nil {
			return search.Response{}, fmt.Errorf("counting in %s: %w", e.name, err)
		}
	}
	marks := e.newMarker(r.Query, q)
	explain, err := q.explainer(r.Explain)
	if err != nil {
		return search.Response{}, fmt.Errorf("searching %s: %w", e.name, err)
	}
	for _, h := range ranked.hits() {
		if err := ctx.Err(); err != nil {
			return search.Response{}, fmt.Errorf("searching %s: %w", e.name, err)
		}
		a, err := q.read(h)
		if err != nil {
			return search.Response{}, fmt.Errorf("searching %s: %w", e.name, err)
		}
		hit := q.hit(h, a, marks, r.NoHighlights)
		hit.Explanation = explain.hit(h)
		if r.MarkedTexts {
			hit.MarkedTexts = q.marked(h, a, marks)
		}
		res.Hits = append(res.Hits, hit)
	}
	if n := len(res.Hits); n > 0 && from.place+n < ranked.total {
		res.Cursor = e.cursor(r, start{from.place + n, ranked.top[n-1].member})
	}
	return res, nil
}

// Article implements search.Engine.
func (e *Engine) Article(ctx context.Context, r search.ArticleRequest) (search.MarkedArticle, error) {
	number, err := e.number(r.ID)
	if err != nil {
		return search.MarkedArticle{}, err
	}
	a, err := e.records.Get(int(number))
	if err != nil {
		return search.MarkedArticle{}, fmt.Errorf("article %s of %s: %w", r.ID, e.name, err)
	}
	m := search.MarkedArticle{Generation: e.name, Article: a,
		Sections: make([][]search.Span, len(a.Paragraphs)), Paragraphs: make([][]search.Span, len(a.Paragraphs))}
	marks := e.newMarker(r.Query, nil)
	m.Title, m.Kicker, m.Subtitle = marks.title(a.Title), marks.title(a.Kicker), marks.title(a.Subtitle)
	for i, p := range a.Paragraphs {
		if err := ctx.Err(); err != nil {
			return search.MarkedArticle{}, fmt.Errorf("article %s of %s: %w", r.ID, e.name, err)
		}
		m.Sections[i], m.Paragraphs[i] = marks.section(p.Section), snippet.Merge(marks.text(p.Text))
	}
	return m, ctx.Err()
}

// Generation implements search.Engine.
func (e *Engine) Generation() string { return e.name }

// metadata returns the article without its paragraphs.
func metadata(a news.Article) news.Article {
	a.Paragraphs = nil
	return a
}

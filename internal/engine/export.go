package engine

import (
	"cmp"
	"context"
	"fmt"
	"math"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/snippet"
)

// Export implements search.Engine. What it keeps of each hit is its number and
// its score, some 40 bytes; texts are read as they are handed over.
func (e *Engine) Export(ctx context.Context, x search.ExportRequest, sink search.Sink) error {
	r := x.Search
	r.By, r.Sort = cmp.Or(r.By, search.ByArticle), cmp.Or(r.Sort, search.ByRelevance)
	q := e.newRun(ctx, r.By, folds(r))
	all, err := q.rank(r, start{}, math.MaxInt)
	if err != nil {
		return fmt.Errorf("searching %s: %w", e.name, err)
	}
	if err := sink.Begin(search.Origin{Generation: e.name, Analyzer: e.analyzer, Total: all.total}); err != nil {
		return err
	}
	marks := e.newMarker(r.Query, q)
	for _, s := range all.top {
		if err := ctx.Err(); err != nil {
			return err
		}
		h := ranked{s, all}
		a, err := q.read(h)
		if err != nil {
			return fmt.Errorf("exporting from %s: %w", e.name, err)
		}
		var texts []search.Marked
		if x.Marks {
			texts = q.marked(h, a, marks)
		}
		if err := sink.Write(q.hit(h, a, marks, r.NoHighlights), texts); err != nil {
			return err
		}
	}
	return nil
}

// marked returns the texts of a hit in which something is marked: by article
// its title and its paragraphs that a filter lets be shown.
func (r *run) marked(h ranked, a news.Article, marks *marker) []search.Marked {
	var out []search.Marked
	add := func(m search.Marked) {
		if len(m.Marks) > 0 {
			out = append(out, m)
		}
	}
	if r.by == search.ByArticle {
		add(search.Marked{Text: a.Title, Marks: marks.title(a.Title)})
	}
	head, _ := r.columns.documents(h.place)
	for i, p := range a.Paragraphs {
		doc := head + 1 + uint32(i)
		if !r.mayShow(h, doc) {
			continue
		}
		add(search.Marked{N: i + 1, Section: p.Section, Kind: p.Kind, Text: p.Text, Marks: snippet.Merge(marks.text(p.Text))})
	}
	return out
}

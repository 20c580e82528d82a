package engine

import (
	"context"
	"fmt"
	"math"

	"xunwen/internal/search"
)

// Export implements search.Engine. It keeps some 40 bytes of each hit, its number
// and its score; articles are read as they are delivered.
func (e *Engine) Export(ctx context.Context, x search.ExportRequest, sink search.Sink) error {
	r := withDefaults(x.Search)
	r.Size, r.Facets, r.MarkedTexts = math.MaxInt, nil, x.Marks
	p, err := compile(r.Query, e.index.segmenter, r.Match)
	if err != nil {
		return fmt.Errorf("searching %s: %w", e.name, err)
	}
	s, err := newSearcher(ctx, e.index, p, newScope(e.index.columns, r.By, r.Uncollapsed), nil)
	if err != nil {
		return fmt.Errorf("searching %s: %w", e.name, err)
	}
	all, err := s.rank(ctx, r, start{})
	if err != nil {
		return fmt.Errorf("searching %s: %w", e.name, err)
	}
	origin := search.Origin{Generation: e.name, Analyzer: e.analyzer, Total: all.total, Relation: search.Eq}
	if err := sink.Begin(origin); err != nil {
		return err
	}
	hits := newHitReader(s, all, r)
	hits.all = true // an export has every match
	for _, h := range all.top {
		if err := ctx.Err(); err != nil {
			return err
		}
		a, err := hits.article(ctx, h)
		var hit search.Hit
		if err == nil {
			hit, err = hits.hit(ctx, h, &a)
		}
		if err != nil {
			return fmt.Errorf("exporting from %s: %w", e.name, err)
		}
		var texts []search.Marked
		if x.Marks {
			if texts, err = hits.marked(ctx, h, &a); err != nil {
				return err
			}
		}
		if err := sink.Write(hit, texts); err != nil {
			return err
		}
	}
	return nil
}

package opensearch

import (
	"context"
	"fmt"
	"math"

	"xunwen/internal/search"
)

// Export implements search.Engine.
func (e *Engine) Export(ctx context.Context, x search.ExportRequest, sink search.Sink) error {
	r := x.Search
	r.Cursor, r.Facets, r.NoSuggestions, r.MarkedTexts = "", nil, true, x.Marks
	p, err := e.prepare(ctx, r)
	if err != nil {
		return fmt.Errorf("searching %s: %w", e.generation, err)
	}
	r = p.Request
	r.Size = search.MaxSize
	out := exporter{engine: e, sink: sink}
	answer := func(p *prepared) (search.Response, error) { return e.hits(ctx, p) }
	if !p.Exact {
		if p, answer, err = e.exported(ctx, p); err != nil {
			return fmt.Errorf("exporting from %s: %w", e.generation, err)
		}
	}
	for {
		p.Request.Size, p.Request.Cursor = r.Size, r.Cursor
		res, err := answer(p)
		if err != nil {
			return fmt.Errorf("exporting from %s: %w", e.generation, err)
		}
		if err := out.write(res); err != nil || res.Cursor == "" {
			return err
		}
		r.Cursor = res.Cursor
	}
}

// exported returns how all hits of a request are answered of which texts decide. If there are too many of them to
// read before the first hit, the total is the number of those that match for certain.
func (e *Engine) exported(ctx context.Context, p *prepared) (
	of *prepared, answer func(*prepared) (search.Response, error), err error,
) {
	hits := func(p *prepared) (search.Response, error) { return e.hits(ctx, p) }
	if p, err = e.decidedIfMany(ctx, p); err != nil || p.Exact || p.Least || p.Sort == search.Reprinted {
		return p, hits, err
	}
	n, err := e.count(ctx, p.all())
	if err != nil || n <= e.options.Verified {
		return p, hits, err
	}
	least, err := e.certain(p)
	if err != nil {
		return nil, nil, err
	}
	certain, err := e.window(ctx, least, nil, true)
	return p, func(p *prepared) (search.Response, error) {
		from, err := e.start(p.Request)
		if err != nil {
			return search.Response{}, err
		}
		w, err := e.window(ctx, p, from.After, false)
		if err != nil {
			return search.Response{}, err
		}
		w.hits = math.MaxInt // it ends with the candidates
		res, err := e.searchWindows(ctx, p, from, w)
		res.Total, res.Relation = certain.hits, search.Gte
		return res, err
	}, err
}

// exporter writes responses to a sink.
type exporter struct {
	engine *Engine
	sink   search.Sink
	begun  bool
}

func (x *exporter) write(r search.Response) error {
	if !x.begun {
		x.begun = true
		err := x.sink.Begin(search.Origin{
			Generation: x.engine.generation, Analyzer: x.engine.words.Fingerprint(),
			Total: r.Total, Relation: r.Relation,
		})
		if err != nil {
			return err
		}
	}
	for _, h := range r.Hits {
		marked := h.MarkedTexts
		h.MarkedTexts = nil
		if err := x.sink.Write(h, marked); err != nil {
			return err
		}
	}
	return nil
}

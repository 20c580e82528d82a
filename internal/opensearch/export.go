package opensearch

import (
	"context"
	"fmt"

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
	for {
		p.Request.Size, p.Request.Cursor = r.Size, r.Cursor
		res, err := e.hits(ctx, p)
		if err != nil {
			return fmt.Errorf("exporting from %s: %w", e.generation, err)
		}
		if err := out.write(res); err != nil || res.Cursor == "" {
			return err
		}
		r.Cursor = res.Cursor
	}
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
			Generation: x.engine.generation, Analyzer: x.engine.words.Fingerprint(), Total: r.Total,
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

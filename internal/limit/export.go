package limit

import (
	"context"
	"fmt"

	"xunwen/internal/search"
)

// Export implements search.Engine. While hits are on their way to whoever asked,
// who may be slow, others compute in its place; so that few exports are under
// way, there are as many as places for what is heavy.
func (e *Engine) Export(ctx context.Context, r search.ExportRequest, sink search.Sink) error {
	if !e.exports.TryAcquire(1) {
		e.refused.Add(1)
		return fmt.Errorf("%w: other exports are under way", search.ErrBusy)
	}
	defer e.exports.Release(1)
	e.exporting.Add(1)
	defer e.exporting.Add(-1)
	out := &aside{ctx: ctx, engine: e, way: e.slow, to: sink}
	defer out.leave()
	if err := out.enter(); err != nil {
		return err
	}
	return e.engine.Export(ctx, r, out)
}

// aside is a sink that gives its place to others while it hands hits on.
type aside struct {
	ctx    context.Context
	engine *Engine
	way    lanes // that of heavy questions until all hits are found; what follows is quick, a hit at a time
	to     search.Sink
	in     bool // it has a place
}

func (a *aside) enter() error {
	if err := a.engine.enter(a.ctx, a.way); err != nil {
		return err
	}
	a.in = true
	return nil
}

func (a *aside) leave() {
	if a.in {
		a.engine.leave(a.way)
		a.in = false
	}
}

func (a *aside) hand(on func() error) error {
	a.leave()
	a.way = a.engine.all
	if err := on(); err != nil {
		return err
	}
	return a.enter()
}

// Begin implements search.Sink.
func (a *aside) Begin(o search.Origin) error {
	return a.hand(func() error { return a.to.Begin(o) })
}

// Write implements search.Sink.
func (a *aside) Write(h search.Hit, marks []search.Marked) error {
	return a.hand(func() error { return a.to.Write(h, marks) })
}

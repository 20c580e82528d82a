package limit

import (
	"context"
	"fmt"

	"xunwen/internal/search"
)

// Export implements search.Engine. While hits are on their way to a client, which
// may read slowly, the export's slot is free for other requests. To bound their
// number nevertheless, there are at most as many exports as the expensive class has
// slots.
func (e *Engine) Export(ctx context.Context, r search.ExportRequest, sink search.Sink) error {
	if !e.exports.TryAcquire(1) {
		e.rejected.Add(1)
		return fmt.Errorf("%w: other exports are running", search.ErrBusy)
	}
	defer e.exports.Release(1)
	e.exporting.Add(1)
	defer e.exporting.Add(-1)

	// Finding the hits is expensive; after that each hit is cheap.
	c, holding := e.expensive, false
	acquire := func() error {
		if err := e.acquire(ctx, c); err != nil {
			return err
		}
		holding = true
		return nil
	}
	release := func() {
		if holding {
			e.release(c)
		}
		c, holding = e.cheap, false
	}
	defer release()
	if err := acquire(); err != nil {
		return err
	}
	return e.engine.Export(ctx, r, yieldingSink{sink, acquire, release})
}

// yieldingSink is a sink that gives up its slot while it hands hits on.
type yieldingSink struct {
	to      search.Sink
	acquire func() error
	release func()
}

func (s yieldingSink) handOn(write func() error) error {
	s.release()
	if err := write(); err != nil {
		return err
	}
	return s.acquire()
}

// Begin implements search.Sink.
func (s yieldingSink) Begin(o search.Origin) error {
	return s.handOn(func() error { return s.to.Begin(o) })
}

// Write implements search.Sink.
func (s yieldingSink) Write(h search.Hit, marks []search.Marked) error {
	return s.handOn(func() error { return s.to.Write(h, marks) })
}

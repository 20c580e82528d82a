package limit

import (
	"context"
	"errors"
	"fmt"
	"time"

	"xunwen/internal/search"
)

// extraExports is how many exports there are at once beyond those that the expensive
// class has slots for: they wait, or deliver hits to their clients. An export keeps
// some 40 bytes of each hit until its client has read everything, which may take
// many minutes: 16 exports of 300,000 hits keep 0.2 GB.
const extraExports = 16

// findTime bounds the time in which an export waits for its slot and finds its hits. Meanwhile it
// keeps others of its class waiting.
const findTime = time.Minute

// Export implements search.Engine. An export waits for a slot as an expensive request
// does, and has it while the hits are found. While hits are on their way to a client,
// which may read slowly, the slot is free for other requests and other exports; so
// the number of exports is bounded by itself.
func (e *Engine) Export(ctx context.Context, r search.ExportRequest, sink search.Sink) error {
	if !e.exports.TryAcquire(1) {
		e.rejected.Add(1)
		return search.ErrTooManyExports
	}
	defer e.exports.Release(1)
	e.exporting.Add(1)
	defer e.exporting.Add(-1)

	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	late := time.AfterFunc(findTime, func() { cancel(context.DeadlineExceeded) })
	defer late.Stop()

	// Finding the hits is expensive; after that each hit is cheap.
	finding := e.expensive
	if err := e.enter(ctx, finding); err != nil {
		return err
	}
	s := &yieldingSink{
		to:      sink,
		found:   func() { late.Stop() },
		acquire: func() error { return e.acquire(ctx, e.cheap) },
	}
	s.release = func() {
		e.exit(finding)
		s.release = func() { e.release(e.cheap) }
	}
	defer func() {
		if !s.yielded {
			s.release()
		}
	}()
	err := e.engine.Export(ctx, r, s)
	if errors.Is(err, context.Canceled) && context.Cause(ctx) == context.DeadlineExceeded {
		return fmt.Errorf("finding the hits of an export: %w", context.DeadlineExceeded)
	}
	return err
}

// yieldingSink is a sink that gives up its slot while it delivers hits.
type yieldingSink struct {
	to      search.Sink
	found   func() // is called once the hits are found
	acquire func() error
	release func() // of the slot that the export has now
	yielded bool   // the export has no slot
}

func (s *yieldingSink) deliver(write func() error) error {
	s.release()
	s.yielded = true
	if err := write(); err != nil {
		return err
	}
	if err := s.acquire(); err != nil {
		return err
	}
	s.yielded = false
	return nil
}

// Begin implements search.Sink.
func (s *yieldingSink) Begin(o search.Origin) error {
	s.found()
	return s.deliver(func() error { return s.to.Begin(o) })
}

// Write implements search.Sink.
func (s *yieldingSink) Write(h search.Hit, marks []search.Marked) error {
	return s.deliver(func() error { return s.to.Write(h, marks) })
}

package metrics

import (
	"context"
	"errors"
	"time"

	"xunwen/internal/search"
)

// Engine returns an engine that passes every call on to another and measures it.
// The time of an export includes that of the client that reads it.
func (m *Metrics) Engine(engine search.Engine) search.Engine {
	around := func(ctx context.Context, call *search.Call, next func(context.Context, search.Engine) error) error {
		start := time.Now()
		err := next(ctx, engine)
		m.calls.WithLabelValues(string(call.Op), outcome(err)).Observe(time.Since(start).Seconds())
		m.countSearch(call)
		return err
	}
	return search.Intercept(around, engine.Generation)
}

// countSearch counts a search that was answered, but neither its further pages nor
// what the server asks on its own.
func (m *Metrics) countSearch(call *search.Call) {
	r, _ := call.Request.(search.Request)
	response, ok := call.Response.(search.Response)
	if !ok || r.Cursor != "" || r.Internal {
		return
	}
	m.searches.Inc()
	if response.Total == 0 {
		m.zeroHits.Inc()
	}
}

// outcome names how a call ended.
func outcome(err error) string {
	switch {
	case err == nil:
		return "answered"
	case errors.Is(err, search.ErrBusy):
		return "rejected" // the queue was full
	case errors.Is(err, context.Canceled):
		return "cancelled"
	case errors.Is(err, search.ErrNotFound), errors.Is(err, search.ErrTooBroad),
		errors.Is(err, search.ErrBadCursor), errors.Is(err, search.ErrCursorExpired):
		return "invalid"
	}
	return "failed"
}

package limit

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

// Where a test waits, it runs in a synctest bubble: if a request never gets its
// slot, all goroutines of the bubble are blocked and the test fails at once.

// slow is an engine that answers a search when the test releases it. It records the
// order of the requests, which are named by their cursors.
type slow struct {
	search.Engine
	release  chan struct{}
	requests []string
	running  int
	most     int
}

func (e *slow) Search(ctx context.Context, r search.Request) (search.Response, error) {
	e.requests = append(e.requests, r.Cursor) // the goroutines of a bubble run one after another between waits
	e.running++
	e.most = max(e.most, e.running)
	defer func() { e.running-- }()
	select {
	case <-e.release:
		return search.Response{Generation: "g"}, nil
	case <-ctx.Done():
		return search.Response{}, ctx.Err()
	}
}

func (e *slow) Complete(context.Context, search.CompletionRequest) ([]search.Completion, error) {
	panic("broken")
}

func (e *slow) Similar(ctx context.Context, r search.SimilarRequest) (search.Related, error) {
	_, err := e.Search(ctx, named(r.ID))
	return search.Related{}, err
}

func (e *slow) Generation() string { return "g" }

// start sends a request in the background and waits until it runs, waits or is
// rejected. The result comes out of done.
func start(ctx context.Context, e *Engine, r search.Request) (done chan error) {
	done = make(chan error, 1)
	go func() {
		_, err := e.Search(ctx, r)
		done <- err
	}()
	synctest.Wait()
	return done
}

func named(name string) search.Request { return search.Request{Cursor: name} }

func TestQueueIsFirstComeFirstServed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner := &slow{release: make(chan struct{})}
		e := New(inner, 1, 3)
		var all []chan error
		for _, name := range []string{"a", "b", "c", "d"} {
			all = append(all, start(t.Context(), e, named(name)))
		}
		if err := <-start(t.Context(), e, named("too many")); !errors.Is(err, search.ErrBusy) {
			t.Errorf("with a full queue: %v, want ErrBusy", err)
		}
		if got, want := e.Use(), (Use{Running: 1, Waiting: 3, Rejected: 1}); got != want {
			t.Errorf("Use() = %+v, want %+v", got, want)
		}
		if e.Generation() != "g" {
			t.Error("Generation waits for a slot")
		}
		for _, done := range all {
			inner.release <- struct{}{}
			if err := <-done; err != nil {
				t.Error(err)
			}
			synctest.Wait()
		}
		if want := []string{"a", "b", "c", "d"}; !slices.Equal(inner.requests, want) || inner.most != 1 {
			t.Errorf("the engine got %v, up to %d at once; want %v, one at a time", inner.requests, inner.most, want)
		}
		if got, want := e.Use(), (Use{Rejected: 1}); got != want {
			t.Errorf("afterwards Use() = %+v, want %+v", got, want)
		}
	})
}

// TestCancelledRequestsLeaveTheQueue checks that a request whose context ends while
// it waits never reaches the engine and makes room for another.
func TestCancelledRequestsLeaveTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner := &slow{release: make(chan struct{})}
		e := New(inner, 1, 1)
		first := start(t.Context(), e, named("first"))
		ctx, cancel := context.WithCancel(t.Context())
		cancelled := start(ctx, e, named("cancelled"))
		cancel()
		if err := <-cancelled; !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled while waiting: %v", err)
		}
		soon, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := <-start(soon, e, named("late")); !errors.Is(err, search.ErrBusy) {
			t.Errorf("deadline passed while waiting: %v, want ErrBusy", err)
		}
		next := start(t.Context(), e, named("next"))
		close(inner.release)
		if err := errors.Join(<-first, <-next); err != nil {
			t.Error(err)
		}
		if !slices.Equal(inner.requests, []string{"first", "next"}) {
			t.Errorf("the engine got %v", inner.requests)
		}
	})
}

// TestDeadlineWhileRunning checks that a request whose deadline passes while it
// runs was too slow, not rejected.
func TestDeadlineWhileRunning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := New(&slow{release: make(chan struct{})}, 1, 0)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		err := <-start(ctx, e, named("x"))
		if !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, search.ErrBusy) {
			t.Errorf("%v", err)
		}
	})
}

func TestPanicReleasesTheSlot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner := &slow{release: make(chan struct{})}
		e := New(inner, 1, 0)
		func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic was swallowed")
				}
			}()
			e.Complete(t.Context(), search.CompletionRequest{})
		}()
		close(inner.release)
		if _, err := e.Search(t.Context(), search.Request{}); err != nil {
			t.Errorf("after a panic: %v", err)
		}
	})
}

// slowSink reports that it got a hit, and returns when the test resumes it.
type slowSink struct{ received, resume chan struct{} }

func (s slowSink) Begin(search.Origin) error { return nil }

func (s slowSink) Write(search.Hit, []search.Marked) error {
	s.received <- struct{}{}
	<-s.resume
	return nil
}

// oneHit is an engine that exports one hit.
type oneHit struct{ search.Engine }

func (oneHit) Export(_ context.Context, _ search.ExportRequest, to search.Sink) error {
	return errors.Join(to.Begin(search.Origin{}), to.Write(search.Hit{}, nil))
}

func (oneHit) Search(context.Context, search.Request) (search.Response, error) {
	return search.Response{Total: 7}, nil
}

// Generation keeps New from calling a method of no engine.
func (oneHit) Generation() string { return "g" }

// TestSlowReadersTakeNoSlot checks that searches and other exports run while the
// client of an export reads slowly, even if there is one slot and no queue.
func TestSlowReadersTakeNoSlot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := New(oneHit{}, 1, 0)
		slow, done := startExport(t, e)
		if got, want := e.Use(), (Use{Exporting: 1}); got != want {
			t.Errorf("Use() = %+v, want %+v", got, want)
		}
		if res, err := e.Search(t.Context(), search.Request{}); err != nil || res.Total != 7 {
			t.Errorf("a search during the export: %+v, %v", res, err)
		}
		if err := e.Export(t.Context(), search.ExportRequest{}, discard{}); err != nil {
			t.Errorf("a second export: %v", err)
		}
		close(slow.resume)
		if err := <-done; err != nil {
			t.Error(err)
		}
		if res, err := e.Search(t.Context(), search.Request{}); err != nil || res.Total != 7 {
			t.Errorf("a search after the export: %+v, %v", res, err)
		}
		if got, want := e.Use(), (Use{}); got != want {
			t.Errorf("afterwards Use() = %+v, want %+v", got, want)
		}
	})
}

// startExport starts an export whose client stops reading at the first hit.
func startExport(t *testing.T, e *Engine) (slowSink, chan error) {
	t.Helper()
	sink, done := slowSink{make(chan struct{}), make(chan struct{})}, make(chan error, 1)
	go func() { done <- e.Export(t.Context(), search.ExportRequest{}, sink) }()
	<-sink.received
	return sink, done
}

// discard is the sink of a client that reads fast.
type discard struct{}

func (discard) Begin(search.Origin) error               { return nil }
func (discard) Write(search.Hit, []search.Marked) error { return nil }

// TestExportsAreBounded checks that an export is rejected, and that the error says
// why, only if as many others as allowed have not ended.
func TestExportsAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := New(oneHit{}, 1, 0)
		var sinks []slowSink
		var all []chan error
		for range 1 + extraExports {
			sink, done := startExport(t, e)
			sinks, all = append(sinks, sink), append(all, done)
		}
		err := e.Export(t.Context(), search.ExportRequest{}, discard{})
		if !errors.Is(err, search.ErrTooManyExports) || !errors.Is(err, search.ErrBusy) {
			t.Errorf("beyond the bound: %v, want ErrTooManyExports, which is ErrBusy", err)
		}
		if got, want := e.Use(), (Use{Exporting: 1 + extraExports, Rejected: 1}); got != want {
			t.Errorf("Use() = %+v, want %+v", got, want)
		}
		close(sinks[0].resume)
		if err := <-all[0]; err != nil {
			t.Error(err)
		}
		if err := e.Export(t.Context(), search.ExportRequest{}, discard{}); err != nil {
			t.Errorf("after one has ended: %v", err)
		}
		for i := range sinks[1:] {
			close(sinks[1+i].resume)
			if err := <-all[1+i]; err != nil {
				t.Error(err)
			}
		}
	})
}

// blockedExport is an engine that finds the hits of an export when the test releases
// it.
type blockedExport struct {
	oneHit
	release chan struct{}
}

func (e blockedExport) Export(ctx context.Context, r search.ExportRequest, to search.Sink) error {
	select {
	case <-e.release:
		return e.oneHit.Export(ctx, r, to)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// TestExportsWaitForASlot checks that exports wait in half of the queue, that the
// next one is rejected, and that those that waited succeed.
func TestExportsWaitForASlot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner := blockedExport{release: make(chan struct{})}
		e := New(inner, 2, 8)
		done := make(chan error, 5)
		for range 5 {
			go func() { done <- e.Export(t.Context(), search.ExportRequest{}, discard{}) }()
		}
		synctest.Wait()
		if got, want := e.Use(), (Use{Running: 1, Waiting: 4, Exporting: 5}); got != want {
			t.Errorf("Use() = %+v, want %+v", got, want)
		}
		err := e.Export(t.Context(), search.ExportRequest{}, discard{})
		if !errors.Is(err, search.ErrBusy) || errors.Is(err, search.ErrTooManyExports) {
			t.Errorf("beyond half of the queue: %v, want ErrBusy", err)
		}
		close(inner.release)
		for range 5 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if got, want := e.Use(), (Use{Rejected: 1}); got != want {
			t.Errorf("afterwards Use() = %+v, want %+v", got, want)
		}
	})
}

// TestCancelledExportsLeaveTheQueue checks that an export whose client leaves while
// it waits makes room for another.
func TestCancelledExportsLeaveTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner := blockedExport{release: make(chan struct{})}
		e := New(inner, 1, 2)
		first, cancelled := make(chan error, 1), make(chan error, 1)
		go func() { first <- e.Export(t.Context(), search.ExportRequest{}, discard{}) }()
		synctest.Wait()
		ctx, cancel := context.WithCancel(t.Context())
		go func() { cancelled <- e.Export(ctx, search.ExportRequest{}, discard{}) }()
		synctest.Wait()
		cancel()
		if err := <-cancelled; !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled while waiting: %v", err)
		}
		soon, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := e.Export(soon, search.ExportRequest{}, discard{}); !errors.Is(err, search.ErrBusy) {
			t.Errorf("deadline passed while waiting: %v, want ErrBusy", err)
		}
		close(inner.release)
		if err := <-first; err != nil {
			t.Error(err)
		}
		if got, want := e.Use(), (Use{Rejected: 1}); got != want {
			t.Errorf("afterwards Use() = %+v, want %+v", got, want)
		}
	})
}

// TestExpensiveRequestsLeaveRoom checks that expensive requests get half of the
// slots and half of the queue, and cheap ones are answered meanwhile.
func TestExpensiveRequestsLeaveRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner := &slow{release: make(chan struct{})}
		e := New(inner, 2, 2)
		expensive := func(name string) chan error {
			return start(t.Context(), e, search.Request{Cursor: name, Query: &query.Phrase{Text: "，"}})
		}
		first, second := expensive("first"), expensive("second")
		if err := <-expensive("third"); !errors.Is(err, search.ErrBusy) {
			t.Errorf("beyond half of the queue: %v, want ErrBusy", err)
		}
		cheap := start(t.Context(), e, named("cheap"))
		if !slices.Equal(inner.requests, []string{"first", "cheap"}) {
			t.Errorf("the engine runs %v", inner.requests)
		}
		if u := e.Use(); u.Running != 2 || u.Waiting != 1 || u.Rejected != 1 {
			t.Errorf("Use() = %+v", u)
		}
		for range 3 {
			inner.release <- struct{}{}
			synctest.Wait()
		}
		if err := errors.Join(<-first, <-second, <-cheap); err != nil {
			t.Error(err)
		}
		if u := e.Use(); u.Running != 0 || u.Waiting != 0 {
			t.Errorf("afterwards Use() = %+v", u)
		}
	})
}

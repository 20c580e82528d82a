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

// slow is an engine that answers a search when the test lets it, and notes in
// which order it was asked. What it is asked is told by the cursor.
type slow struct {
	search.Engine
	release chan struct{}
	asked   []string
	running int
	most    int
}

func (e *slow) Search(ctx context.Context, r search.Request) (search.Response, error) {
	e.asked = append(e.asked, r.Cursor) // the bubble's goroutines run one after another between waits
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

func (e *slow) Generation() string { return "g" }

// asker asks in the background; its errors come out of done.
func ask(ctx context.Context, e *Engine, name string) (done chan error) {
	done = make(chan error, 1)
	go func() {
		_, err := e.Search(ctx, search.Request{Cursor: name})
		done <- err
	}()
	synctest.Wait() // it is computed, waits or was refused
	return done
}

func TestQuestionsWaitInTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner := &slow{release: make(chan struct{})}
		e := New(inner, 1, 3)
		var all []chan error
		for _, name := range []string{"a", "b", "c", "d"} {
			all = append(all, ask(t.Context(), e, name))
		}
		if err := <-ask(t.Context(), e, "too many"); !errors.Is(err, search.ErrBusy) {
			t.Errorf("one more than may wait: %v", err)
		}
		if got, want := e.Use(), (Use{Running: 1, Waiting: 3, Refused: 1}); got != want {
			t.Errorf("in use: %+v, want %+v", got, want)
		}
		if e.Generation() != "g" {
			t.Error("the generation's name waits")
		}
		for _, done := range all {
			inner.release <- struct{}{}
			if err := <-done; err != nil {
				t.Error(err)
			}
			synctest.Wait()
		}
		if !slices.Equal(inner.asked, []string{"a", "b", "c", "d"}) || inner.most != 1 {
			t.Errorf("asked %v, up to %d at once", inner.asked, inner.most)
		}
		if got, want := e.Use(), (Use{Refused: 1}); got != want {
			t.Errorf("afterwards: %+v, want %+v", got, want)
		}
	})
}

// Who goes away while waiting is never computed, and makes room.
func TestWaitersLeave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner := &slow{release: make(chan struct{})}
		e := New(inner, 1, 1)
		first := ask(t.Context(), e, "first")
		gone, leave := context.WithCancel(t.Context())
		left := ask(gone, e, "left")
		leave()
		if err := <-left; !errors.Is(err, context.Canceled) {
			t.Errorf("a client that went away: %v", err)
		}
		soon, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := <-ask(soon, e, "late"); !errors.Is(err, search.ErrBusy) {
			t.Errorf("a deadline that passes in the queue: %v", err)
		}
		next := ask(t.Context(), e, "next")
		close(inner.release)
		if err := errors.Join(<-first, <-next); err != nil {
			t.Error(err)
		}
		if !slices.Equal(inner.asked, []string{"first", "next"}) {
			t.Errorf("asked %v", inner.asked)
		}
	})
}

// A question whose time passes while it is computed was too slow, not refused.
func TestDeadlinePassesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := New(&slow{release: make(chan struct{})}, 1, 0)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := <-ask(ctx, e, "x"); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, search.ErrBusy) {
			t.Errorf("%v", err)
		}
	})
}

// A question that panics gives its place back.
func TestPanicGivesThePlaceBack(t *testing.T) {
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
}

// reader takes an export when it is told to.
type reader struct{ came, goOn chan struct{} }

func (r reader) Begin(search.Origin) error { return nil }

func (r reader) Write(search.Hit, []search.Marked) error {
	r.came <- struct{}{}
	<-r.goOn
	return nil
}

// exporting is an engine with one hit.
type exporting struct{ search.Engine }

func (exporting) Export(_ context.Context, _ search.ExportRequest, to search.Sink) error {
	return errors.Join(to.Begin(search.Origin{}), to.Write(search.Hit{}, nil))
}

func (exporting) Search(context.Context, search.Request) (search.Response, error) {
	return search.Response{Total: 7}, nil
}

// While a slow reader holds an export up, others are answered; a second export
// beyond the places is sent away.
func TestSlowReadersTakeNoPlace(t *testing.T) {
	e := New(exporting{}, 1, 0)
	r := reader{make(chan struct{}), make(chan struct{})}
	done := make(chan error)
	go func() { done <- e.Export(t.Context(), search.ExportRequest{}, r) }()
	<-r.came
	if got, want := e.Use(), (Use{Exporting: 1}); got != want {
		t.Errorf("in use: %+v, want %+v", got, want)
	}
	if res, err := e.Search(t.Context(), search.Request{}); err != nil || res.Total != 7 {
		t.Errorf("beside a slow export: %+v, %v", res, err)
	}
	if err := e.Export(t.Context(), search.ExportRequest{}, r); !errors.Is(err, search.ErrBusy) {
		t.Errorf("a second export: %v", err)
	}
	close(r.goOn)
	if err := <-done; err != nil {
		t.Error(err)
	}
	if res, err := e.Search(t.Context(), search.Request{}); err != nil || res.Total != 7 {
		t.Errorf("after it: %+v, %v", res, err)
	}
}

// Heavy questions hold half of the places and half of the queue; the others are
// answered beside them.
func TestHeavyQuestionsLeaveRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner := &slow{release: make(chan struct{})}
		e := New(inner, 2, 2)
		comma := func(name string) chan error {
			done := make(chan error, 1)
			go func() {
				_, err := e.Search(t.Context(), search.Request{Cursor: name, Query: &query.Phrase{Text: "，"}})
				done <- err
			}()
			synctest.Wait()
			return done
		}
		first, second := comma("first"), comma("second")
		if err := <-comma("third"); !errors.Is(err, search.ErrBusy) {
			t.Errorf("more than half of the queue: %v", err)
		}
		quick := ask(t.Context(), e, "quick")
		if !slices.Equal(inner.asked, []string{"first", "quick"}) {
			t.Errorf("computed at once: %v", inner.asked)
		}
		if u := e.Use(); u.Running != 2 || u.Waiting != 1 || u.Refused != 1 {
			t.Errorf("in use: %+v", u)
		}
		for range 3 {
			inner.release <- struct{}{}
			synctest.Wait()
		}
		if err := errors.Join(<-first, <-second, <-quick); err != nil {
			t.Error(err)
		}
		if u := e.Use(); u.Running != 0 || u.Waiting != 0 {
			t.Errorf("afterwards: %+v", u)
		}
	})
}

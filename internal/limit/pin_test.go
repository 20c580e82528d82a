package limit

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"xunwen/internal/search"
)

// pinned is an engine whose searches end when the test releases them.
type pinned struct{ slow }

func (e *pinned) Pin(ctx context.Context, do func(context.Context, search.Engine) error) error {
	return do(ctx, e)
}

// TestPinLeavesSlots checks that requests to pinned engines take half of the slots at most, and
// only while they run, and that a pin counts as an export.
func TestPinLeavesSlots(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner := &pinned{slow{release: make(chan struct{})}}
		e := New(inner, 2, 8)
		done, idle := make(chan error, 3), make(chan struct{})
		for range 3 {
			go func() {
				done <- e.Pin(t.Context(), func(ctx context.Context, one search.Engine) error {
					if one.Generation() != "g" {
						t.Error("another generation")
					}
					_, err := one.Search(ctx, named("batch"))
					<-idle
					return err
				})
			}()
		}
		synctest.Wait()
		if got, want := e.Use(), (Use{Running: 1, Waiting: 2, Exporting: 3}); got != want {
			t.Errorf("Use() = %+v, want %+v", got, want)
		}
		other := start(t.Context(), e, named("other"))
		if got := e.Use().Running; got != 2 {
			t.Errorf("%d run, want another client's too", got)
		}
		for range 4 {
			inner.release <- struct{}{}
			synctest.Wait()
		}
		if got, want := e.Use(), (Use{Exporting: 3}); got != want {
			t.Errorf("between requests Use() = %+v, want %+v", got, want)
		}
		close(idle)
		for range 3 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if err := <-other; err != nil {
			t.Error(err)
		}
	})
}

// TestPinsAreBounded checks that pins and exports together are bounded.
func TestPinsAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := New(&pinned{}, 1, 0)
		leave := make(chan struct{})
		for range 1 + extraExports {
			go e.Pin(t.Context(), func(context.Context, search.Engine) error { <-leave; return nil })
		}
		synctest.Wait()
		err := e.Pin(t.Context(), func(context.Context, search.Engine) error { return nil })
		if !errors.Is(err, search.ErrTooManyExports) {
			t.Errorf("%v, want ErrTooManyExports", err)
		}
		close(leave)
	})
}

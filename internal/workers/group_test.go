package workers

import (
	"context"
	"errors"
	"testing"
	"time"
)

// TestPanicOfAPart checks that a panic of a part ends the others and is the caller's.
func TestPanicOfAPart(t *testing.T) {
	defer func() {
		if p := recover(); p != "broken" {
			t.Errorf("the caller gets the panic %v", p)
		}
	}()
	g, ctx := With(t.Context())
	g.Go(func() error { panic("broken") })
	g.Go(func() error { <-ctx.Done(); return ctx.Err() })
	t.Errorf("Wait returned %v", g.Wait())
}

func TestErrorOfAPart(t *testing.T) {
	broken := errors.New("broken")
	g, ctx := With(context.Background())
	g.Go(func() error { return broken })
	g.Go(func() error { <-ctx.Done(); return nil })
	if err := g.Wait(); err != broken {
		t.Errorf("%v, want %v", err, broken)
	}
}

// stopping is a context whose children call stop while they are cancelled.
type stopping struct {
	context.Context
	stop func() bool
}

func (s stopping) Done() <-chan struct{}               { return make(chan struct{}) }
func (s stopping) AfterFunc(func()) (stop func() bool) { return s.stop }

// The error is the one of the function that failed, not of one that ends before it because of it.
func TestErrorOfThePartThatFailed(t *testing.T) {
	broken, ended := errors.New("broken"), make(chan struct{})
	g, ctx := With(stopping{t.Context(), func() bool {
		<-ended
		time.Sleep(10 * time.Millisecond)
		return true
	}})
	g.Go(func() error {
		defer close(ended)
		<-ctx.Done()
		return ctx.Err()
	})
	g.Go(func() error { return broken })
	if err := g.Wait(); err != broken {
		t.Errorf("%v, want %v", err, broken)
	}
}

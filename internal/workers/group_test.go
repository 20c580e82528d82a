package workers

import (
	"context"
	"errors"
	"testing"
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

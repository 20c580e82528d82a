package workers

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Group runs functions beside one another, as errgroup.Group does. The zero Group is ready.
type Group struct {
	group    errgroup.Group
	cancel   context.CancelFunc // nil for none
	once     sync.Once
	panicked any
	failed   sync.Once
	err      error // the first, before the others ended because of it
}

// With returns a Group, and a context that ends when a function fails or panics, or Wait returns.
func With(ctx context.Context) (*Group, context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	return &Group{cancel: cancel}, ctx
}

// Go runs a function.
func (g *Group) Go(f func() error) {
	g.group.Go(func() (err error) {
		defer func() {
			if p := recover(); p != nil {
				g.once.Do(func() { g.panicked = p })
				err = context.Canceled // the caller doesn't see it
			}
			if err != nil {
				g.failed.Do(func() { g.err = err })
				g.end()
			}
		}()
		return f()
	})
}

func (g *Group) end() {
	if g.cancel != nil {
		g.cancel()
	}
}

// Wait waits for all functions and returns the first error. If one panicked, it panics with the
// same value.
func (g *Group) Wait() error {
	_ = g.group.Wait() // its error may be of a function that ended because another one failed
	g.end()
	if g.panicked != nil {
		panic(g.panicked)
	}
	return g.err
}

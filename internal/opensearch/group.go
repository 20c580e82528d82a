package opensearch

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"
)

// group runs the parts of a request beside one another, as errgroup.Group does. A panic of one
// is the caller's, which answers its own request with it and no other.
type group struct {
	*errgroup.Group
	once     sync.Once
	panicked any
}

func groupWith(ctx context.Context) (*group, context.Context) {
	g, ctx := errgroup.WithContext(ctx)
	return &group{Group: g}, ctx
}

// Go runs a part.
func (g *group) Go(part func() error) {
	g.Group.Go(func() (err error) {
		defer func() {
			if p := recover(); p != nil {
				g.once.Do(func() { g.panicked = p })
				err = context.Canceled // ends the others
			}
		}()
		return part()
	})
}

// Wait waits for all parts and returns the first error. It panics if one did.
func (g *group) Wait() error {
	err := g.Group.Wait()
	if g.panicked != nil {
		panic(g.panicked)
	}
	return err
}

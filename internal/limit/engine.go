package limit

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/semaphore"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

// Engine passes requests on to another engine, a few at a time. It implements
// search.Engine and is safe for concurrent use.
type Engine struct {
	search.Intercepted
	engine search.Engine

	cheap     class
	expensive class               // exports too
	similar   class               // articles similar to one, which may be long
	exports   *semaphore.Weighted // those that wait, run or deliver hits

	// The numbers of Use.
	running, waiting, exporting, rejected atomic.Int64
}

// expensiveDivisor divides the slots, and the queue, into the part that expensive
// requests and exports get, a half. Cheap requests are then answered whatever
// else runs, and on an idle machine expensive ones still get half of it.
const expensiveDivisor = 2

// New returns an Engine that runs up to running requests at once, at least one,
// and lets up to waiting more wait for a slot.
func New(engine search.Engine, running, waiting int) *Engine {
	running, waiting = max(running, 1), max(waiting, 0)
	few := max(running/expensiveDivisor, 1)
	all, narrow := newQueue(running, waiting), newQueue(few, waiting/expensiveDivisor)
	e := &Engine{
		engine:    engine,
		cheap:     class{all},
		expensive: class{narrow, all},
		similar:   class{newQueue(few, waiting/expensiveDivisor), all},
		exports:   semaphore.NewWeighted(int64(few + extraExports)),
	}
	e.Intercepted = search.Intercept(e.run, engine.Generation)
	return e
}

// run is the search.Interceptor of all calls but Export.
func (e *Engine) run(ctx context.Context, call *search.Call, next func(context.Context, search.Engine) error) error {
	c := e.classOf(call)
	if err := e.enter(ctx, c); err != nil {
		return err
	}
	defer e.exit(c)
	return next(ctx, e.engine)
}

// enter joins the queue and waits for a slot. A request leaves the queue when its
// context ends: with search.ErrBusy if its deadline passed, since no work was done on
// it, else with the context's error.
func (e *Engine) enter(ctx context.Context, c class) error {
	if err := c.join(); err != nil {
		e.rejected.Add(1)
		return err
	}
	err := e.acquire(ctx, c)
	if err == nil {
		return nil
	}
	c.leave()
	if errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
		e.rejected.Add(1)
		return fmt.Errorf("%w: no slot was free in time", search.ErrBusy)
	}
	return err
}

// exit frees the slot and the place in the queue.
func (e *Engine) exit(c class) {
	e.release(c)
	c.leave()
}

// classOf returns the priority class of a call.
func (e *Engine) classOf(call *search.Call) class {
	var queries []query.Node
	switch r := call.Request.(type) {
	case search.Request:
		queries = []query.Node{r.Query}
	case search.TrendsRequest:
		queries = r.Queries
	case search.SimilarRequest:
		return e.similar
	}
	if slices.ContainsFunc(queries, isExpensive) {
		return e.expensive
	}
	return e.cheap
}

// acquire waits for a slot.
func (e *Engine) acquire(ctx context.Context, c class) error {
	e.waiting.Add(1)
	defer e.waiting.Add(-1)
	if err := c.acquire(ctx); err != nil {
		return err
	}
	e.running.Add(1)
	return nil
}

// release frees the slot for the next request.
func (e *Engine) release(c class) {
	e.running.Add(-1)
	c.release()
}

// Use is the load of an Engine at one moment.
type Use struct {
	Running   int // requests and exports that hold a slot
	Waiting   int // those that wait for one
	Exporting int // exports, whether they wait, hold a slot or deliver hits
	Rejected  int // requests and exports that got search.ErrBusy so far
}

// Use returns the load. Each number is exact, but they are not of the same instant.
func (e *Engine) Use() Use {
	return Use{
		Running:   int(e.running.Load()),
		Waiting:   int(e.waiting.Load()),
		Exporting: int(e.exporting.Load()),
		Rejected:  int(e.rejected.Load()),
	}
}

var _ search.Engine = (*Engine)(nil)

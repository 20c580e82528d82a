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

// Engine passes questions on to another engine, a few at a time. It implements
// search.Engine and is safe for concurrent use.
type Engine struct {
	engine  search.Engine
	all     lanes               // what every question passes
	slow    lanes               // what heavy ones and exports pass: a narrower lane, then that of all
	exports *semaphore.Weighted // as many as the narrower lane has places

	// What Use tells.
	running, waiting, exporting, refused atomic.Int64
}

// slowShare is the part of the places, and of those that wait, that heavy
// questions and exports may hold: one in two. So quick ones are answered
// whatever else is asked, and a machine that has nothing else to do gives
// heavy ones half of it.
const slowShare = 2

// New returns an Engine by which running questions at most, one at least, are
// computed at once and up to waiting more wait for their turn.
func New(engine search.Engine, running, waiting int) *Engine {
	running, waiting = max(running, 1), max(waiting, 0)
	few := max(running/slowShare, 1)
	all, slow := newLane(running, waiting), newLane(few, waiting/slowShare)
	return &Engine{engine: engine, all: lanes{all}, slow: lanes{slow, all}, exports: semaphore.NewWeighted(int64(few))}
}

// compute asks when it is this question's turn. A question leaves the queue when
// its context ends: with search.ErrBusy where that was its deadline, since no
// work was done on it, else with the context's error.
func compute[T any](ctx context.Context, e *Engine, way lanes, ask func() (T, error)) (T, error) {
	var none T
	if err := way.admit(); err != nil {
		e.refused.Add(1)
		return none, err
	}
	defer way.dismiss()
	if err := e.enter(ctx, way); err != nil {
		if errors.Is(err, context.DeadlineExceeded) {
			e.refused.Add(1)
			return none, fmt.Errorf("%w: it was not this question's turn in time", search.ErrBusy)
		}
		return none, err
	}
	defer e.leave(way)
	return ask()
}

// way returns the lanes that queries pass.
func (e *Engine) way(queries ...query.Node) lanes {
	if slices.ContainsFunc(queries, heavy) {
		return e.slow
	}
	return e.all
}

// enter waits for a place.
func (e *Engine) enter(ctx context.Context, way lanes) error {
	e.waiting.Add(1)
	defer e.waiting.Add(-1)
	if err := way.enter(ctx); err != nil {
		return err
	}
	e.running.Add(1)
	return nil
}

func (e *Engine) leave(way lanes) {
	e.running.Add(-1)
	way.leave()
}

// Use is what an Engine does at a moment.
type Use struct {
	Running   int // questions and exports that compute
	Waiting   int // for a place
	Exporting int // exports under way, computing or handing hits on
	Refused   int // questions and exports that were told search.ErrBusy, since the start
}

// Use returns numbers that each are right, but not of one instant.
func (e *Engine) Use() Use {
	return Use{Running: int(e.running.Load()), Waiting: int(e.waiting.Load()),
		Exporting: int(e.exporting.Load()), Refused: int(e.refused.Load())}
}

// Search implements search.Engine.
func (e *Engine) Search(ctx context.Context, r search.Request) (search.Response, error) {
	return compute(ctx, e, e.way(r.Query), func() (search.Response, error) { return e.engine.Search(ctx, r) })
}

// Article implements search.Engine.
func (e *Engine) Article(ctx context.Context, r search.ArticleRequest) (search.MarkedArticle, error) {
	return compute(ctx, e, e.all, func() (search.MarkedArticle, error) { return e.engine.Article(ctx, r) })
}

// Similar implements search.Engine.
func (e *Engine) Similar(ctx context.Context, r search.SimilarRequest) (search.Related, error) {
	return compute(ctx, e, e.all, func() (search.Related, error) { return e.engine.Similar(ctx, r) })
}

// NearDuplicates implements search.Engine.
func (e *Engine) NearDuplicates(ctx context.Context, id string) (search.Related, error) {
	return compute(ctx, e, e.all, func() (search.Related, error) { return e.engine.NearDuplicates(ctx, id) })
}

// Trends implements search.Engine.
func (e *Engine) Trends(ctx context.Context, r search.TrendsRequest) (search.Trends, error) {
	return compute(ctx, e, e.way(r.Queries...), func() (search.Trends, error) { return e.engine.Trends(ctx, r) })
}

// Publications implements search.Engine.
func (e *Engine) Publications(ctx context.Context) (search.Publications, error) {
	return compute(ctx, e, e.all, func() (search.Publications, error) { return e.engine.Publications(ctx) })
}

// Issues implements search.Engine.
func (e *Engine) Issues(ctx context.Context, publication string) (search.Issues, error) {
	return compute(ctx, e, e.all, func() (search.Issues, error) { return e.engine.Issues(ctx, publication) })
}

// Issue implements search.Engine.
func (e *Engine) Issue(ctx context.Context, r search.IssueRequest) (search.Issue, error) {
	return compute(ctx, e, e.all, func() (search.Issue, error) { return e.engine.Issue(ctx, r) })
}

// Complete implements search.Engine.
func (e *Engine) Complete(ctx context.Context, r search.CompletionRequest) ([]search.Completion, error) {
	return compute(ctx, e, e.all, func() ([]search.Completion, error) { return e.engine.Complete(ctx, r) })
}

// Generation implements search.Engine; it never waits.
func (e *Engine) Generation() string { return e.engine.Generation() }

var _ search.Engine = (*Engine)(nil)

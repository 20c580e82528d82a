package metrics

import (
	"context"
	"errors"
	"time"

	"xunwen/internal/search"
)

// Engine measures the questions that are passed on to another engine. It
// implements search.Engine.
type Engine struct {
	engine  search.Engine
	metrics *Metrics
}

// Engine returns an engine that asks another and measures it.
func (m *Metrics) Engine(engine search.Engine) *Engine { return &Engine{engine, m} }

// measure asks and notes how long it took and what became of it.
func measure[T any](e *Engine, question string, ask func() (T, error)) (T, error) {
	start := time.Now()
	out, err := ask()
	e.metrics.questions.WithLabelValues(question, outcome(err)).Observe(time.Since(start).Seconds())
	return out, err
}

// outcome is what became of a question: a word of a few.
func outcome(err error) string {
	switch {
	case err == nil:
		return "answered"
	case errors.Is(err, search.ErrBusy):
		return "refused" // for want of a place
	case errors.Is(err, context.Canceled):
		return "cancelled"
	case errors.Is(err, search.ErrNotFound), errors.Is(err, search.ErrTooBroad),
		errors.Is(err, search.ErrBadCursor), errors.Is(err, search.ErrCursorExpired):
		return "rejected" // the question was at fault
	}
	return "failed"
}

// Search implements search.Engine.
func (e *Engine) Search(ctx context.Context, r search.Request) (search.Response, error) {
	res, err := measure(e, "search", func() (search.Response, error) { return e.engine.Search(ctx, r) })
	if err == nil && r.Cursor == "" && !r.NoHighlights { // not the pages that follow, nor the server's own probes
		e.metrics.searches.Inc()
		if res.Total == 0 {
			e.metrics.zeroHits.Inc()
		}
	}
	return res, err
}

// Article implements search.Engine.
func (e *Engine) Article(ctx context.Context, r search.ArticleRequest) (search.MarkedArticle, error) {
	return measure(e, "article", func() (search.MarkedArticle, error) { return e.engine.Article(ctx, r) })
}

// Similar implements search.Engine.
func (e *Engine) Similar(ctx context.Context, r search.SimilarRequest) (search.Related, error) {
	return measure(e, "similar", func() (search.Related, error) { return e.engine.Similar(ctx, r) })
}

// NearDuplicates implements search.Engine.
func (e *Engine) NearDuplicates(ctx context.Context, id string) (search.Related, error) {
	return measure(e, "copies", func() (search.Related, error) { return e.engine.NearDuplicates(ctx, id) })
}

// Trends implements search.Engine.
func (e *Engine) Trends(ctx context.Context, r search.TrendsRequest) (search.Trends, error) {
	return measure(e, "trends", func() (search.Trends, error) { return e.engine.Trends(ctx, r) })
}

// Publications implements search.Engine.
func (e *Engine) Publications(ctx context.Context) (search.Publications, error) {
	return measure(e, "publications", func() (search.Publications, error) { return e.engine.Publications(ctx) })
}

// Issues implements search.Engine.
func (e *Engine) Issues(ctx context.Context, publication string) (search.Issues, error) {
	return measure(e, "issues", func() (search.Issues, error) { return e.engine.Issues(ctx, publication) })
}

// Issue implements search.Engine.
func (e *Engine) Issue(ctx context.Context, r search.IssueRequest) (search.Issue, error) {
	return measure(e, "issue", func() (search.Issue, error) { return e.engine.Issue(ctx, r) })
}

// Complete implements search.Engine.
func (e *Engine) Complete(ctx context.Context, r search.CompletionRequest) ([]search.Completion, error) {
	return measure(e, "complete", func() ([]search.Completion, error) { return e.engine.Complete(ctx, r) })
}

// Export implements search.Engine; its time is that of whoever takes it, too.
func (e *Engine) Export(ctx context.Context, r search.ExportRequest, sink search.Sink) error {
	_, err := measure(e, "export", func() (struct{}, error) { return struct{}{}, e.engine.Export(ctx, r, sink) })
	return err
}

// Generation implements search.Engine.
func (e *Engine) Generation() string { return e.engine.Generation() }

var _ search.Engine = (*Engine)(nil)

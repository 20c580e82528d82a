package param

import (
	"context"

	"xunwen/internal/search"
)

// Find runs the search. A text that no document can match, such as punctuation alone,
// finds nothing without the engine, for which a request without a query means every
// article.
func (q *Search) Find(ctx context.Context, e search.Engine) (search.Response, error) {
	if q.MatchesNothing() {
		return NoHits(e)
	}
	return e.Search(ctx, q.Request())
}

// NoHits is the response to a text that no document can match.
func NoHits(e search.Engine) (search.Response, error) {
	generation := e.Generation()
	if generation == "" {
		return search.Response{}, search.ErrNotReady
	}
	return search.Response{Generation: generation, Relation: search.Eq}, nil
}

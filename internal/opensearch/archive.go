package opensearch

import (
	"context"
	"errors"

	"xunwen/internal/search"
)

var errNotYet = errors.New("not yet")

func (e *Engine) Similar(context.Context, search.SimilarRequest) (search.Related, error) {
	return search.Related{}, errNotYet
}
func (e *Engine) NearDuplicates(ctx context.Context, id string) (search.Related, error) {
	return search.Related{}, errNotYet
}
func (e *Engine) Complete(context.Context, search.CompletionRequest) ([]search.Completion, error) {
	return nil, errNotYet
}
func (e *Engine) Trends(context.Context, search.TrendsRequest) (search.Trends, error) {
	return search.Trends{}, errNotYet
}
func (e *Engine) Publications(context.Context) (search.Publications, error) {
	return search.Publications{}, errNotYet
}
func (e *Engine) Issues(ctx context.Context, publication string) (search.Issues, error) {
	return search.Issues{}, errNotYet
}
func (e *Engine) Issue(context.Context, search.IssueRequest) (search.Issue, error) {
	return search.Issue{}, errNotYet
}
func (e *Engine) Export(context.Context, search.ExportRequest, search.Sink) error { return errNotYet }

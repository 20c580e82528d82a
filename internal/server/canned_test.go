package server

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"xunwen/internal/search"
)

// canned is an engine that answers what it is told to: these tests are about
// what HTTP makes of an answer. How engines answer is tested on a real one.
type canned struct {
	response search.Response
	article  search.MarkedArticle
	err      error
	panics   bool
	asked    []search.Request

	completions []search.Completion
	begun       []search.CompletionRequest

	likes, copies search.Related
	likened       []search.SimilarRequest
}

func (e *canned) Search(_ context.Context, r search.Request) (search.Response, error) {
	if e.panics {
		panic("a secret of the engine")
	}
	e.asked = append(e.asked, r)
	return e.response, e.err
}

func (e *canned) Article(context.Context, search.ArticleRequest) (search.MarkedArticle, error) {
	return e.article, e.err
}

func (e *canned) Similar(_ context.Context, r search.SimilarRequest) (search.Related, error) {
	e.likened = append(e.likened, r)
	return e.likes, e.err
}

func (e *canned) NearDuplicates(context.Context, string) (search.Related, error) {
	return e.copies, e.err
}

func (e *canned) Complete(_ context.Context, r search.CompletionRequest) ([]search.Completion, error) {
	e.begun = append(e.begun, r)
	return e.completions, e.err
}

func (e *canned) Trends(context.Context, search.TrendsRequest) (search.Trends, error) {
	return search.Trends{}, e.err
}

func (e *canned) Publications(context.Context) (search.Publications, error) {
	return search.Publications{}, e.err
}

func (e *canned) Issues(context.Context, string) (search.Issues, error) {
	return search.Issues{}, e.err
}

func (e *canned) Issue(context.Context, search.IssueRequest) (search.Issue, error) {
	return search.Issue{}, e.err
}

func (e *canned) Export(_ context.Context, _ search.ExportRequest, sink search.Sink) error {
	if e.err != nil {
		return e.err
	}
	if err := sink.Begin(search.Origin{Generation: e.response.Generation, Total: e.response.Total}); err != nil {
		return err
	}
	for _, h := range e.response.Hits {
		if err := sink.Write(h, nil); err != nil {
			return err
		}
	}
	return nil
}

func (e *canned) Generation() string { return e.response.Generation }

func get(t *testing.T, engine search.Engine, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	New(engine, Options{}).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	return w
}

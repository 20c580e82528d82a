package server

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"xunwen/internal/search"
)

// stub is an engine with prepared answers: these tests are about what HTTP makes of an
// answer. Real engines are tested elsewhere.
type stub struct {
	response search.Response
	article  search.MarkedArticle
	err      error
	panics   bool
	searches []search.Request
	matched  []search.Matching // of requests but searches

	completions []search.Completion
	completed   []search.CompletionRequest

	similar, nearDuplicates search.Related
	similarTo               []search.SimilarRequest
}

func (e *stub) Search(_ context.Context, r search.Request) (search.Response, error) {
	if e.panics {
		panic("a secret of the engine")
	}
	e.searches = append(e.searches, r)
	return e.response, e.err
}

func (e *stub) Article(_ context.Context, r search.ArticleRequest) (search.MarkedArticle, error) {
	e.matched = append(e.matched, r.Match)
	return e.article, e.err
}

func (e *stub) Similar(_ context.Context, r search.SimilarRequest) (search.Related, error) {
	e.similarTo = append(e.similarTo, r)
	return e.similar, e.err
}

func (e *stub) NearDuplicates(context.Context, string) (search.Related, error) {
	return e.nearDuplicates, e.err
}

func (e *stub) Complete(_ context.Context, r search.CompletionRequest) ([]search.Completion, error) {
	e.completed = append(e.completed, r)
	return e.completions, e.err
}

func (e *stub) Trends(_ context.Context, r search.TrendsRequest) (search.Trends, error) {
	e.matched = append(e.matched, r.Match)
	return search.Trends{}, e.err
}

func (e *stub) Publications(context.Context) (search.Publications, error) {
	return search.Publications{}, e.err
}

func (e *stub) Issues(context.Context, string) (search.Issues, error) {
	return search.Issues{}, e.err
}

func (e *stub) Issue(context.Context, search.IssueRequest) (search.Issue, error) {
	return search.Issue{}, e.err
}

func (e *stub) Export(_ context.Context, r search.ExportRequest, sink search.Sink) error {
	e.matched = append(e.matched, r.Search.Match)
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

func (e *stub) Pin(ctx context.Context, do func(context.Context, search.Engine) error) error {
	return do(ctx, e)
}

func (e *stub) Generation() string { return e.response.Generation }

func get(t *testing.T, engine search.Engine, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	New(engine, Options{}).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	return w
}

// facetLists returns the lists of values of facets.
func facetLists(f *search.Facets) []*[]search.ValueCount {
	return []*[]search.ValueCount{&f.Publication, &f.Section, &f.Source, &f.PageName}
}

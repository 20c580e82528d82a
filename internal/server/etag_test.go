package server

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// swapping is an engine that swaps to another generation while it answers.
type swapping struct {
	stub
	next string
}

func (e *swapping) Search(ctx context.Context, r search.Request) (search.Response, error) {
	resp, err := e.stub.Search(ctx, r)
	if e.next != "" {
		e.response.Generation = e.next
	}
	return resp, err
}

// TestUnchangedAnswers checks that a request with the tag of a current answer gets 304
// without a call of the engine, and that no other request does.
func TestUnchangedAnswers(t *testing.T) {
	engine := &swapping{stub: stub{response: search.Response{Generation: "1", Relation: search.Eq},
		article: search.MarkedArticle{Article: news.Article{ID: "a", Title: "题"}}}}
	h := New(engine, Options{})
	ask := func(path string, headers ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("Accept-Encoding", "gzip")
		for i := 0; i < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	for _, path := range []string{"/", "/search?q=x", "/browse", "/articles/a", "/docs/api", "/api/v1/search?q=x",
		"/api/v1/articles/a", "/api/v1/articles/a/citation",
		"/api/v1/suggest?q=x", "/api/v1/issues", "/feed.atom?q=x", "/opensearch.xml", "/openapi.json"} {
		first := ask(path)
		tag := first.Header().Get("ETag")
		if first.Code != http.StatusOK || len(tag) < 10 || tag[:3] != `W/"` {
			t.Errorf("%s: %d, ETag %s", path, first.Code, tag)
			continue
		}
		asked := len(engine.searches)
		again := ask(path, "If-None-Match", `"other", `+tag)
		if again.Code != http.StatusNotModified || again.Body.Len() > 0 || again.Header().Get("ETag") != tag ||
			len(engine.searches) != asked {
			t.Errorf("%s requested again: %d with %d bytes, ETag %s", path, again.Code, again.Body.Len(),
				again.Header().Get("ETag"))
		}
		for name, w := range map[string]*httptest.ResponseRecorder{
			"another address":  ask(path+"&size=5", "If-None-Match", tag),
			"another language": ask(path, "If-None-Match", tag, "Accept-Language", "en"),
			"another cookie":   ask(path, "If-None-Match", tag, "Cookie", "language=en"),
			"anything":         ask(path, "If-None-Match", "*"),
			"a strong tag":     ask(path, "If-None-Match", tag[2:]),
		} {
			if w.Code == http.StatusNotModified {
				t.Errorf("%s: %s gets 304", path, name)
			}
		}
		engine.response.Generation += "1"
		if w := ask(path, "If-None-Match", tag); w.Code != http.StatusOK || w.Header().Get("ETag") == tag {
			t.Errorf("%s of a new generation: %d, ETag %s", path, w.Code, w.Header().Get("ETag"))
		}
	}
	for _, path := range []string{"/healthz", "/readyz", "/api/v1/export?q=x", "/api/v1/search", "/nowhere",
		"/api/v1/search?q=OR"} {
		if tag := ask(path).Header().Get("ETag"); tag != "" {
			t.Errorf("%s has the ETag %s", path, tag)
		}
	}
	engine.next = "2"
	if w := ask("/api/v1/search?q=x"); w.Code != http.StatusOK || w.Header().Get("ETag") != "" {
		t.Errorf("swapped meanwhile: %d, ETag %s", w.Code, w.Header().Get("ETag"))
	}
}

// An answer without an index has no tag.
func TestNothingIsUnchangedBeforeTheFirstIndex(t *testing.T) {
	w := get(t, &stub{err: search.ErrNotReady}, "/")
	if tag := w.Header().Get("ETag"); w.Code != http.StatusOK || tag != "" {
		t.Errorf("%d, ETag %s", w.Code, tag)
	}
}

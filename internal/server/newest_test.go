package server

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// archive is an engine that finds nothing for words, and one article for everything.
type archive struct {
	stub
	ordered int // how often all articles were put in order
}

func (e *archive) Search(ctx context.Context, r search.Request) (search.Response, error) {
	resp, err := e.stub.Search(ctx, r)
	if r.Query == nil {
		e.ordered++
		resp.Hits = []search.Hit{{Article: news.Article{ID: "a", Title: "最新的一篇" + resp.Generation}}}
	}
	return resp, err
}

// TestNewestArticlesAreCached checks that empty results list the newest articles of the
// served generation, and that these are searched for once.
func TestNewestArticlesAreCached(t *testing.T) {
	engine := &archive{stub: stub{response: search.Response{Relation: search.Eq}}}
	h := New(engine, Options{})
	for _, generation := range []string{"甲", "甲", "乙", "乙", "甲"} {
		engine.response.Generation = generation
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/search?q=x", nil))
		if want := "最新的一篇" + generation; !strings.Contains(w.Body.String(), want) {
			t.Errorf("an empty answer of generation %s has no %s", generation, want)
		}
	}
	if engine.ordered != 3 {
		t.Errorf("all articles were sorted %d times for three generations", engine.ordered)
	}
}

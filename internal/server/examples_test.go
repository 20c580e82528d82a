package server

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// exampleServer is a server over a stub, with a clock that the test sets.
type exampleServer struct {
	t      *testing.T
	engine *stub
	now    time.Time
	server http.Handler
}

func newExampleServer(t *testing.T) *exampleServer {
	s := &exampleServer{
		t: t,
		engine: &stub{
			response: search.Response{Generation: "1", Total: 1,
				Hits: []search.Hit{{Article: news.Article{ID: "1", Title: "轮渡停航"}}}},
			completions: []search.Completion{{Text: "轮渡", Count: 3}},
		},
		now: time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC),
	}
	s.server = New(s.engine, Options{Now: func() time.Time { return s.now }})
	return s
}

// home requests the home page and returns it with the number of searches.
func (s *exampleServer) home() (w *httptest.ResponseRecorder, searches int) {
	s.t.Helper()
	before := len(s.engine.searches)
	w = httptest.NewRecorder()
	s.server.ServeHTTP(w, httptest.NewRequestWithContext(s.t.Context(), http.MethodGet, "/", nil))
	if w.Code != http.StatusOK {
		s.t.Fatalf("the home page answers %d", w.Code)
	}
	return w, len(s.engine.searches) - before
}

func hasExamples(w *httptest.ResponseRecorder) bool {
	return strings.Contains(w.Body.String(), "/search?q=")
}

func TestExamplesAreMadeOnceAGeneration(t *testing.T) {
	s := newExampleServer(t)
	first, searches := s.home()
	if !hasExamples(first) || searches == 0 || first.Header().Get("ETag") == "" {
		t.Errorf("the first page: %d searches, ETag %q, %s", searches, first.Header().Get("ETag"), first.Body)
	}
	if again, searches := s.home(); !hasExamples(again) || searches > 0 {
		t.Errorf("the second page took %d searches", searches)
	}
	s.engine.response.Generation = "2"
	if swapped, searches := s.home(); !hasExamples(swapped) || searches == 0 {
		t.Errorf("after a swap the page took %d searches", searches)
	}
}

// TestUnfinishedExamplesAreNotCached checks that with a busy engine a page has no
// examples and no ETag, and that the next attempt comes only after a while.
func TestUnfinishedExamplesAreNotCached(t *testing.T) {
	s := newExampleServer(t)
	s.engine.err = search.ErrBusy
	if w, _ := s.home(); hasExamples(w) || w.Header().Get("ETag") != "" {
		t.Errorf("a busy engine: ETag %q, %s", w.Header().Get("ETag"), w.Body)
	}
	s.engine.err = nil
	if w, searches := s.home(); hasExamples(w) || searches > 0 || w.Header().Get("ETag") != "" {
		t.Errorf("at once after a failure: %d searches, ETag %q", searches, w.Header().Get("ETag"))
	}
	s.now = s.now.Add(time.Hour)
	if w, _ := s.home(); !hasExamples(w) || w.Header().Get("ETag") == "" {
		t.Errorf("later: ETag %q, %s", w.Header().Get("ETag"), w.Body)
	}
}

package metrics

import (
	"context"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"

	"xunwen/internal/search"
)

// failing is an engine that says no.
type failing struct {
	search.Engine
	err   error
	total int
}

func (e failing) Search(context.Context, search.Request) (search.Response, error) {
	return search.Response{Total: e.total}, e.err
}

// TestWhatBecameOfQuestions holds by which word each end of a question is counted, and
// which searches count as finding nothing.
func TestWhatBecameOfQuestions(t *testing.T) {
	m := New("1.0")
	for _, tc := range []struct {
		err     error
		total   int
		request search.Request
	}{
		{nil, 3, search.Request{}},
		{nil, 0, search.Request{}},
		{nil, 0, search.Request{NoHighlights: true}},
		{nil, 3, search.Request{Cursor: "x"}},
		{fmt.Errorf("x: %w", search.ErrBusy), 0, search.Request{}},
		{search.ErrCursorExpired, 0, search.Request{Cursor: "x"}},
		{search.ErrTooBroad, 0, search.Request{}},
		{context.Canceled, 0, search.Request{}},
		{context.DeadlineExceeded, 0, search.Request{}},
		{search.ErrNotReady, 0, search.Request{}},
	} {
		m.Engine(failing{err: tc.err, total: tc.total}).Search(t.Context(), tc.request)
	}
	w := httptest.NewRecorder()
	m.Handler(slog.New(slog.DiscardHandler)).ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	for _, want := range []string{
		`xunwen_engine_duration_seconds_count{outcome="answered",question="search"} 4`,
		`xunwen_engine_duration_seconds_count{outcome="refused",question="search"} 1`,
		`xunwen_engine_duration_seconds_count{outcome="rejected",question="search"} 2`,
		`xunwen_engine_duration_seconds_count{outcome="cancelled",question="search"} 1`,
		`xunwen_engine_duration_seconds_count{outcome="failed",question="search"} 2`,
		`xunwen_searches_total 2`,
		`xunwen_searches_without_hits_total 1`,
		`xunwen_build_info{version="1.0"} 1`,
	} {
		if !strings.Contains(w.Body.String(), "\n"+want+"\n") {
			t.Errorf("not in the metrics: %s", want)
		}
	}
}

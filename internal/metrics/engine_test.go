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

// failing is an engine that returns the same total or error for every search.
type failing struct {
	search.Engine
	err   error
	total int
}

func (e failing) Search(context.Context, search.Request) (search.Response, error) {
	return search.Response{Total: e.total}, e.err
}

func (e failing) Generation() string { return "g" }

// TestOutcomes checks the outcome that each error is counted as, and which searches
// count as searches without hits.
func TestOutcomes(t *testing.T) {
	m := New("1.0")
	for _, tc := range []struct {
		err     error
		total   int
		request search.Request
	}{
		{nil, 3, search.Request{}},
		{nil, 0, search.Request{}},
		{nil, 0, search.Request{Internal: true}},
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
	m.LeaveOut([]string{"related", "offers"})
	m.LeaveOut([]string{"related"})
	m.ExportEnds("complete")
	w := httptest.NewRecorder()
	m.Handler(slog.New(slog.DiscardHandler)).ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	for _, want := range []string{
		`xunwen_engine_duration_seconds_count{op="search",outcome="answered"} 4`,
		`xunwen_engine_duration_seconds_count{op="search",outcome="rejected"} 1`,
		`xunwen_engine_duration_seconds_count{op="search",outcome="invalid"} 2`,
		`xunwen_engine_duration_seconds_count{op="search",outcome="cancelled"} 1`,
		`xunwen_engine_duration_seconds_count{op="search",outcome="failed"} 2`,
		`xunwen_searches_total 2`,
		`xunwen_searches_without_hits_total 1`,
		`xunwen_page_parts_left_out_total{part="related"} 2`,
		`xunwen_exports_total{outcome="complete"} 1`,
		`xunwen_build_info{version="1.0"} 1`,
	} {
		if !strings.Contains(w.Body.String(), "\n"+want+"\n") {
			t.Errorf("missing: %s", want)
		}
	}
}

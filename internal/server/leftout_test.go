package server

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// overloaded is an engine that answers what a page is about and, while busy, nothing else.
type overloaded struct {
	counting
	busy bool
}

func (e *overloaded) Search(ctx context.Context, r search.Request) (search.Response, error) {
	if e.busy && r.Internal {
		return search.Response{}, search.ErrBusy
	}
	resp, err := e.counting.Search(ctx, r)
	if r.Sort == search.ByRelevance && r.Internal && r.NoHighlights {
		resp.DidYouMean = "太空站"
	}
	return resp, err
}

func (e *overloaded) Similar(ctx context.Context, r search.SimilarRequest) (search.Related, error) {
	if e.busy {
		return search.Related{}, search.ErrBusy
	}
	return e.counting.Similar(ctx, r)
}

// TestWhatIsLeftOutIsNotKept checks for each part that a page can do without: while the engine
// is busy the page lacks it, is neither tagged nor stored, and the log and the numbers say so.
// Once the engine is idle, the same address has the part, and its page may be kept.
func TestWhatIsLeftOutIsNotKept(t *testing.T) {
	for _, tc := range []struct {
		address string
		hits    int // of searches with words
		parts   []string
		lacks   string
	}{
		{"/articles/a", 1, []string{"related"}, "相似报道"},
		{"/search?" + encoded("q=新华社"), 3, []string{"offers"}, "只看来源"},
		{"/search?" + encoded("q=长沙 太空梯"), 0, []string{"newest", "offers", "reasons"}, "最新稿件"},
		{
			"/search?" + encoded("q=太空梯&sort=newest"), 0,
			[]string{"spelling", "newest", "offers", "reasons"}, "太空<em>站",
		},
		{"/", 1, []string{"examples"}, "/search?q="},
		{"/help", 1, []string{"examples"}, "/search?q="},
	} {
		t.Run(tc.address, func(t *testing.T) {
			engine := &overloaded{busy: true}
			engine.response.Generation = "g"
			engine.article = search.MarkedArticle{Article: news.Article{ID: "a", Title: "大桥通车"}}
			engine.similar = search.Related{Hits: []search.Hit{{Article: news.Article{ID: "b", Title: "公交过桥"}}}}
			engine.completions = []search.Completion{{Text: "一篇", Count: 3}}
			engine.named = []search.Named{{Operand: "新华社", Field: query.Source, Value: "新华社"}}
			engine.count = func(r search.Request) int {
				if r.Query == nil {
					return 1
				}
				return tc.hits
			}
			var log strings.Builder
			var counted []string
			now := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
			h := New(engine, Options{
				Log:     slog.New(slog.NewTextHandler(&log, nil)),
				Now:     func() time.Time { return now },
				LeftOut: func(parts []string) { counted = append(counted, parts...) },
			})
			ask := func() *httptest.ResponseRecorder {
				w := httptest.NewRecorder()
				h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, tc.address, nil))
				return w
			}
			w := ask()
			if w.Code != http.StatusOK || w.Header().Get("ETag") != "" ||
				w.Header().Get("Cache-Control") != "no-store" {
				t.Errorf("while busy: %d, %q", w.Code, w.Header())
			}
			if strings.Contains(w.Body.String(), tc.lacks) {
				t.Errorf("while busy the page has %s", tc.lacks)
			}
			if !slices.Equal(counted, tc.parts) ||
				!strings.Contains(log.String(), strings.Join(tc.parts, ",")) {
				t.Errorf("counted %q, want %q; log %s", counted, tc.parts, log.String())
			}
			engine.busy, counted, now = false, nil, now.Add(time.Hour)
			w = ask()
			if tag := w.Header().Get("ETag"); w.Code != http.StatusOK || tag == "" ||
				w.Header().Get("Cache-Control") != "no-cache" {
				t.Errorf("when idle: %d, %q", w.Code, w.Header())
			}
			page := w.Body.String()
			if unescaped, err := url.QueryUnescape(page); err == nil {
				page = unescaped
			}
			if !strings.Contains(page, tc.lacks) || len(counted) > 0 {
				t.Errorf("when idle %q were left out, and %s is wanted in\n%s", counted, tc.lacks, page)
			}
		})
	}
}

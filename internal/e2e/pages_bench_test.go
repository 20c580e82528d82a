package e2e

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"xunwen/internal/build"
	"xunwen/internal/generation"
	"xunwen/internal/limit"
	"xunwen/internal/live"
	"xunwen/internal/server"
)

// newsIndex returns the index folder bench in XUNWEN_CORPORA_INDEX, or one built from
// XUNWEN_BENCH/articles.jsonl, and the queries of XUNWEN_BENCH/queries.txt.
func newsIndex(b *testing.B) (dir string, queries []string) {
	data := os.Getenv("XUNWEN_BENCH")
	if data == "" {
		b.Skip("XUNWEN_BENCH is not set")
	}
	text, err := os.ReadFile(filepath.Join(data, "queries.txt"))
	if err != nil {
		b.Fatal(err)
	}
	queries = strings.Split(strings.TrimSpace(string(text)), "\n")
	dir = filepath.Join(os.Getenv("XUNWEN_CORPORA_INDEX"), "bench")
	if dir == "bench" {
		dir = b.TempDir()
	}
	if _, err := generation.In(dir).Current(); err == nil {
		return dir, queries
	}
	read := readFile(filepath.Join(data, "articles.jsonl"))
	_, err = build.Index(b.Context(), build.Options{Out: dir, Keep: 1, Log: quiet}, read)
	if err != nil {
		b.Fatal(err)
	}
	return dir, queries
}

// BenchmarkNewsPages measures milliseconds per request for the first page of results
// of real queries, complete as a browser gets it, and for the API's answer with and
// without facets. Each operation runs all queries once.
func BenchmarkNewsPages(b *testing.B) {
	dir, queries := newsIndex(b)
	engine := live.Open(b.Context(), dir, live.Options{Log: quiet})
	b.Cleanup(func() { engine.Close() })
	handler := server.New(limit.New(engine, runtime.GOMAXPROCS(0), 1), server.Options{Log: quiet})
	for _, m := range []struct{ name, path string }{
		{"warming", "/api/v1/search?q="},
		{"answers", "/api/v1/search?q="},
		{"facets", "/api/v1/search?facets=1&q="},
		{"pages", "/search?q="},
	} {
		b.Run(m.name, func(b *testing.B) {
			var took []time.Duration
			bytes := 0
			for b.Loop() {
				for _, q := range queries {
					r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, m.path+url.QueryEscape(q), nil)
					r.Header.Set("Accept-Encoding", "gzip")
					w := httptest.NewRecorder()
					began := time.Now()
					handler.ServeHTTP(w, r)
					took = append(took, time.Since(began))
					bytes += w.Body.Len()
					if w.Code != http.StatusOK {
						b.Fatalf("%q: %d %s", q, w.Code, w.Body)
					}
				}
			}
			slices.Sort(took)
			n := len(took)
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(bytes)/float64(n), "B/answer")
			for name, d := range map[string]time.Duration{"p50-ms": took[n/2], "p95-ms": took[n*95/100],
				"p99-ms": took[n*99/100]} {
				b.ReportMetric(d.Seconds()*1000, name)
			}
		})
	}
}

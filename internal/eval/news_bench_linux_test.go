package eval_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"
	"golang.org/x/sys/unix"

	"xunwen/internal/analyzer"
	"xunwen/internal/build"
	"xunwen/internal/engine"
	"xunwen/internal/generation"
	"xunwen/internal/index"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// benchData returns real news and real queries for the benchmarks, which run them
// one after another. XUNWEN_BENCH names a folder with articles.jsonl (article
// records) and queries.txt (a query a line); XUNWEN_CORPORA_INDEX may name a folder
// to keep the index in.
func benchData(b *testing.B) (l *served, queries []string) {
	dir := os.Getenv("XUNWEN_BENCH")
	if dir == "" {
		b.Skip("XUNWEN_BENCH is not set")
	}
	text, err := os.ReadFile(filepath.Join(dir, "queries.txt"))
	if err != nil {
		b.Fatal(err)
	}
	out := filepath.Join(os.Getenv("XUNWEN_CORPORA_INDEX"), "bench")
	if out == "bench" {
		out = b.TempDir()
	}
	if _, err := generation.In(out).Current(); err != nil {
		read := corpusArticles(b.Context(), filepath.Join(dir, "articles.jsonl"))
		_, err := build.Index(b.Context(), build.Options{Out: out, Keep: 1}, read)
		if err != nil {
			b.Fatal(err)
		}
	}
	return open(b, out), strings.Split(strings.TrimSpace(string(text)), "\n")
}

// hanRun matches a phrase to search for.
var hanRun = regexp.MustCompile(`\p{Han}{4,8}`)

// BenchmarkNews measures milliseconds a query. One operation is all queries once;
// first and first-snippets are the first over a generation that was just opened. bleve is
// bleve's own search over the same index, for the same terms.
func BenchmarkNews(b *testing.B) {
	l, queries := benchData(b)
	var words, phrases []search.Request
	for _, q := range queries {
		if n, err := query.Parse(q); err == nil {
			words = append(words, search.Request{Query: n, Size: 10})
		} else {
			b.Errorf("%q: %v", q, err)
		}
		if p := hanRun.FindString(q); p != "" {
			phrases = append(phrases, search.Request{Query: &query.Phrase{Text: p}, Size: 10})
		}
	}
	g := openGeneration(b, l.dir)
	bare := func(ctx context.Context, r search.Request) (search.Response, error) {
		r.NoHighlights, r.NoSuggestions = true, true
		return g.Engine.Search(ctx, r)
	}
	b.Run("first-snippets", func(b *testing.B) {
		ask(b, words, withoutSuggestions(openGeneration(b, l.dir).Engine))
	})
	byBleve := bleveSearch(b, g, filepath.Join(l.dir, g.Manifest.Generation))
	for _, m := range []struct {
		name string
		list []search.Request
		ask  func(context.Context, search.Request) (search.Response, error)
	}{
		{"first", words, bare},
		{"top10", words, bare},
		{"snippets", words, withoutSuggestions(g.Engine)},
		{"answers", words, g.Engine.Search}, // with suggestions
		{"paragraphs", words, func(ctx context.Context, r search.Request) (search.Response, error) {
			r.By = search.ByParagraph
			return bare(ctx, r)
		}},
		{"phrases", phrases, bare},
		{"bleve", words, byBleve},
	} {
		b.Run(m.name, func(b *testing.B) { ask(b, m.list, m.ask) })
	}
}

func withoutSuggestions(e *engine.Engine) func(context.Context, search.Request) (search.Response, error) {
	return func(ctx context.Context, r search.Request) (search.Response, error) {
		r.NoSuggestions = true
		return e.Search(ctx, r)
	}
}

func ask(b *testing.B, list []search.Request, search func(context.Context, search.Request) (search.Response, error)) {
	var took, busy []time.Duration
	none := 0
	for b.Loop() {
		for _, r := range list {
			began, cpu := time.Now(), processTime(b)
			res, err := search(b.Context(), r)
			took, busy = append(took, time.Since(began)), append(busy, processTime(b)-cpu)
			if err != nil {
				b.Fatal(err)
			}
			if res.Total == 0 {
				none++
			}
		}
	}
	report(b, "", took)
	report(b, "cpu-", busy)
	b.ReportMetric(float64(none)/float64(b.N), "no-hit")
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapAlloc)/(1<<20), "heap-MiB")
}

// bleveSearch searches by bleve's own scores for documents that contain any word or
// gram of a query.
func bleveSearch(b *testing.B, g *index.Generation,
	dir string) func(context.Context, search.Request) (search.Response, error) {
	both := bleve.NewIndexAlias()
	for _, v := range g.Settings.Volumes {
		idx, err := bleve.OpenUsing(filepath.Join(v.Dir(dir), index.BleveDir), map[string]any{"read_only": true})
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { idx.Close() })
		both.Add(idx)
	}
	words := g.Analyzer()
	return func(ctx context.Context, r search.Request) (search.Response, error) {
		folded := words.FoldString(r.Query.String())
		any := bleve.NewDisjunctionQuery()
		for field, tokens := range map[string][]analyzer.Token{
			engine.Words: words.Segment(folded),
			engine.Grams: analyzer.Grams(folded),
		} {
			for _, t := range tokens {
				if field == engine.Words && words.IsStopWord(t.Term) {
					continue
				}
				term := bleve.NewTermQuery(t.Term)
				term.SetField(field)
				any.AddQuery(term)
			}
		}
		res, err := both.SearchInContext(ctx, bleve.NewSearchRequestOptions(any, r.Size, 0, false))
		if err != nil {
			return search.Response{}, err
		}
		return search.Response{Total: int(res.Total)}, nil
	}
}

// processTime returns the processor time of all threads: other load on the machine does not
// count, what collects garbage does.
func processTime(b *testing.B) time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_PROCESS_CPUTIME_ID, &t); err != nil {
		b.Fatal(err)
	}
	return time.Duration(t.Nano())
}

// report reports percentiles of took in milliseconds.
func report(b *testing.B, kind string, took []time.Duration) {
	slices.Sort(took)
	sum := time.Duration(0)
	for _, d := range took {
		sum += d
	}
	n := len(took)
	b.ReportMetric(0, "ns/op")
	for name, d := range map[string]time.Duration{
		"p50": took[n/2], "p95": took[n*95/100], "p99": took[n*99/100],
		"max": took[n-1], "mean": sum / time.Duration(n),
	} {
		b.ReportMetric(d.Seconds()*1000, kind+name+"-ms")
	}
}

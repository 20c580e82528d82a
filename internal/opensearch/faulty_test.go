package opensearch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/news"
	"xunwen/internal/opensearch/client"
	"xunwen/internal/opensearch/opensearchtest"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// operation is a request to an engine. What it returns is compared as JSON.
type operation struct {
	name string
	run  func(context.Context, *Engine) (any, error)
}

func operations(t *testing.T, some news.Article) []operation {
	t.Helper()
	of := func(q string) query.Node {
		n, err := query.Parse(q)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	searching := func(name string, r search.Request) operation {
		r.Size = 10
		return operation{name, func(ctx context.Context, e *Engine) (any, error) { return e.Search(ctx, r) }}
	}
	own := of(`"` + some.Title[:6] + `"`)
	filter := search.Filter{Publication: []string{"日报"}, From: "2024-01-01"}
	return []operation{
		searching("all", search.Request{Facets: &search.FacetRequest{MultiSelect: true}, Filter: filter}),
		searching("word", search.Request{Query: of(frequent)}),
		searching("phrase", search.Request{Query: own, Sort: search.Newest}),
		searching("headline", search.Request{Query: of(some.Title)}),
		searching("near", search.Request{Query: of(`"` + frequent + " " + some.Title[:6] + `"~50`)}),
		searching("facets by paragraph", search.Request{
			Query: of(frequent), By: search.ByParagraph, Filter: filter,
			Facets: &search.FacetRequest{MultiSelect: true},
		}),
		{"second page", func(ctx context.Context, e *Engine) (any, error) {
			r := search.Request{Query: of(frequent), Size: 10}
			first, err := e.Search(ctx, r)
			if err != nil {
				return nil, err
			}
			r.Cursor = first.Cursor
			return e.Search(ctx, r)
		}},
		{"article", func(ctx context.Context, e *Engine) (any, error) {
			return e.Article(ctx, search.ArticleRequest{ID: some.ID, Query: own})
		}},
		{"near-duplicates", func(ctx context.Context, e *Engine) (any, error) {
			return e.NearDuplicates(ctx, some.ID)
		}},
		{"similar", func(ctx context.Context, e *Engine) (any, error) {
			return e.Similar(ctx, search.SimilarRequest{ID: some.ID, Size: 5})
		}},
		{"trends", func(ctx context.Context, e *Engine) (any, error) {
			return e.Trends(ctx, search.TrendsRequest{Queries: []query.Node{of(frequent), own, nil}})
		}},
		{"publications", func(ctx context.Context, e *Engine) (any, error) { return e.Publications(ctx) }},
		{"issues", func(ctx context.Context, e *Engine) (any, error) { return e.Issues(ctx, "日报") }},
		{"issue", func(ctx context.Context, e *Engine) (any, error) {
			return e.Issue(ctx, search.IssueRequest{Publication: some.Publication, Date: some.Date})
		}},
		{"export", func(ctx context.Context, e *Engine) (any, error) {
			var out collector
			err := e.Export(ctx, search.ExportRequest{Search: search.Request{Query: of(frequent)}}, &out)
			return out.hits, err
		}},
	}
}

// faultWorkers run at a time: most of the time they wait.
const faultWorkers = 6

// Whatever the cluster does wrong, an answer is right, or an error that says so: never a wrong answer, nor
// a part of one. Nothing is left running.
func TestFaults(t *testing.T) {
	direct := testClient(t)
	articles := buildtest.Generated(150)
	articles = append(articles, articles[:20]...)
	for i := range articles[150:] {
		articles[150+i].ID += "-again"
	}
	published := publish(t, direct, analyzertest.Open(t), articles, Options{})
	published.options.Small, published.options.Window = 0, 40
	node := address(t, direct)
	before := runtime.NumGoroutine()
	all := operations(t, articles[3])
	kinds := faults()
	work := make(chan fault)
	var working sync.WaitGroup
	for range faultWorkers {
		working.Go(func() {
			w := newFaultWorker(t, node, published)
			defer w.close()
			for f := range work {
				for _, o := range all {
					w.try(f, o)
				}
			}
		})
	}
	for _, f := range kinds {
		work <- f
	}
	close(work)
	working.Wait()
	t.Logf("%d faults in %d requests", len(kinds), len(all))
	http.DefaultClient.CloseIdleConnections()
	for range 600 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	stacks := make([]byte, 1<<20)
	t.Errorf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
}

// faultWorker tries faults one after another.
type faultWorker struct {
	t         *testing.T
	proxy     *opensearchtest.Proxy
	client    *client.Client
	published *Engine
	right     map[string]string // answers by operation
	requests  map[string]int
}

func newFaultWorker(t *testing.T, node string, published *Engine) *faultWorker {
	w := &faultWorker{t: t, published: published, right: map[string]string{}, requests: map[string]int{}}
	w.proxy = opensearchtest.NewProxy(t, node)
	w.proxy.Start()
	var err error
	if w.client, err = client.Connect(client.Connection{Addresses: []string{w.proxy.URL}}); err != nil {
		t.Error(err)
	}
	return w
}

func (w *faultWorker) close() {
	if err := w.client.Close(); err != nil {
		w.t.Error(err)
	}
	w.proxy.Close()
}

// ask runs an operation with an engine that knows nothing yet.
func (w *faultWorker) ask(ctx context.Context, o operation) (string, error) {
	p := w.published
	e := newEngine(w.client, p.index, p.generation, p.words, p.sizes, p.options)
	e.options.Small = 0
	answer, err := o.run(ctx, e)
	b, failed := json.Marshal(answer)
	return string(b), errors.Join(err, failed)
}

// tried is how long an operation may take whose requests hang.
const tried = time.Second

// try makes the first request of an operation fail, a later one, and the last one, and all after it.
func (w *faultWorker) try(f fault, o operation) {
	if _, ok := w.right[o.name]; !ok {
		var requests atomic.Int64
		w.proxy.Set(fromRequest(&requests, math.MaxInt, nil))
		answer, err := w.ask(context.Background(), o)
		if err != nil {
			w.t.Errorf("%s: %v", o.name, err)
		}
		w.right[o.name], w.requests[o.name] = answer, int(requests.Load())
	}
	last := w.requests[o.name] - 1
	positions := []int{0, 1 + len(f.name)%max(1, last), last}
	slices.Sort(positions)
	for _, at := range slices.Compact(positions) {
		if at > last {
			continue
		}
		w.proxy.Set(fromRequest(new(atomic.Int64), at, f.answer))
		ctx, cancel := context.Background(), func() {}
		if strings.HasPrefix(f.name, "hangs") {
			ctx, cancel = context.WithTimeout(ctx, tried)
		}
		answer, err := w.ask(ctx, o)
		cancel()
		w.check(f, o, at, answer, err)
	}
}

// fromRequest answers searches from one on otherwise than the node, and counts them.
func fromRequest(requests *atomic.Int64, at int, otherwise opensearchtest.Answerer) opensearchtest.Answerer {
	return func(w http.ResponseWriter, r *http.Request, ask func() opensearchtest.Answer) {
		if strings.HasSuffix(r.URL.Path, "search") && int(requests.Add(1)) > at {
			otherwise(w, r, ask)
			return
		}
		ask().Write(w) // also to the client library's own requests for the state of the node
	}
}

func (w *faultWorker) check(f fault, o operation, at int, answer string, err error) {
	w.t.Helper()
	right := w.right[o.name]
	wrong := func(what string) { w.t.Errorf("%s, %s from request %d on: %s", o.name, f.name, at, what) }
	switch {
	case err == nil && answer != right:
		wrong(fmt.Sprintf("another answer: %.300s, want %.300s", answer, right))
	case err == nil && !f.harmless:
		wrong("no error")
	case err != nil && (f.harmless || !f.allows(err)):
		wrong(err.Error())
	case err != nil && o.name == "export" && answer != "null" &&
		!strings.HasPrefix(right, strings.TrimSuffix(answer, "]")):
		wrong("what was written is not the beginning")
	}
}

// address returns the address of a client's node.
func address(t *testing.T, c *client.Client) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := c.Transport().Perform(r)
	if err != nil {
		t.Fatal(err)
	}
	return "http://" + answer.Request.URL.Host
}

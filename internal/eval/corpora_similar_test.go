package eval_test

import (
	"slices"
	"testing"
	"time"

	"xunwen/internal/search"
)

// TestEvalSimilar measures the time to find similar articles, with near-duplicates
// collapsed, for every 300th article.
func TestEvalSimilar(t *testing.T) {
	l := corpusIndex(t, "mixed", asIs, "webnews", "broadcast")
	g := openGeneration(t, l.dir)
	var took []time.Duration
	none, hits := 0, 0
	for i := 0; i < g.Records.Len(); i += 300 {
		a, err := g.Records.Get(i)
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		r, err := l.Similar(t.Context(), search.SimilarRequest{ID: a.ID, Size: 6})
		took = append(took, time.Since(began))
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Hits) == 0 {
			none++
		}
		hits += len(r.Hits)
		for _, h := range r.Hits {
			if h.Article.ID == a.ID || slices.Contains(h.NearDuplicateIDs(), a.ID) {
				t.Errorf("%s is similar to itself", a.ID)
			}
		}
	}
	slices.Sort(took)
	at := func(share float64) time.Duration { return took[int(share*float64(len(took)-1))] }
	t.Logf("%d articles: p50 %v, p95 %v, p99 %v; %.1f articles each, %d without any",
		len(took), at(0.5), at(0.95), at(0.99), float64(hits)/float64(len(took)), none)
}

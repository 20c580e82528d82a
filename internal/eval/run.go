package eval

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

// Depth is how many hits count.
const Depth = 10

// Answer is what an engine returned for a query.
type Answer struct {
	Query   Query   `json:"query"`
	Hits    []Hit   `json:"hits"` // the first Depth that are not in Also
	Total   int     `json:"total"`
	Invalid string  `json:"invalid"` // why the query could not be parsed; then there are no hits
	Absent  bool    `json:"absent"`  // the index has no right article
	MRR     float64 `json:"mrr"`
	Recall  float64 `json:"recall"`
	NDCG    float64 `json:"ndcg"`
}

// Hit is one hit of an Answer.
type Hit struct {
	ID    string  `json:"id"`
	Title string  `json:"title"`
	Score float64 `json:"score"`
	Right bool    `json:"right"`

	Explanation *search.Explanation `json:"-"` // only with Options.Explain
}

// Rank is the rank of the first right hit, from 1, or 0 without one.
func (a Answer) Rank() int { return 1 + slices.IndexFunc(a.Hits, func(h Hit) bool { return h.Right }) }

// Options are options of Run.
type Options struct {
	Explain bool // hits get their Explanation
}

// Run searches e for every query, as many at a time as there are processors, and
// returns the answers in the order of queries. Results are not collapsed: the
// right article may be a near-duplicate.
func Run(ctx context.Context, e search.Engine, queries []Query, o Options) ([]Answer, error) {
	out := make([]Answer, len(queries))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, q := range queries {
		g.Go(func() error {
			a, err := answer(ctx, e, q, o)
			if err != nil {
				return fmt.Errorf("query %q: %w", q.Text, err)
			}
			out[i] = a
			return nil
		})
	}
	return out, g.Wait()
}

func answer(ctx context.Context, e search.Engine, q Query, o Options) (Answer, error) {
	a := Answer{Query: q, Hits: []Hit{}}
	node, err := query.Parse(q.Text)
	if err != nil {
		a.Invalid = err.Error()
		return a, nil
	}
	if a.Absent, err = absent(ctx, e, q.Gold); err != nil {
		return a, err
	}
	res, err := e.Search(ctx, search.Request{
		Query:         node,
		By:            search.ByArticle,
		Size:          min(Depth+len(q.Also), search.MaxSize), // hits in Also don't count
		Uncollapsed:   true,
		NoHighlights:  true,
		NoSuggestions: true,
		Explain:       o.Explain,
	})
	if err != nil {
		return a, err
	}
	a.Total = res.Total
	for _, h := range res.Hits {
		id := h.Article.ID
		if len(a.Hits) < Depth && !slices.Contains(q.Also, id) {
			hit := Hit{id, h.Article.Title, h.Score, slices.Contains(q.Gold, id), h.Explanation}
			a.Hits = append(a.Hits, hit)
		}
	}
	a.measure()
	return a, nil
}

// absent reports whether e has none of the articles.
func absent(ctx context.Context, e search.Engine, ids []string) (bool, error) {
	for _, id := range ids {
		_, err := e.Article(ctx, search.ArticleRequest{ID: id})
		if err == nil {
			return false, nil
		}
		if !errors.Is(err, search.ErrNotFound) {
			return false, err
		}
	}
	return true, nil
}

// measure computes the three measures. An article is either right or not, so the
// gains of nDCG are 1 and 0 (Järvelin and Kekäläinen, Cumulated Gain-Based
// Evaluation of IR Techniques, 2002).
func (a *Answer) measure() {
	found, gain := 0, 0.0
	for i, h := range a.Hits {
		if !h.Right {
			continue
		}
		if found++; found == 1 {
			a.MRR = 1 / float64(i+1)
		}
		gain += discount(i)
	}
	ideal := 0.0
	for i := range min(len(a.Query.Gold), Depth) {
		ideal += discount(i)
	}
	a.Recall = float64(found) / float64(len(a.Query.Gold))
	a.NDCG = gain / ideal
}

// discount is the gain of a right hit at index i.
func discount(i int) float64 { return 1 / math.Log2(float64(i+2)) }

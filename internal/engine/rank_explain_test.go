package engine

import (
	"math"
	"math/rand/v2"
	"testing"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

// The parts of an explanation add up to the score of the hit, the terms of a part to
// its value.
func TestExplanationsAddUp(t *testing.T) {
	r := rand.New(rand.NewPCG(27, 18))
	all := randomNews(r, 300)
	words := openAnalyzer(t)
	m := newMemory(words, all, alone)
	e := New("random", m, m, m.columns, words, Options{})
	hits := 0
	for range 100 {
		text := randomQuery(r)
		n, err := query.Parse(text)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		for _, by := range []search.By{search.ByArticle, search.ByParagraph} {
			res, err := e.Search(t.Context(), search.Request{Query: n, By: by, Size: 5, Explain: true})
			if err != nil {
				t.Fatalf("%q: %v", text, err)
			}
			for _, h := range res.Hits {
				hits++
				if why := addsUp(h); why != "" {
					t.Fatalf("%q by %s: %s: %+v", text, by, why, *h.Explanation)
				}
			}
		}
	}
	if hits < 500 {
		t.Errorf("%d hits are too few to say much", hits)
	}
}

func addsUp(h search.Hit) string {
	near := func(a, b float64) bool { return math.Abs(a-b) < 1e-9 }
	score := 0.
	for _, p := range h.Explanation.Parts {
		score += p.Score
		if !near(p.Score, p.Share*p.Value) {
			return "a part is not its share of its value"
		}
		terms, weights := 0., 0.
		for _, x := range p.Terms {
			terms += x.Score
			weights += x.Weight
			if x.Frequency > 0 && x.Score <= 0 || x.Frequency == 0 && x.Score > 0 && p.Name != search.PartCoverage {
				return "a term scores where it does not occur, or occurs without a score"
			}
		}
		if p.Name == search.PartCoverage {
			terms *= terms / weights
		}
		if !near(terms, p.Value) {
			return "the terms of a part are not its value"
		}
	}
	if len(h.Explanation.Parts) != 3 || !near(score, h.Score) {
		return "the parts are not the score"
	}
	return ""
}

// Only a request for explanations gets them, and a hit without a score has no parts.
func TestExplanationsOnRequest(t *testing.T) {
	words := openAnalyzer(t)
	m := newMemory(words, randomNews(rand.New(rand.NewPCG(1, 1)), 20), alone)
	e := New("random", m, m, m.columns, words, Options{})
	for _, asked := range []bool{false, true} {
		res, err := e.Search(t.Context(), search.Request{Size: 5, Explain: asked, Sort: search.Newest})
		if err != nil || len(res.Hits) != 5 {
			t.Fatal(res, err)
		}
		if x := res.Hits[0].Explanation; (x != nil) != asked || asked && len(x.Parts) > 0 {
			t.Errorf("asked %t: %v", asked, x)
		}
	}
}

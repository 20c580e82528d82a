package engine

import (
	"math/rand/v2"
	"testing"

	"xunwen/internal/search"
)

// What a headline matches is kept for its next page.
func TestBagIsMatchedOnce(t *testing.T) {
	all := randomNews(rand.New(rand.NewPCG(1, 5)), 300)
	words := openAnalyzer(t)
	m := newMemory(words, all, alone)
	e := New("random", m, m, m.columns, words, Options{Cache: DefaultCache})
	r := search.Request{By: search.ByArticle, Query: asked(t, "谭德塞会议里亚布科夫发展记者青禾")}
	first, err := newTestSearcher(t, e, r).matchTree(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	again, err := newTestSearcher(t, e, r).matchTree(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if first.IsEmpty() || again != first {
		t.Errorf("%d items match, then another set of %d", first.GetCardinality(), again.GetCardinality())
	}
	r.By = search.ByParagraph
	other, err := newTestSearcher(t, e, r).matchTree(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if other == first {
		t.Error("paragraphs match as items do")
	}
}

package engine

import (
	"math/rand/v2"
	"slices"
	"testing"

	"xunwen/internal/search"
)

// The order in which the nodes of a plan are matched makes no difference.
func TestMatchOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 2)) // the same at every run
	all := randomNews(r, 300)
	words := openAnalyzer(t)
	m := newMemory(words, all, alone)
	e := New("random", m, m, m.columns, words, Options{Cache: DefaultCache})
	matched := uint64(0)
	for range 200 {
		text := randomQuery(r) + []string{"", ` "的"`, ` -"，"`, ` ("在与" OR 5G)`, ` "中国 发展"~20`}[r.IntN(5)]
		for _, by := range []search.By{search.ByArticle, search.ByParagraph} {
			s := newTestSearcher(t, e, search.Request{Query: asked(t, text), By: by})
			want, err := s.matchTree(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			reverse(s.plan.root)
			got, err := s.matchTree(t.Context(), nil)
			if err != nil || !got.Equals(want) {
				t.Errorf("%s by %s: %v in reverse order, want %v; %v", text, by, got, want, err)
			}
			matched += want.GetCardinality()
		}
	}
	if matched < 1000 {
		t.Errorf("only %d members matched: this tests little", matched)
	}
}

// reverse reverses the order in which nodes are matched.
func reverse(n node) {
	switch n := n.(type) {
	case andNode:
		slices.Reverse(n)
		for _, child := range n {
			reverse(child)
		}
	case orNode:
		for _, child := range n {
			reverse(child)
		}
	case notNode:
		reverse(n.node)
	}
}

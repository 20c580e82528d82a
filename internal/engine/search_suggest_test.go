package engine

import (
	"testing"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

// TestKnownCorrections checks that a query is not corrected again if nothing is wrong with it,
// and that another query still is.
func TestKnownCorrections(t *testing.T) {
	word := func(text string) query.Node { return &query.Word{Text: text} }
	request := func(n query.Node) search.Request { return search.Request{Query: n, Sort: search.ByRelevance} }
	e := &Engine{index: &snapshot{cache: newCache(minCache)}}
	if !e.isCorrected(request(word("北约"))) {
		t.Error("a new query is not corrected")
	}
	e.index.cache.put(correctionKey(word("北约")), "", fromLists, 0)
	e.index.cache.put(correctionKey(word("被约")), "北约", fromLists, len("北约"))
	for _, c := range []struct {
		query query.Node
		want  bool
	}{{word("北约"), false}, {word("被约"), true}, {word("欧盟"), true}, {&query.Phrase{Text: "北约"}, true}} {
		if got := e.isCorrected(request(c.query)); got != c.want {
			t.Errorf("%s is corrected: %v, want %v", c.query, got, c.want)
		}
	}
}

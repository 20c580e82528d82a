package engine

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

// TestHitsOfOutlines compares hits of articles of which single texts are read with those of
// articles that are read whole.
func TestHitsOfOutlines(t *testing.T) {
	words := openAnalyzer(t)
	r := rand.New(rand.NewPCG(14, 3))
	m := newMemory(words, randomNews(r, 60), alone)
	e := New("random", m, m, m.columns, words, Options{Cache: DefaultCache})
	shown, opened := 0, 0
	for range 150 {
		n, err := query.Parse(randomQuery(r))
		if err != nil {
			t.Fatal(err)
		}
		by := []search.By{search.ByArticle, search.ByParagraph}[r.IntN(2)]
		request := search.Request{Query: n, Size: 10, By: by, NoHighlights: r.IntN(4) == 0}
		got, err := e.Search(t.Context(), request)
		if err != nil {
			t.Fatal(err)
		}
		request.MarkedTexts = true
		want, err := e.Search(t.Context(), request)
		if err != nil {
			t.Fatal(err)
		}
		for i := range want.Hits {
			want.Hits[i].MarkedTexts = nil
			shown += len(want.Hits[i].Paragraphs)
			if want.Hits[i].Opening != "" {
				opened++
			}
		}
		if !reflect.DeepEqual(got.Hits, want.Hits) {
			t.Errorf("%s: %+v\nwant %+v", n, got.Hits, want.Hits)
		}
	}
	if shown < 500 || opened < 100 {
		t.Errorf("only %d paragraphs and %d openings were compared", shown, opened)
	}
}

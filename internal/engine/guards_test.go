package engine_test

import (
	"testing"

	"xunwen/internal/build/buildtest"
	"xunwen/internal/generation"
	"xunwen/internal/index"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// TestWorkOfSearches bounds what searches cost where that can be counted: blocks of postings
// that are decoded, and allocations. The bounds are those of today with about a tenth more.
// Where one is exceeded for a reason, raise it; what is much lower should lower it.
func TestWorkOfSearches(t *testing.T) {
	articles := buildtest.Generated(600)
	dir := buildtest.New(t, articles...)
	g, err := index.Open(t.Context(), generation.In(dir), buildtest.Current(t, dir), nil, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close() // read only
	word := func(article, at int) string { return string([]rune(articles[article].Paragraphs[0].Text)[at : at+2]) }
	for _, tc := range []struct {
		name, query         string
		blocks, allocations float64 // at most
	}{
		{"one word", word(1, 0), 35, 750},
		{"two words", word(1, 0) + " " + word(1, 6), 18, 1200},
		{"a phrase", `"` + string([]rune(articles[2].Paragraphs[1].Text)[10:15]) + `"`, 19, 380},
		{"a headline", articles[3].Title, 55, 660},
	} {
		tree, err := query.Parse(tc.query)
		if err != nil {
			t.Fatal(err)
		}
		ask := func() {
			if _, err := g.Search(t.Context(), search.Request{Query: tree, Size: 10}); err != nil {
				t.Error(err)
			}
		}
		before := g.Postings.BlocksDecoded()
		ask()
		if got := float64(g.Postings.BlocksDecoded() - before); got > tc.blocks {
			t.Errorf("%s: %g blocks of postings are decoded, at most %g are expected", tc.name, got, tc.blocks)
		}
		if got := testing.AllocsPerRun(20, ask); got > tc.allocations {
			t.Errorf("%s: %g allocations, at most %g are expected", tc.name, got, tc.allocations)
		}
	}
}

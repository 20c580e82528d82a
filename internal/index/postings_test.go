package index_test

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/analyzer"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/engine"
	"xunwen/internal/index"
	"xunwen/internal/news"
)

// TestListsAreThoseOfTheTexts checks that the posting lists read from the disk are those
// that were counted, with documents numbered by article and paragraph: of rare and frequent
// terms.
func TestListsAreThoseOfTheTexts(t *testing.T) {
	t.Parallel()
	for _, n := range []int{3, 1500} {
		r := rand.New(rand.NewPCG(1, 2)) // the same in every run
		all := make([]news.Article, n)
		for i := range all {
			all[i] = buildtest.Text(fmt.Sprint("a", i), "大桥")
			for range r.IntN(3) {
				all[i].Paragraphs = append(all[i].Paragraphs,
					news.Paragraph{Text: strings.Repeat("青禾大桥", 1+r.IntN(3)) + fmt.Sprint(r.IntN(n))})
			}
		}
		g := openBuilt(t, all...)
		for term, docs := range gramCounts(all) {
			got, frequencies, err := readAll(g.Postings, engine.Grams, term)
			set, setErr := g.Postings.Documents(engine.Grams, term, term+"?")
			if err != nil || setErr != nil {
				t.Fatal(term, err, setErr)
			}
			sorted := slices.Sorted(maps.Keys(docs))
			if !slices.Equal(got, sorted) || !slices.Equal(set.ToArray(), sorted) {
				t.Errorf("%d articles: %s is in %v and %v, want %v", n, term, got, set, sorted)
			}
			for i, doc := range got {
				if int(frequencies[i]) != docs[doc] {
					t.Errorf("%d articles: %s occurs %d times in %d, want %d", n, term, frequencies[i], doc, docs[doc])
				}
			}
		}
	}
}

// readAll reads the posting list of a term.
func readAll(p *index.Postings, field, term string) ([]uint32, []uint16, error) {
	l, err := p.List(field, term)
	if err != nil || l == nil {
		return nil, nil, err
	}
	return l.AppendWithin(nil, nil, []engine.DocumentRange{{From: 0, End: math.MaxInt32}})
}

// gramCounts counts the grams of articles by term and document. All of their
// paragraphs belong to the lead, whose grams count twice.
func gramCounts(articles []news.Article) map[string]map[uint32]int {
	out := map[string]map[uint32]int{}
	doc := uint32(0)
	count := func(text string, times int) {
		for _, token := range analyzer.Grams(text) {
			if out[token.Term] == nil {
				out[token.Term] = map[uint32]int{}
			}
			out[token.Term][doc] += times
		}
		doc++
	}
	for _, a := range articles {
		count(a.Title, 1)
		for _, p := range a.Paragraphs {
			count(p.Text, 2)
		}
	}
	return out
}

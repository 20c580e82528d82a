package index

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/analyzer"
	"xunwen/internal/engine"
	"xunwen/internal/news"
)

// Lists read back from the disk are those of the texts, documents numbered by
// article and paragraph: rare terms and frequent ones, in one shard and in two.
func TestListsAreThoseOfTheTexts(t *testing.T) {
	for _, n := range []int{3, shardArticles * 3} {
		fold := folder(t)
		r := rand.New(rand.NewPCG(1, 2)) // the same at every run
		all := make([]news.Article, n)
		want := map[string]map[uint32]uint16{}
		doc := uint32(0)
		for i := range all {
			all[i] = text(fmt.Sprint("a", i), "大桥")
			for range r.IntN(3) {
				all[i].Paragraphs = append(all[i].Paragraphs, news.Paragraph{Text: strings.Repeat("青禾大桥", 1+r.IntN(3)) + fmt.Sprint(r.IntN(n))})
			}
			for _, s := range append([]string{"大桥"}, paragraphTexts(all[i])...) {
				for _, g := range analyzer.Grams(fold.FoldString(s)) {
					if want[g.Term] == nil {
						want[g.Term] = map[uint32]uint16{}
					}
					want[g.Term][doc]++
				}
				doc++
			}
		}
		dir := build(t, all...)
		c, err := readCurrent(dir)
		if err != nil {
			t.Fatal(err)
		}
		g, err := openGeneration(dir, c, nil, engine.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for term, docs := range want {
			got, frequencies, err := g.postings.List(engine.Grams, term)
			set, setErr := g.postings.Documents(engine.Grams, term, term+"?")
			if err != nil || setErr != nil {
				t.Fatal(term, err, setErr)
			}
			sorted := slices.Sorted(maps.Keys(docs))
			if !slices.Equal(got, sorted) || !slices.Equal(set.ToArray(), sorted) {
				t.Errorf("%d articles: %s is in %v and %v, want %v", n, term, got, set, sorted)
			}
			for i, doc := range got {
				if frequencies[i] != docs[doc] {
					t.Errorf("%d articles: %s stands %d times in %d, want %d", n, term, frequencies[i], doc, docs[doc])
				}
			}
		}
		if err := g.close(); err != nil {
			t.Error(err)
		}
	}
}

func paragraphTexts(a news.Article) []string {
	out := []string{}
	for _, p := range a.Paragraphs {
		out = append(out, p.Text)
	}
	return out
}

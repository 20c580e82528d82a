package engine

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// In leads, a phrase, words near one another and a prefix match what looking at
// the titles and the first paragraph of every article matches, also together with a
// word that leaves fewer texts to read.
func TestLeadIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 16)) // the same at every run
	all := randomNews(r, 150)
	for i := range all {
		all[i].Subtitle = randomText(r, r.IntN(3))
		for p := range all[i].Paragraphs {
			all[i].Paragraphs[p].Kind = []news.Kind{news.Body, news.Caption, news.Table}[r.IntN(3)]
		}
	}
	words := openAnalyzer(t)
	m := newMemory(words, all, alone)
	e := New("random", m, m, m.columns, words, Options{Cache: DefaultCache})
	matched := 0
	for range 150 {
		first, second := randomWord(r), randomWord(r)
		n, matches := randomLeaf(r, words, first, second)
		var articles, paragraphs []uint32
		for i := range all {
			found := func(text string) bool { return matches(words.FoldString(text)) }
			if !slices.ContainsFunc(leadTexts(&all[i]), found) {
				continue
			}
			articles = append(articles, uint32(i))
			head, end := m.columns.documents(uint32(i))
			for doc := head + 1; doc < end; doc++ {
				paragraphs = append(paragraphs, doc)
			}
		}
		lead := &query.Field{Name: query.Lead, Node: n}
		with := &query.Phrase{Text: randomWord(r)}
		for by, want := range map[search.By][]uint32{search.ByArticle: articles, search.ByParagraph: paragraphs} {
			if got := membersOf(t, e, lead, by); !slices.Equal(got, want) {
				t.Errorf("%s by %s: %v, want %v", lead, by, got, want)
			}
			narrowed := membersOf(t, e, with, by)
			want = slices.DeleteFunc(want, func(m uint32) bool { return !slices.Contains(narrowed, m) })
			both := &query.And{Nodes: []query.Node{with, lead}}
			if got := membersOf(t, e, both, by); !slices.Equal(got, want) {
				t.Errorf("%s by %s: %v, want %v", both, by, got, want)
			}
			matched += len(want)
		}
	}
	if matched < 1000 {
		t.Errorf("only %d members matched: this tests little", matched)
	}
}

// randomLeaf returns a phrase, near or prefix, and what reports whether a folded text
// matches it.
func randomLeaf(r *rand.Rand, words Segmenter, first, second string) (query.Node, func(folded string) bool) {
	a, b := words.FoldString(first), words.FoldString(second)
	switch r.IntN(3) {
	case 0:
		return &query.Phrase{Text: first}, func(folded string) bool { return strings.Contains(folded, a) }
	case 1:
		near := &query.Near{Words: []string{first, second}, Distance: 5}
		return near, func(folded string) bool { return tryAll(folded, []string{a, b}, 5, nil) }
	}
	prefix := []string{"c", "covid", "20", "5"}[r.IntN(4)]
	return &query.Prefix{Text: prefix}, func(folded string) bool { return len(prefixed(folded, prefix)) > 0 }
}

// leadTexts lists the titles of an article and the first paragraph of its body, or the
// first of all if it has no body.
func leadTexts(a *news.Article) []string {
	out := []string{a.Title, a.Kicker, a.Subtitle}
	for _, p := range a.Paragraphs {
		if p.Kind == news.Body {
			return append(out, p.Text)
		}
	}
	for _, p := range a.Paragraphs {
		return append(out, p.Text)
	}
	return out
}

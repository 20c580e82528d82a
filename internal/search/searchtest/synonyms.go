package searchtest

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

// synonyms checks, over random texts and groups of words, that synonyms add hits and
// lose none, that quoted phrases have none, and that each hit of a single operand is
// marked.
func synonyms(t *testing.T, serve Factory) {
	const articles, groups, queries = 120, 25, 400
	r := rand.New(rand.NewPCG(20, 19)) // the same texts at every run
	words := slices.DeleteFunc(slices.Clone(fragments), func(s string) bool { return !hasLetter(s) })
	word := func() string {
		s := words[r.IntN(len(words))]
		if r.IntN(2) == 0 {
			s += words[r.IntN(len(words))]
		}
		return s
	}
	var lines []string
	for range groups {
		lines = append(lines, word()+[]string{" => ", ", ", "，"}[r.IntN(3)]+word()+"\n")
	}
	all := randomArticles(r, articles)
	without, with := serve(t, all), serve(t, all, lines...)
	more := 0
	for range queries {
		text := word()
		for range r.IntN(3) {
			text += []string{" ", "", " -", " OR ", " title:"}[r.IntN(5)] + word()
		}
		n, err := query.Parse(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		for _, by := range []search.By{search.ByArticle, search.ByParagraph} {
			before, after := found(t, without, n, by), found(t, with, n, by)
			for _, id := range before {
				if !slices.Contains(after, id) {
					t.Errorf("%s: lost %s to synonyms", text, id)
				}
			}
			more += len(after) - len(before)
		}
	}
	if more == 0 {
		t.Error("no query has more hits with synonyms")
	}
	for range queries / 4 {
		phrase := &query.Phrase{Text: word()}
		before := found(t, without, phrase, search.ByParagraph)
		if after := found(t, with, phrase, search.ByParagraph); !slices.Equal(before, after) {
			t.Errorf("phrase %q matches %v, with synonyms %v", phrase.Text, before, after)
		}
	}
	for _, line := range lines {
		first := strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune("=>,， \n", r) })[0]
		marksSynonyms(t, with, first)
	}
}

// found returns all hits of a query, sorted.
func found(t *testing.T, e search.Engine, n query.Node, by search.By) []string {
	t.Helper()
	var out []string
	r := search.Request{Query: n, By: by, Size: search.MaxSize, Uncollapsed: true}
	Walk(t, e, r, func(res search.Response) bool {
		out = append(out, ids(res, by == search.ByParagraph)...)
		return true
	})
	slices.Sort(out)
	return out
}

// marksSynonyms checks that each paragraph of a word's hits has a mark.
func marksSynonyms(t *testing.T, e search.Engine, word string) {
	t.Helper()
	r := search.Request{Query: &query.Word{Text: word}, By: search.ByParagraph, Size: search.MaxSize}
	Walk(t, e, r, func(res search.Response) bool {
		for _, h := range res.Hits {
			if p := h.Paragraphs[0]; len(markedTexts(p.Snippet)) == 0 {
				t.Errorf("%s matches %s#%d without a mark: %s", word, h.Article.ID, p.N, showSnippet(p.Snippet))
			}
		}
		return true
	})
}

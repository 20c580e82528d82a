package searchtest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/textnorm"
)

// marks checks that what is marked is what matched, to the character. It compares
// the marks of articles, titles and snippets with a slow search character by
// character, for random queries over random texts, some longer than a snippet.
func marks(t *testing.T, serve Factory, fold textnorm.Folder) {
	const articles, queries = 40, 400
	r := rand.New(rand.NewPCG(3, 7)) // the same texts at every run
	all := randomArticles(r, articles)
	for i := range all {
		for n := range all[i].Paragraphs {
			all[i].Paragraphs[n].Text = randomText(r, 1+r.IntN(150)) + "完"
		}
		if err := all[i].Normalize(); err != nil {
			t.Fatal(err)
		}
	}
	e := serve(t, all)
	marked := 0
	for n := range queries {
		q := randomQuery(r, all, 2)
		by := []search.By{search.ByArticle, search.ByParagraph}[n%2]
		res, err := e.Search(t.Context(), search.Request{Query: q, By: by, Size: 5})
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range res.Hits {
			a, err := e.Article(t.Context(), search.ArticleRequest{ID: h.Article.ID, Query: q})
			if err != nil {
				t.Fatal(err)
			}
			checkMarks(t, fold, q, query.Title, a.Article.Title, a.Title)
			checkMarks(t, fold, q, query.Title, a.Article.Kicker, a.Kicker)
			checkMarks(t, fold, q, query.Title, a.Article.Subtitle, a.Subtitle)
			if !slices.Equal(a.Title, h.TitleMarks) {
				t.Errorf("%s: title %q is marked %v in a hit, %v in the article",
					q, a.Article.Title, h.TitleMarks, a.Title)
			}
			for i, p := range a.Article.Paragraphs {
				checkMarks(t, fold, q, inText, p.Text, a.Paragraphs[i])
				checkMarks(t, fold, q, query.Section, p.Section, a.Sections[i])
			}
			for _, m := range h.Paragraphs {
				marked += checkSnippet(t, q, m.Snippet, a.Article.Paragraphs[m.N-1].Text, a.Paragraphs[m.N-1])
			}
		}
		if t.Failed() {
			return // one is enough to read
		}
	}
	if marked < queries {
		t.Errorf("only %d marks in total", marked)
	}
}

// checkSnippet checks that fragments are parts of the text with the article's marks
// there, and returns the number of marks.
func checkSnippet(t *testing.T, q query.Node, s search.Snippet, text string, whole []search.Span) int {
	t.Helper()
	n := 0
	for _, f := range s.Fragments {
		end := f.Start + len(f.Text)
		if f.Start < 0 || end > len(text) || text[f.Start:end] != f.Text {
			t.Fatalf("%s: %q is not at %d of %q", q, f.Text, f.Start, text)
		}
		want := []search.Span{}
		for _, m := range whole {
			if m.Start < end && m.End > f.Start {
				want = append(want, search.Span{Start: max(m.Start, f.Start) - f.Start, End: min(m.End, end) - f.Start})
			}
		}
		if !slices.Equal(f.Marks, want) {
			t.Errorf("%s: fragment %q is marked %v, the article there %v", q, f.Text, f.Marks, want)
		}
		n += len(f.Marks)
	}
	return n
}

// inText stands for a paragraph's text, which no field matches in.
const inText query.FieldName = ""

// checkMarks compares the marks of one text, which is in a field, with the slow
// search.
func checkMarks(t *testing.T, fold textnorm.Folder, q query.Node, in query.FieldName, text string, got []search.Span) {
	t.Helper()
	s := newSlowText(fold, text)
	must, may := make([]bool, len(s.folded)), make([]bool, len(s.folded))
	s.matches(q, in, must, may)
	is := make([]bool, len(s.folded))
	last := -1
	for _, m := range got {
		from, to := slices.Index(s.starts, m.Start), slices.Index(s.ends, m.End)
		if m.Start <= last || from < 0 || to < from {
			t.Errorf("%s: mark %v of %q is out of order or inside a character", q, m, text)
			return
		}
		last = m.End
		for i := from; i <= to; i++ {
			is[i] = true
		}
	}
	for i := range is {
		if must[i] && !is[i] || is[i] && !may[i] {
			t.Errorf("%s: character %d of %q: marked %v, must be %v, may be %v (%s)",
				q, i, text, is[i], must[i], may[i], showMarks(text, got))
			return
		}
	}
}

// markedWords are operands of random queries; none is a stop word, which is not
// marked next to others.
var markedWords = []string{
	"青禾", "大桥", "青禾大桥", "临江", "师范大学", "大学", "谭德赛", "里亚布科夫", "𠮷野", "北岸", "东扩", "c919", "LH", "12",
	"台湾", "臺灣海峽", "海峡两岸", "龍", "薴", "５Ｇ", "东扩北岸", "Ａpp",
}

// randomQuery returns a query of the kinds that mark something, with at most depth
// nested operators.
func randomQuery(r *rand.Rand, all []news.Article, depth int) query.Node {
	word := func() string { return markedWords[r.IntN(len(markedWords))] }
	switch r.IntN(12) {
	case 0, 1, 2:
		return &query.Word{Text: word()}
	case 3, 4:
		return &query.Phrase{Text: randomPhrase(r, all)}
	case 5:
		return &query.Prefix{Text: []string{"C", "c9", "Ｌ", "1", "cov", "A"}[r.IntN(6)]}
	case 6, 7:
		return &query.Near{Words: []string{word(), word()}, Distance: r.IntN(12)}
	case 8:
		return &query.Field{Name: query.Title, Node: &query.Word{Text: word()}}
	case 9:
		return &query.Field{Name: query.Section, Node: &query.Word{Text: word()}}
	}
	if depth == 0 {
		return &query.Word{Text: word()}
	}
	nodes := []query.Node{randomQuery(r, all, depth-1), randomQuery(r, all, depth-1)}
	if r.IntN(2) == 0 {
		return &query.Or{Nodes: nodes}
	}
	if r.IntN(3) == 0 {
		nodes = append(nodes, &query.Not{Node: &query.Phrase{Text: fmt.Sprint(word(), word())}})
	}
	return &query.And{Nodes: nodes}
}

// randomPhrase returns a part of a paragraph as it is written there.
func randomPhrase(r *rand.Rand, all []news.Article) string {
	a := all[r.IntN(len(all))]
	text := []rune(a.Paragraphs[r.IntN(len(a.Paragraphs))].Text)
	n := 1 + r.IntN(min(12, len(text)))
	at := r.IntN(len(text) - n + 1)
	return string(text[at : at+n])
}

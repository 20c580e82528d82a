package searchtest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/textnorm"
)

// fragments are what random texts are made of: words that contain one another,
// names, full width, letters, digits, characters outside the BMP, punctuation,
// blanks, words in both scripts, characters whose length in bytes changes with the
// script (㔋𠗣).
var fragments = []string{
	"青禾", "大桥", "青禾大桥", "临江", "江", "师范大学", "大学", "生", "谭德赛", "里亚布科夫", "禤以汀", "𠮷野", "的", "在", "与", "了",
	"北岸", "东扩", "C919", "ＬＨ－２００", "covid-19", "3.14", "１２３", "5G", "App", "é",
	"，", "。", "——", "“", "”", "《", "》", " ", "　",
	"  ", "!", "…", "：", "😀", "ま", "한국", "〇", "々",
	"臺灣", "台湾", "海峽", "海峡", "臺灣海峽", "兩岸", "两岸", "青禾大橋", "大橋", "龍", "龙", "後", "后", "臨江", "㔋", "𪟎", "𠗣", "㓆", "薴", "苧",
}

func randomText(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(fragments[r.IntN(len(fragments))])
	}
	return b.String()
}

// randomArticles returns articles of random paragraphs.
func randomArticles(r *rand.Rand, n int) []news.Article {
	out := make([]news.Article, n)
	for i := range out {
		a := &out[i]
		a.ID = fmt.Sprintf("r%03d", i)
		a.Title = randomText(r, r.IntN(6))
		for range 1 + r.IntN(4) {
			a.Paragraphs = append(
				a.Paragraphs,
				news.Paragraph{Text: randomText(r, 1+r.IntN(30)) + "完", Section: randomText(r, r.IntN(3))},
			)
		}
		if err := a.Normalize(); err != nil {
			panic(err) // no text of the fragments is invalid
		}
	}
	return out
}

// properties checks the guarantees of matching over random texts: a phrase matches
// every paragraph that contains it and no other, a word every one with its
// characters next to each other, and marks are what was asked for.
func properties(t *testing.T, serve Factory, fold textnorm.Folder) {
	const articles, queries = 150, 600
	r := rand.New(rand.NewPCG(19, 98)) // the same texts at every run
	all := randomArticles(r, articles)
	p := property{t, serve(t, all), fold, all}
	for i := range queries {
		a := all[r.IntN(len(all))]
		original := a.Paragraphs[r.IntN(len(a.Paragraphs))].Text
		if i%2 == 0 { // else as it is written
			original = fold.FoldString(original)
		}
		text := []rune(original)
		n := 1 + r.IntN(min(30, len(text)))
		at := r.IntN(len(text) - n + 1)
		phrase := string(text[at : at+n])
		p.checkPhrase(phrase)
		if word := strings.TrimSpace(phrase); len(strings.Fields(word)) == 1 && wholeRuns(text, at, at+n) {
			p.checkWord(word, a.ID)
		}
	}
}

// property is an engine under test with the articles that it serves.
type property struct {
	*testing.T
	engine search.Engine
	fold   textnorm.Folder
	all    []news.Article
}

func (t property) checkPhrase(phrase string) {
	t.Helper()
	folded := t.fold.FoldString(phrase)
	if folded == "" {
		return // nothing but white space
	}
	want := []string{}
	for _, a := range t.all {
		for i, p := range a.Paragraphs {
			if strings.Contains(t.fold.FoldString(p.Text), folded) {
				want = append(want, fmt.Sprintf("%s#%d", a.ID, i+1))
			}
		}
	}
	got := []string{}
	r := search.Request{Query: &query.Phrase{Text: phrase}, By: search.ByParagraph, Size: search.MaxSize}
	Walk(t, t.engine, r, func(res search.Response) bool {
		for _, h := range res.Hits {
			marked := markedTexts(h.Paragraphs[0].Snippet)
			if len(marked) == 0 {
				t.Errorf("phrase %q: nothing is marked in %s", phrase, showSnippet(h.Paragraphs[0].Snippet))
			}
			for _, m := range marked {
				if !consistsOf(t.fold.FoldString(m), folded) {
					t.Errorf("phrase %q: marked %q", phrase, m)
				}
			}
		}
		got = append(got, ids(res, true)...)
		return true
	})
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("phrase %q matches %v, these contain it: %v", phrase, got, want)
	}
}

// markedTexts lists what is marked in a snippet.
func markedTexts(s search.Snippet) []string {
	var out []string
	for _, f := range s.Fragments {
		for _, m := range f.Marks {
			out = append(out, f.Text[m.Start:m.End])
		}
	}
	return out
}

// consistsOf reports whether s consists of overlapping or touching occurrences of
// phrase.
func consistsOf(s, phrase string) bool {
	covered := 0
	for at := range s {
		if strings.HasPrefix(s[at:], phrase) {
			if at > covered {
				return false
			}
			covered = at + len(phrase)
		}
	}
	return covered == len(s)
}

// wholeRuns reports whether text[from:to] splits no run of letters and digits.
func wholeRuns(text []rune, from, to int) bool {
	splits := func(i int) bool {
		return i > 0 && i < len(text) && inRun(text[i-1]) && inRun(text[i])
	}
	return !splits(from) && !splits(to)
}

func hasLetter(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return textnorm.IsHan(r) || textnorm.IsWordRune(r) })
}

func inRun(r rune) bool { return textnorm.IsWordRune(r) && !textnorm.IsHan(r) }

func (t property) checkWord(word, id string) {
	t.Helper()
	if folded := t.fold.FoldString(word); !hasLetter(word) || textnorm.Join(folded).Text != folded {
		return // nothing but punctuation, or a sign inside
	}
	r := search.Request{Query: &query.Word{Text: word}, By: search.ByArticle, Size: search.MaxSize, Uncollapsed: true}
	found := false
	Walk(t, t.engine, r, func(res search.Response) bool {
		found = slices.Contains(ids(res, false), id)
		return !found
	})
	if !found {
		t.Errorf("word %q does not match %s, which contains it (%d characters)", word, id, utf8.RuneCountInString(word))
	}
}

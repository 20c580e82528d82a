package engine

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// Lengths and open ranges of dates match what looking at every article matches.
func TestLengthsAndDatesAreExact(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 21)) // the same at every run
	all := randomNews(r, 200)
	all[3].Date = "" // matches no range, however open
	words := openAnalyzer(t)
	m := newMemory(words, all, alone)
	e := New("random", m, m, m.columns, words, Options{})
	for range 100 {
		length := &query.Length{Min: r.IntN(200)}
		if r.IntN(3) > 0 {
			length.Max = length.Min + r.IntN(100)
		}
		days := &query.DateRange{}
		if r.IntN(2) == 0 {
			days.From = fmt.Sprintf("2022-01-%02d", 1+r.IntN(28))
		} else {
			days.To = fmt.Sprintf("2022-01-%02d", 1+r.IntN(28))
		}
		checkValues(t, e, all, length, func(a *news.Article) bool {
			n := a.Characters()
			return n >= length.Min && (length.Max == 0 || n <= length.Max)
		})
		checkValues(t, e, all, days, func(a *news.Article) bool {
			return a.Date != "" && a.Date >= days.From && (days.To == "" || a.Date <= days.To)
		})
	}
}

// checkValues compares what a query matches with the articles, or all their paragraphs,
// that want accepts.
func checkValues(t *testing.T, e *Engine, all []news.Article, q query.Node, want func(*news.Article) bool) {
	t.Helper()
	var articles, paragraphs []uint32
	for i := range all {
		if !want(&all[i]) {
			continue
		}
		articles = append(articles, uint32(i))
		head, end := e.index.columns.documents(uint32(i))
		for doc := head + 1; doc < end; doc++ {
			paragraphs = append(paragraphs, doc)
		}
	}
	for by, want := range map[search.By][]uint32{search.ByArticle: articles, search.ByParagraph: paragraphs} {
		if got := membersOf(t, e, q, by); !slices.Equal(got, want) {
			t.Errorf("%s by %s: %v, want %v", q, by, got, want)
		}
	}
}

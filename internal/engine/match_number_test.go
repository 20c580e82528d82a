package engine

import (
	"slices"
	"strconv"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// A number is no word of a longer one with separators of thousands, also where its gram
// alone would decide. Quoted, it is found in it.
func TestGroupsOfThousandsAreNoWords(t *testing.T) {
	texts := []string{
		"耗资100元。", "耗资1,100元。", "耗资1，100元，其中100元未付。", "耗资100,200元。", "耗资1,100.5元。", "耗资1,100,200元。",
		"第3·150,000号。", "编号1,1000。",
	}
	var all []news.Article
	for i, text := range texts {
		all = append(all, news.Article{ID: strconv.Itoa(i), Paragraphs: []news.Paragraph{{Text: text}}})
	}
	words := openAnalyzer(t)
	m := newMemory(words, all, alone)
	e := New("numbers", m, m, m.columns, words, Options{Cache: 1 << 20})
	for _, c := range []struct {
		query string
		want  []uint32
	}{
		{"100", []uint32{0, 2}},
		{"100元", []uint32{0, 2}},
		{"资100", []uint32{0}},
		{"1", []uint32{7}},
		{"1100", []uint32{1, 2, 4}},
		{"1,100元", []uint32{1, 2}},
		{"1100200", []uint32{5}},
		{"150", nil},
		{"150000", []uint32{6}},
		{"1000", []uint32{7}},
		{`"100"`, []uint32{0, 1, 2, 3, 4, 5, 7}},
		{`"1,100"`, []uint32{1, 2, 4, 5, 7}},
	} {
		for range 2 { // the second time from the cache
			if got := matchedMembers(t, e, c.query, search.ByArticle).ToArray(); !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", c.query, got, c.want)
			}
		}
	}
}

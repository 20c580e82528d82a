package engine

import (
	"slices"
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

func TestBylineNames(t *testing.T) {
	words := openAnalyzer(t)
	for byline, want := range map[string]string{
		"":            "",
		"周舟":          "周舟",
		"周舟 李小强":      "周舟 李小强",
		"周　舟":         "周舟=周　舟",
		"周　舟　李　强 王小丽": "周舟=周　舟 李强=李　强 王小丽",
		"石　亭　玉 王小丽":   "石亭玉=石　亭　玉 王小丽",
		"李":           "",
		"本报记者 周舟":     "周舟",
		"本報記者周舟、通訊員李小強": "周舟 李小强=李小強",
		"特约记者周舟/文 李强 摄": "周舟 李强",
		"周舟摄":           "周舟",
		"(周舟、李强)":       "周舟 李强",
		"让·雷诺":          "让雷诺=让·雷诺 雷诺",
		"John Smith":    "john=John smith=Smith",
		"张和平":           "张和平",
		"𠮷野健":           "𠮷野健",
	} {
		var got []string
		for _, n := range bylineNames(words, byline) {
			if original := byline[n.start:n.end]; original == n.text {
				got = append(got, n.text)
			} else {
				got = append(got, n.text+"="+original)
			}
		}
		if text := strings.Join(got, " "); text != want {
			t.Errorf("%s: %s, want %s", byline, text, want)
		}
	}
}

// A name finds the articles with it in their byline, and nothing that only contains it.
func TestByline(t *testing.T) {
	all := []news.Article{
		{ID: "a", Title: "一", Byline: "周　舟 李强"}, {ID: "b", Title: "二", Byline: "李强"},
		{ID: "c", Title: "三", Byline: "张和平"}, {ID: "d", Title: "四", Byline: "周舟"}, {ID: "e", Title: "周舟"},
	}
	words := openAnalyzer(t)
	m := newMemory(words, all, alone)
	e := New("names", m, m, m.columns, words, Options{Cache: DefaultCache})
	for name, want := range map[string][]uint32{"周舟": {0, 3}, "李强": {0, 1}, "和平": {}, "张和平": {2}, "强": {}} {
		for range 2 { // the second time by the cache
			s := newTestSearcher(t, e, search.Request{Query: asked(t, "一"), By: search.ByArticle})
			got, err := s.byline(t.Context(), name)
			if err != nil || !slices.Equal(got.ToArray(), want) {
				t.Errorf("%s: %v, want %v; %v", name, got, want, err)
			}
		}
		s := newTestSearcher(t, e, search.Request{Query: asked(t, "一"), By: search.ByParagraph})
		if got, err := s.byline(t.Context(), name); err != nil || !got.IsEmpty() {
			t.Errorf("%s by paragraph: %v, %v", name, got, err)
		}
	}
}

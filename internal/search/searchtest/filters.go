package searchtest

import (
	"slices"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// filters checks what passes filters, with and without a query.
func filters(t *testing.T, serve Factory) {
	p := func(section string, kind news.Kind, text string) news.Paragraph {
		return news.Paragraph{Section: section, Kind: kind, Text: text}
	}
	e := serve(t, []news.Article{
		{ID: "a", Publication: "临江日报", Date: "2026-01-10", Page: "1", PageName: "要闻", Source: "江讯社", Title: "渡口",
			Paragraphs: []news.Paragraph{p("水位", news.Body, "渡口水位上涨。"), p("", news.Caption, "渡口夜景。")}},
		{ID: "b", Publication: "青禾晚报", Date: "2026-01-12", Page: "5", PageName: "本地", Source: "本报", Title: "渡口",
			Paragraphs: []news.Paragraph{p("", news.Body, "渡口开放。")}},
		{
			ID:          "c",
			Publication: "江畔周刊",
			Page:        "5",
			Title:       "茶节",
			Paragraphs:  []news.Paragraph{p("", news.Table, "渡口 1 2 3")},
		},
	})
	word := &query.Word{Text: "渡口"}
	for _, c := range []struct {
		name string
		q    query.Node
		by   search.By
		f    search.Filter
		want []string
	}{
		{"publication", word, search.ByArticle, search.Filter{Publication: []string{"临江日报"}}, []string{"a"}},
		{"either", word, search.ByArticle, search.Filter{Publication: []string{"临江日报", "江畔周刊"}}, []string{"a", "c"}},
		{"both", word, search.ByArticle, search.Filter{Page: []string{"5"}, Source: []string{"本报"}}, []string{"b"}},
		{"unknown", word, search.ByArticle, search.Filter{Publication: []string{"临江"}}, []string{}},
		{"section", word, search.ByParagraph, search.Filter{Section: []string{"水位"}}, []string{"a#1"}},
		{"kind", word, search.ByParagraph, search.Filter{Kind: []string{"caption", "table"}}, []string{"a#2", "c#1"}},
		{"kind by article", word, search.ByArticle, search.Filter{Kind: []string{"caption"}}, []string{"a"}},
		{"page name", word, search.ByArticle, search.Filter{PageName: []string{"本地"}}, []string{"b"}},
		{"from", word, search.ByArticle, search.Filter{From: "2026-01-11"}, []string{"b"}},
		{"to", word, search.ByArticle, search.Filter{To: "2026-01-10"}, []string{"a"}},
		{"one day", nil, search.ByArticle, search.Filter{From: "2026-01-12", To: "2026-01-12"}, []string{"b"}},
		{"no query", nil, search.ByArticle, search.Filter{Page: []string{"5", "1"}}, []string{"b", "a", "c"}},
		{"no query by paragraph", nil, search.ByParagraph, search.Filter{Page: []string{"1"}}, []string{"a#1", "a#2"}},
	} {
		res, err := e.Search(t.Context(), search.Request{Query: c.q, By: c.by, Size: 10, Filter: c.f})
		if err != nil {
			t.Fatal(err)
		}
		got := ids(res, c.by == search.ByParagraph)
		if c.q != nil {
			slices.Sort(got)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

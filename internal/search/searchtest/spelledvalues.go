package searchtest

import (
	"fmt"
	"slices"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// spelledValues checks that values with the same normal form are one, for filters,
// facets and issues alike.
func spelledValues(t *testing.T, serve Factory) {
	var articles []news.Article
	add := func(n int, publication, source, pageName, section string) {
		for range n {
			i := len(articles)
			articles = append(articles, news.Article{
				ID: fmt.Sprintf("%c", 'a'+i), Publication: publication, Source: source, PageName: pageName,
				Date: fmt.Sprintf("2026-01-%02d", i+1), Title: fmt.Sprintf("第%d号公报", i),
				Paragraphs: []news.Paragraph{{Section: section, Text: fmt.Sprintf("渡口%d", i)}},
			})
		}
	}
	add(1, "臨江日報", "新華社", "要　闻", "Ａ·股")
	add(2, "临江日报", "新华社", "要闻", "a•股")
	add(1, "临江日报", "新華社", "要聞", "港股")
	add(1, "青禾晚报", "本报", "本地", "Ａ股")
	e := serve(t, articles)
	both := []string{"臨江日報", "青禾晚報"}
	counts := func(values ...search.ValueCount) []search.ValueCount { return values }
	for _, tc := range []struct {
		filter search.Filter
		want   []string // ids
		facets search.Facets
	}{
		{search.Filter{}, []string{"a", "b", "c", "d", "e"}, search.Facets{
			Publication: counts(search.ValueCount{Value: "临江日报", Count: 4}, search.ValueCount{Value: "青禾晚报", Count: 1}),
			Source:      counts(search.ValueCount{Value: "新华社", Count: 4}, search.ValueCount{Value: "本报", Count: 1}),
			PageName:    counts(search.ValueCount{Value: "要闻", Count: 4}, search.ValueCount{Value: "本地", Count: 1}),
			Section: counts(search.ValueCount{Value: "a•股", Count: 3},
				search.ValueCount{Value: "港股", Count: 1}, search.ValueCount{Value: "Ａ股", Count: 1}),
		}},
		{search.Filter{Source: []string{"新華社"}, Section: []string{"A・股"}}, []string{"a", "b", "c"}, search.Facets{
			Publication: counts(search.ValueCount{Value: "临江日报", Count: 3}),
			Source:      counts(search.ValueCount{Value: "新華社", Count: 3}),
			PageName:    counts(search.ValueCount{Value: "要闻", Count: 3}),
			Section:     counts(search.ValueCount{Value: "A・股", Count: 3}),
		}},
		{search.Filter{Publication: both, PageName: []string{"本地"}}, []string{"e"}, search.Facets{
			Publication: counts(search.ValueCount{Value: "青禾晚報", Count: 1}),
			Source:      counts(search.ValueCount{Value: "本报", Count: 1}),
			PageName:    counts(search.ValueCount{Value: "本地", Count: 1}),
			Section:     counts(search.ValueCount{Value: "Ａ股", Count: 1}),
		}},
	} {
		res, err := e.Search(t.Context(), search.Request{
			Query: &query.Word{Text: "渡口"}, Size: 10, Uncollapsed: true,
			Filter: tc.filter, Facets: &search.FacetRequest{},
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := slices.Sorted(slices.Values(ids(res, false))); !slices.Equal(got, tc.want) {
			t.Errorf("%+v: %v, want %v", tc.filter, got, tc.want)
		}
		for field, f := range map[string][2][]search.ValueCount{
			"publication": {res.Facets.Publication, tc.facets.Publication},
			"source":      {res.Facets.Source, tc.facets.Source},
			"page name":   {res.Facets.PageName, tc.facets.PageName},
			"section":     {res.Facets.Section, tc.facets.Section},
		} {
			if !slices.Equal(f[0], f[1]) {
				t.Errorf("%+v: %s %v, want %v", tc.filter, field, f[0], f[1])
			}
		}
	}
	list, err := e.Publications(t.Context())
	if err != nil || len(list.List) != 2 || list.List[0].Value != "临江日报" || list.List[0].Count != 4 {
		t.Errorf("publications %+v, %v", list, err)
	}
	for _, name := range []string{"臨江日報", "临江日报"} {
		issues, err := e.Issues(t.Context(), name)
		if err != nil || len(issues.List) != 4 {
			t.Errorf("issues of %s: %+v, %v", name, issues.List, err)
		}
	}
	res, err := e.Search(t.Context(), search.Request{Query: &query.Word{Text: "新華社"}, Size: 1})
	want := []search.Named{{Operand: "新華社", Field: query.Source, Value: "新华社"}}
	if err != nil || !slices.Equal(res.Named, want) {
		t.Errorf("named %v, %v, want %v", res.Named, err, want)
	}
}

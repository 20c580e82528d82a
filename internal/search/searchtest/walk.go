package searchtest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// walk holds that a cursor visits every hit once, in every order, and that it
// belongs to its query.
func walk(t *testing.T, serve Factory) {
	var all []news.Article
	for i := range 57 {
		date := ""
		if i%5 > 0 {
			date = fmt.Sprintf("2026-%02d-%02d", 1+i%12, 1+i%28)
		}
		all = append(all, news.Article{ID: fmt.Sprintf("w%02d", i), Title: "渡口", Date: date,
			Paragraphs: []news.Paragraph{{Text: "渡口今天开放。", Kind: news.Body}, {Text: fmt.Sprintf("第%d班船。", i), Kind: news.Body}}})
	}
	e := serve(t, all)
	for _, sort := range []search.Sort{search.ByRelevance, search.Newest, search.Oldest} {
		for _, by := range []search.By{search.ByArticle, search.ByParagraph} {
			r := search.Request{Query: &query.Word{Text: "渡口"}, By: by, Sort: sort, Size: 10}
			var got, dates []string
			Walk(t, e, r, func(res search.Response) bool {
				if res.Total != len(all) {
					t.Fatalf("%s by %s: total %d of %d", sort, by, res.Total, len(all))
				}
				for _, h := range res.Hits {
					got = append(got, h.Article.ID)
					dates = append(dates, h.Article.Date)
				}
				return true
			})
			seen := map[string]bool{}
			for _, id := range got {
				seen[id] = true
			}
			if len(got) != len(all) || len(seen) != len(all) {
				t.Errorf("%s by %s: %d hits, %d different, of %d", sort, by, len(got), len(seen), len(all))
			}
			if sort == search.Newest {
				slices.Reverse(dates)
			}
			if sort != search.ByRelevance && !slices.IsSorted(dates) {
				t.Errorf("%s by %s: not in order of dates: %v", sort, by, dates)
			}
		}
	}
	first, err := e.Search(t.Context(), search.Request{Query: &query.Word{Text: "渡口"}, By: search.ByArticle, Size: 10})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []search.Request{
		{Query: &query.Word{Text: "今天"}, By: search.ByArticle, Size: 10, Cursor: first.Cursor},
		{Query: &query.Word{Text: "渡口"}, By: search.ByParagraph, Size: 10, Cursor: first.Cursor},
		{Query: &query.Word{Text: "渡口"}, By: search.ByArticle, Size: 10, Cursor: "x" + first.Cursor},
	} {
		if _, err := e.Search(t.Context(), r); !errors.Is(err, search.ErrBadCursor) {
			t.Errorf("a foreign cursor: %v", err)
		}
	}
}

// walkMany holds the same for a query of many words, whose scores are sums of
// many parts: again and again the walk must see every hit once.
func walkMany(t *testing.T, serve Factory) {
	words := []string{"渡口", "开放", "堤坝", "加固", "水位", "上涨", "码头", "改造"}
	r := rand.New(rand.NewPCG(20, 26))
	var all []news.Article
	for i := range 120 {
		var text strings.Builder
		for range 12 {
			text.WriteString(words[r.IntN(len(words))])
		}
		all = append(all, news.Article{ID: fmt.Sprintf("m%03d", i), Title: "短讯",
			Paragraphs: []news.Paragraph{{Text: text.String() + strings.Join(words, ""), Kind: news.Body}}})
	}
	e := serve(t, all)
	node, err := query.Parse(strings.Join(words, " "))
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		seen := map[string]bool{}
		Walk(t, e, search.Request{Query: node, Size: 7}, func(res search.Response) bool {
			for _, h := range res.Hits {
				seen[h.Article.ID] = true
			}
			return true
		})
		if len(seen) != len(all) {
			t.Fatalf("a walk saw %d of %d hits", len(seen), len(all))
		}
	}
}

// filters holds that filters let through what they say, with a query and
// without.
func filters(t *testing.T, serve Factory) {
	p := func(section string, kind news.Kind, text string) news.Paragraph {
		return news.Paragraph{Section: section, Kind: kind, Text: text}
	}
	e := serve(t, []news.Article{
		{ID: "a", Publication: "临江日报", Date: "2026-01-10", Page: "1", PageName: "要闻", Source: "江讯社", Title: "渡口",
			Paragraphs: []news.Paragraph{p("水位", news.Body, "渡口水位上涨。"), p("", news.Caption, "渡口夜景。")}},
		{ID: "b", Publication: "青禾晚报", Date: "2026-01-12", Page: "5", PageName: "本地", Source: "本报", Title: "渡口",
			Paragraphs: []news.Paragraph{p("", news.Body, "渡口开放。")}},
		{ID: "c", Publication: "江畔周刊", Page: "5", Title: "茶节", Paragraphs: []news.Paragraph{p("", news.Table, "渡口 1 2 3")}},
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

// single holds that an article comes back as it was given, marked.
func single(t *testing.T, serve Factory) {
	all := []news.Article{{ID: "桥/1 a?", Title: "大桥合龙", Kicker: "引", Confidence: .5, URL: "https://news.example/1",
		Paragraphs: []news.Paragraph{{Text: "全长１２３４米。", Kind: news.Body}, {Section: "通车", Text: "大桥明天通车。", Kind: news.Caption}}}}
	e := serve(t, all)
	q := &query.And{Nodes: []query.Node{&query.Word{Text: "大桥"}, &query.Phrase{Text: "34米"}}}
	got, err := e.Article(t.Context(), search.ArticleRequest{ID: all[0].ID, Query: q})
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(got.Article) != fmt.Sprint(all[0]) {
		t.Errorf("got %v, want %v", got.Article, all[0])
	}
	for i, want := range []string{"全长１２【３４米】。", "【大桥】明天通车。"} {
		if s := showMarks(got.Article.Paragraphs[i].Text, got.Paragraphs[i]); s != want {
			t.Errorf("paragraph %d is marked %s, want %s", i+1, s, want)
		}
	}
	if s := showMarks(got.Article.Title, got.Title); s != "【大桥】合龙" {
		t.Errorf("title is marked %s", s)
	}
	for _, id := range []string{"", "桥", "桥/1 a"} {
		if _, err := e.Article(t.Context(), search.ArticleRequest{ID: id}); !errors.Is(err, search.ErrNotFound) {
			t.Errorf("article %q: %v", id, err)
		}
	}
}

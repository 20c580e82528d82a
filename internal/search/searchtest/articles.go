package searchtest

import (
	"errors"
	"fmt"
	"maps"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// articles checks that an article is returned as it was indexed, with marks.
func articles(t *testing.T, serve Factory) {
	all := []news.Article{{
		ID:         "桥/1 a?",
		Title:      "大桥合龙",
		Kicker:     "大桥建设者",
		Subtitle:   "三四米",
		Confidence: 0.5,
		URL:        "https://news.example/1",
		Paragraphs: []news.Paragraph{
			{Text: "全长１２３４米。", Kind: news.Body},
			{Section: "通车", Text: "大桥明天通车。", Kind: news.Caption},
		},
	}}
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
	a := got.Article
	headings := showMarks(a.Kicker, got.Kicker) + showMarks(a.Title, got.Title) + showMarks(a.Subtitle, got.Subtitle)
	if headings != "【大桥】建设者【大桥】合龙三四米" {
		t.Errorf("the headings are marked %s", headings)
	}
	for _, id := range []string{"", "桥", "桥/1 a"} {
		if _, err := e.Article(t.Context(), search.ArticleRequest{ID: id}); !errors.Is(err, search.ErrNotFound) {
			t.Errorf("article %q: %v", id, err)
		}
	}
}

// openings checks that a hit without a title has the beginning of its article.
func openings(t *testing.T, serve Factory) {
	const lead = "渡口昨天起停航。老船工们收起缆绳，把最后一班船泊在南岸，沿江的茶馆里坐满了来送行的人，有人说起四十年前的大水。"
	body := func(id, title string, texts ...string) news.Article {
		a := news.Article{ID: id, Title: title}
		for _, text := range texts {
			a.Paragraphs = append(a.Paragraphs, news.Paragraph{Kind: news.Body, Text: text})
		}
		return a
	}
	kicker := body("kicker", "", "渡口的灯还亮着。")
	kicker.Kicker = "江上纪事"
	e := serve(t, []news.Article{
		body("long", "", " ", lead),
		body("short", "", "渡口停航。"),
		body("titled", "渡口停航", lead),
		kicker,
	})
	all := search.Request{Query: &query.Word{Text: "渡口"}, Size: search.MaxSize, Uncollapsed: true}
	r, err := e.Search(t.Context(), all)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, h := range r.Hits {
		got[h.Article.ID] = h.Opening
	}
	want := map[string]string{"long": string([]rune(lead)[:40]) + "…", "short": "渡口停航。", "titled": "", "kicker": ""}
	if !maps.Equal(got, want) {
		t.Errorf("articles begin with %q, want %q", got, want)
	}
}

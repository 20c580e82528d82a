package searchtest

import (
	"errors"
	"fmt"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// articles holds that an article comes back as it was given, marked.
func articles(t *testing.T, serve Factory) {
	all := []news.Article{{ID: "桥/1 a?", Title: "大桥合龙", Kicker: "大桥建设者", Subtitle: "三四米", Confidence: .5, URL: "https://news.example/1",
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
	headings := showMarks(got.Article.Kicker, got.Kicker) + showMarks(got.Article.Title, got.Title) + showMarks(got.Article.Subtitle, got.Subtitle)
	if headings != "【大桥】建设者【大桥】合龙三四米" {
		t.Errorf("the headings are marked %s", headings)
	}
	for _, id := range []string{"", "桥", "桥/1 a"} {
		if _, err := e.Article(t.Context(), search.ArticleRequest{ID: id}); !errors.Is(err, search.ErrNotFound) {
			t.Errorf("article %q: %v", id, err)
		}
	}
}

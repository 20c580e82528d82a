package server

import (
	"context"
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// divided is an engine with a part of a long article, and a hit far into it.
type divided struct {
	stub
	asked search.ArticleRequest
}

func (e *divided) Article(ctx context.Context, r search.ArticleRequest) (search.MarkedArticle, error) {
	e.asked = r
	return e.stub.Article(ctx, r)
}

// TestLongArticlesInParts checks that the page of a long article asks for a part of its text,
// numbers its paragraphs, and links to the rest and to the beginning; and that results link to
// the part with a paragraph.
func TestLongArticlesInParts(t *testing.T) {
	engine := &divided{}
	engine.article = search.MarkedArticle{
		Article: news.Article{ID: "a/1", Title: "大桥", Paragraphs: []news.Paragraph{{Text: "渡口。"}, {Text: "桥墩。"}}},
		First:   search.Position{Paragraph: 57, Byte: 12},
		Next:    search.Position{Paragraph: 58, Byte: 98_304},
	}
	engine.response = search.Response{Generation: "g", Total: 1, Relation: search.Eq, Hits: []search.Hit{{
		Article:    news.Article{ID: "a/1", Title: "大桥"},
		Paragraphs: []search.Match{{N: 3}, {N: 57}},
	}}}
	page := get(t, engine, "/articles/a%2F1?q=x&at=57-12").Body.String()
	for _, want := range []string{
		`<p id="p57">`, `<p id="p58">`, `href="/articles/a%2F1?q=x">从头看`,
		`href="/articles/a%2F1?q=x&amp;at=58-98304" rel="next">后文`,
		`rel="canonical" href="http://example.com/articles/a%2F1"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s in\n%s", want, page)
		}
	}
	if strings.Contains(page, "wordCount") {
		t.Error("the characters of a part are given as the article's")
	}
	if from := (search.Position{Paragraph: 57, Byte: 12}); engine.asked.From != from || engine.asked.Bytes == 0 {
		t.Errorf("the engine got %+v", engine.asked)
	}
	for _, at := range []string{"", "x", "-1", "1-x", "99999999999", "2-99999999999"} {
		if get(t, engine, "/articles/a%2F1?at="+at); engine.asked.From.Paragraph > 2 || engine.asked.From.Byte != 0 {
			t.Errorf("at=%s: the engine got %+v", at, engine.asked)
		}
	}
	results := get(t, engine, "/search?q=x").Body.String()
	for _, want := range []string{`href="/articles/a%2F1?q=x#p3"`, `href="/articles/a%2F1?q=x&amp;at=57#p57"`} {
		if !strings.Contains(results, want) {
			t.Errorf("the results lack %s", want)
		}
	}
}

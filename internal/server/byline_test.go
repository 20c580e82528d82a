package server

import (
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// TestBylinesAreMarked checks that names that match in a byline are marked in hits, in
// contexts, in the article and in the API.
func TestBylinesAreMarked(t *testing.T) {
	a := news.Article{ID: "a", Title: "<大桥>", Byline: "卢千帆 <沈亦舟>", Date: "2026-01-02"}
	mark := []search.Span{{Start: len("卢千帆 <"), End: len("卢千帆 <沈亦舟")}}
	engine := &stub{
		response: search.Response{
			Generation: "g", Total: 2, Relation: search.Eq,
			Hits: []search.Hit{{Article: a, BylineMarks: mark}, {Article: news.Article{ID: "b", Byline: "卢海"}}},
		},
		article: search.MarkedArticle{Generation: "g", Article: a, Byline: mark},
	}
	const marked = "卢千帆 &lt;<mark>沈亦舟</mark>&gt;"
	for path, want := range map[string]string{
		"/search?q=x":           `作者：<span lang="zh-CN">` + marked,
		"/search?q=x&view=kwic": `<span class="times">作者</span>`,
		"/articles/a?q=x":       strings.Replace(marked, "<mark>", `<mark id="m1">`, 1),
		"/api/v1/search?q=x":    `"byline_html":"` + marked + `"`,
	} {
		body := get(t, engine, path).Body.String()
		if !strings.Contains(body, want) {
			t.Errorf("%s lacks %s:\n%s", path, want, body)
		}
		if strings.HasPrefix(path, "/search") && strings.Contains(body, "卢海") {
			t.Errorf("%s shows a byline without a match", path)
		}
	}
}

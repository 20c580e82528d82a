package server

import (
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// TestNearDuplicatesAreShown checks that an answer lists the near-duplicates of a hit,
// that the page links to them, and that the parameter collapse reaches the engine.
func TestNearDuplicatesAreShown(t *testing.T) {
	engine := &stub{response: search.Response{Generation: "g", Relation: search.Eq, Total: 1,
		Hits: []search.Hit{{Article: news.Article{ID: "a", Title: "大桥"},
			NearDuplicates: []search.NearDuplicate{{ID: "b/1", Publication: "青禾晚报", Date: "2025-03-12"}, {ID: "c"}}}}}}
	body := get(t, engine, "/api/v1/search?q=x").Body.String()
	if want := `"near_duplicates":2,"near_duplicate_ids":["b/1","c"]`; !strings.Contains(body, want) {
		t.Errorf("no %s in %s", want, body)
	}
	page := get(t, engine, "/search?q=x").Body.String()
	for _, want := range []string{
		"另有 2 份相同稿件",
		`<a href="/articles/b%2F1?q=x"><span lang="zh-CN">青禾晚报</span> · 2025-03-12</a>`,
		`href="/articles/b%2F1?q=x"`, `href="/articles/c?q=x"`, `href="/search?q=x&amp;collapse=0"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	for path, listed := range map[string]bool{"/api/v1/search?q=x&collapse=1": false,
		"/api/v1/search?q=x&collapse=0": true, "/search?q=x&collapse=0": true} {
		get(t, engine, path)
		if got := engine.searches[len(engine.searches)-1].Uncollapsed; got != listed {
			t.Errorf("%s: Uncollapsed %t", path, got)
		}
	}
	if w := get(t, engine, "/api/v1/search?q=x&collapse=yes"); w.Code != 400 {
		t.Errorf("collapse=yes: %d", w.Code)
	}
}

// listedRelated is the number of related articles on a page.
const listedRelated = 6

// TestRelatedArticles checks the answers of …/similar and …/near-duplicates, and that
// the article's page shows both.
func TestRelatedArticles(t *testing.T) {
	engine := &stub{
		article: search.MarkedArticle{Article: news.Article{ID: "a", Title: "大桥通车"}},
		similar: search.Related{Hits: []search.Hit{{Article: news.Article{ID: "b/1", Title: "公交过桥"}, Score: 2,
			NearDuplicates: []search.NearDuplicate{{ID: "b2"}}},
			{Article: news.Article{ID: "c"}, Opening: "渡口自下月起停航。"}}},
	}
	for range listedRelated + 2 {
		engine.nearDuplicates.Hits = append(engine.nearDuplicates.Hits,
			search.Hit{Article: news.Article{ID: "d", Title: "又是大桥", Publication: "青禾晚报"}})
	}
	body := get(t, engine, "/api/v1/articles/a/similar?size=3").Body.String()
	if !strings.Contains(body, `{"articles":[{"article_id":"b/1","score":2,`) ||
		!strings.Contains(body, `"near_duplicate_ids":["b2"]}`) || strings.Contains(body, "paragraphs") {
		t.Errorf("similar: %s", body)
	}
	if got := engine.similarTo[0]; got != (search.SimilarRequest{ID: "a", Size: 3}) {
		t.Errorf("the engine got %+v", got)
	}
	body = get(t, engine, "/api/v1/articles/a/near-duplicates").Body.String()
	if strings.Count(body, `"article_id":"d"`) != listedRelated+2 {
		t.Errorf("near-duplicates: %s", body)
	}
	for _, path := range []string{"/api/v1/articles/a/similar?size=0", "/api/v1/articles/a/similar?size=1&size=2",
		"/api/v1/articles/a/near-duplicates?size=1"} {
		if w := get(t, engine, path); w.Code != 400 {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	page := get(t, engine, "/articles/a?q=x").Body.String()
	for _, want := range []string{"相同稿件", "相似报道", `href="/articles/b%2F1?q=x" lang="zh-CN">公交过桥</a>`, `>渡口自下月起停航。</a>`,
		"青禾晚报", "另有 2 篇"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if n := strings.Count(page, "又是大桥"); n != listedRelated {
		t.Errorf("%d near-duplicates are listed, want %d", n, listedRelated)
	}
}

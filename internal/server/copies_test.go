package server

import (
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// TestCopiesAreShown holds that an answer names the copies of a hit, that the
// page leads to them, and that fold reaches the engine.
func TestCopiesAreShown(t *testing.T) {
	engine := &canned{response: search.Response{Generation: "g", Relation: search.Eq, Total: 1,
		Hits: []search.Hit{{Article: news.Article{ID: "a", Title: "大桥"}, Duplicates: []string{"b/1", "c"}}}}}
	body := get(t, engine, "/api/v1/search?q=x").Body.String()
	if want := `"duplicates":2,"duplicate_ids":["b/1","c"]`; !strings.Contains(body, want) {
		t.Errorf("no %s in %s", want, body)
	}
	page := get(t, engine, "/search?q=x").Body.String()
	for _, want := range []string{"另有 2 篇相同报道", `href="/articles/b%2F1?q=x"`, `href="/articles/c?q=x"`, `href="/search?q=x&amp;fold=0"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	for path, listed := range map[string]bool{"/api/v1/search?q=x&fold=1": false, "/api/v1/search?q=x&fold=0": true, "/search?q=x&fold=0": true} {
		get(t, engine, path)
		if got := engine.asked[len(engine.asked)-1].NoFold; got != listed {
			t.Errorf("%s: NoFold %t", path, got)
		}
	}
	if w := get(t, engine, "/api/v1/search?q=x&fold=yes"); w.Code != 400 {
		t.Errorf("fold=yes: %d", w.Code)
	}
}

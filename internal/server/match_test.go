package server

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// TestWordsAnywhereIsKept checks that a search for words anywhere in the text stays one
// in the request to the engine and in every link of the page, and that the page says so
// with a way back.
func TestWordsAnywhereIsKept(t *testing.T) {
	engine := &stub{response: search.Response{
		Generation: "g", Total: 20, Relation: search.Eq, Cursor: "c",
		Hits:   []search.Hit{{Article: news.Article{ID: "a", Title: "平台"}}},
		Facets: &search.Facets{Date: []search.PeriodCount{{From: "2026-01-01", To: "2026-01-31", Count: 20}}},
	}}
	q := "?q=" + url.QueryEscape("平台经济")
	page := get(t, engine, "/search"+q+"&match=anywhere").Body.String()
	if got := engine.searches[0].Match; got != search.Anywhere {
		t.Errorf("the engine is to match %q", got)
	}
	const on = "match=anywhere"
	for _, path := range []string{"/search", "/articles/", "/api/v1/export", "/feed.atom", "/compare"} {
		links, lost := strings.Split(page, `"`+path)[1:], 0
		for _, link := range links {
			if link, _, _ = strings.Cut(link, `"`); strings.Contains(link, "q=") && !strings.Contains(link, on) {
				lost++
			}
		}
		if back := path == "/search"; lost > 1 || lost > 0 && !back {
			t.Errorf("%d links to %s lose it", lost, path)
		}
		if len(links) == 0 {
			t.Errorf("the page has no link to %s", path)
		}
	}
	for _, want := range []string{
		`<input type="hidden" name="match" value="anywhere">`,
		`<a href="/search` + q + `" aria-label="去掉 匹配：各词出现在文中任意位置">`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if page := get(t, engine, "/search"+q).Body.String(); strings.Contains(page, on) {
		t.Error("a search for words together has it in a link")
	}
}

func TestWordsAnywhereInTheAPI(t *testing.T) {
	engine := &stub{response: search.Response{Generation: "g", Relation: search.Eq}}
	for path, want := range map[string]search.Matching{
		"/api/v1/search?q=x&match=anywhere": search.Anywhere,
		"/api/v1/search?q=x&match=together": search.Together,
		"/api/v1/search?q=x":                search.Together,
		"/feed.atom?q=x&match=anywhere":     search.Anywhere,
	} {
		engine.searches = nil
		if w := get(t, engine, path); w.Code != http.StatusOK || engine.searches[0].Match != want {
			t.Errorf("%s: %d, the engine is to match %+v", path, w.Code, engine.searches)
		}
	}
	get(t, engine, "/api/v1/trends?q=x&match=anywhere")
	get(t, engine, "/compare?q=x&match=anywhere")
	get(t, engine, "/api/v1/export?q=x&match=anywhere")
	get(t, engine, "/articles/a?q=x&match=anywhere")
	for i, got := range engine.matched {
		if got != search.Anywhere {
			t.Errorf("request %d is to match %q", i, got)
		}
	}
	if len(engine.matched) != 4 {
		t.Errorf("the engine got %d requests", len(engine.matched))
	}
	if w := get(t, engine, "/api/v1/search?q=x&match=any"); w.Code != http.StatusBadRequest {
		t.Errorf("match=any is answered with %d", w.Code)
	}
}

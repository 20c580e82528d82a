package server

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

var bridgeArticle = news.Article{ID: "青/1", Title: "青禾{大桥", Byline: "本报记者 陆知夏", Publication: "临江日报",
	Date: "2025-09-18", Page: "1", Paragraphs: []news.Paragraph{{Text: "大桥“合龙”。"}}}

// TestCitationsOfAnArticle checks each style with its type, and that the address is the original's
// or else that of the article's page.
func TestCitationsOfAnArticle(t *testing.T) {
	engine := &stub{article: search.MarkedArticle{Article: bridgeArticle}}
	for style, want := range map[string][2]string{
		"":              {"text/plain; charset=utf-8", "[N/OL]. 临江日报, 2025-09-18(1)["},
		"gbt7714-print": {"text/plain; charset=utf-8", "陆知夏. 青禾{大桥[N]. 临江日报, 2025-09-18(1).\n"},
		"bibtex":        {"application/x-bibtex; charset=utf-8", `{{青禾{\textbraceleft}大桥}}`},
		"ris":           {"application/x-research-info-systems; charset=utf-8", "TI  - 青禾{大桥\r\n"},
		"csl-json":      {"application/vnd.citationstyles.csl+json; charset=utf-8", `"id":"青/1"`},
	} {
		w := get(t, engine, "/api/v1/articles/%E9%9D%92%2F1/citation?style="+style)
		if kind := w.Header().Get("Content-Type"); w.Code != http.StatusOK || kind != want[0] ||
			!strings.Contains(w.Body.String(), want[1]) {
			t.Errorf("%s: %d %s %s", style, w.Code, kind, w.Body)
		}
		if style != "gbt7714-print" && !strings.Contains(w.Body.String(), "http://example.com/articles/%E9%9D%92%2F1") {
			t.Errorf("%s lacks the page's address: %s", style, w.Body)
		}
	}
	engine.article.Article.URL = "https://paper.example/1"
	got := get(t, engine, "/api/v1/articles/a/citation").Body.String()
	if !strings.Contains(got, "https://paper.example/1") {
		t.Errorf("the original's address is not in %s", got)
	}
	for path, status := range map[string]int{
		"/api/v1/articles/a/citation?style=apa": http.StatusBadRequest,
		"/api/v1/articles/a/citation?size=1":    http.StatusBadRequest,
	} {
		if w := get(t, engine, path); w.Code != status {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	if w := get(t, &stub{err: search.ErrNotFound}, "/api/v1/articles/a/citation"); w.Code != http.StatusNotFound {
		t.Errorf("no such article: %d", w.Code)
	}
}

// TestCitationsOfHits checks exports as references: one for each hit, also of an article without
// any heading, and none of paragraphs and contexts.
func TestCitationsOfHits(t *testing.T) {
	untitled := search.Hit{Article: news.Article{ID: "b", Publication: "试报"}, Opening: "渡口停航。"}
	engine := &stub{response: search.Response{Generation: "g", Total: 2,
		Hits: []search.Hit{{Article: bridgeArticle}, untitled}}}
	for format, want := range map[string]struct {
		count  string
		ending string
	}{
		"gbt7714": {"[N/OL]", ".txt"}, "gbt7714-print": {"[N]", ".txt"}, "bibtex": {"@article{", ".bib"},
		"ris": {"ER  - ", ".ris"}, "csl-json": {"article-newspaper", ".json"},
	} {
		w := get(t, engine, "/api/v1/export?q=x&format="+format)
		body := w.Body.String()
		if strings.Count(body, want.count) != 2 || !strings.Contains(body, "渡口停航。") ||
			!strings.HasSuffix(w.Header().Get("Content-Disposition"), want.ending+`"`) {
			t.Errorf("%s: %v %s", format, w.Header(), body)
		}
		if format == "csl-json" && !json.Valid([]byte(body)) {
			t.Errorf("not JSON: %s", body)
		}
		for _, refused := range []string{"&by=paragraph", "&context=5"} {
			if w := get(t, engine, "/api/v1/export?q=x&format="+format+refused); w.Code != http.StatusBadRequest {
				t.Errorf("%s%s: %d", format, refused, w.Code)
			}
		}
	}
}

// TestCitationsChangeWithTheDay checks that a client's copy of a citation is not current on
// another day.
func TestCitationsChangeWithTheDay(t *testing.T) {
	now := time.Date(2026, 3, 9, 12, 0, 0, 0, time.UTC)
	engine := &stub{article: search.MarkedArticle{Article: bridgeArticle}, response: search.Response{Generation: "g"}}
	h := New(engine, Options{Now: func() time.Time { return now }})
	tag := func() string {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/api/v1/articles/a/citation", nil))
		return w.Header().Get("ETag")
	}
	first := tag()
	if first == "" || first != tag() {
		t.Errorf("two tags on one day: %q, %q", first, tag())
	}
	now = now.AddDate(0, 0, 1)
	if tag() == first {
		t.Error("the same tag on two days")
	}
}

// TestArticlePageCites checks what the page of an article shows, and what it says to programs that
// show previews of links.
func TestArticlePageCites(t *testing.T) {
	hostile := bridgeArticle
	hostile.Title = `"><script>`
	page := get(t, &stub{article: search.MarkedArticle{Article: bridgeArticle}}, "/articles/a").Body.String()
	for _, want := range []string{
		`<q id="cite-print" lang="zh-CN">陆知夏. 青禾{大桥[N].`, `<code id="cite-bibtex" lang="zh-CN">@article{1-`,
		`href="/api/v1/articles/%E9%9D%92%2F1/citation?style=bibtex" download`, `style=ris"`, `style=csl-json"`,
		`<meta property="og:type" content="article">`, `<meta property="og:title" content="青禾{大桥">`,
		`<meta property="og:description" content="大桥“合龙”。">`,
		`<meta property="og:url" content="http://example.com/articles/%E9%9D%92%2F1">`,
		`<meta property="og:site_name" content="临江日报">`,
		`<meta property="article:published_time" content="2025-09-18">`,
		`<meta property="article:author" content="陆知夏">`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	page = get(t, &stub{article: search.MarkedArticle{Article: hostile}}, "/articles/a").Body.String()
	if strings.Contains(page, `"><script>`) {
		t.Error("a title ends its meta element")
	}
	if strings.Contains(get(t, &stub{}, "/help").Body.String(), "og:") {
		t.Error("the help has a preview")
	}
}

package server

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/server/param"
	"xunwen/internal/server/problem"
	"xunwen/web"
)

func TestErrorsToStatus(t *testing.T) {
	for _, tc := range []struct {
		err        error
		status     int
		kind       string
		retryAfter string
	}{
		{fmt.Errorf("x: %w", search.ErrNotReady), 503, "not-ready", "5"},
		{fmt.Errorf("x: %w", search.ErrTooBroad), 400, "too-broad", ""},
		{fmt.Errorf("x: %w", search.ErrBadCursor), 400, "bad-cursor", ""},
		{fmt.Errorf("x: %w", search.ErrCursorExpired), 410, "cursor-expired", ""},
		{fmt.Errorf("x: %w", search.ErrNotFound), 404, "not-found", ""},
		{fmt.Errorf("x: %w", search.ErrDamaged), 503, "damaged", "2"},
		{fmt.Errorf("x: %w", search.ErrBusy), 503, "busy", "1"},
		{fmt.Errorf("x: %w", search.ErrTooManyExports), 503, "busy", "5"},
		{fmt.Errorf("x: %w", context.DeadlineExceeded), 503, "too-slow", "2"},
		{errors.New("disk /var/secret is full"), 500, "internal", ""},
	} {
		engine := &stub{err: tc.err}
		for _, path := range []string{"/api/v1/search?q=x", "/api/v1/articles/x", "/api/v1/articles/x/similar",
			"/api/v1/articles/x/near-duplicates", "/api/v1/suggest?q=x"} {
			w := get(t, engine, path)
			var p problem.Problem
			if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			if w.Code != tc.status || p.Status != tc.status || p.Type != "/problems/"+tc.kind || p.Title == "" ||
				p.Detail == "" {
				t.Errorf("%v at %s: %d %+v", tc.err, path, w.Code, p)
			}
			if got := w.Header().Get("Content-Type"); got != "application/problem+json" {
				t.Errorf("%v at %s: %s", tc.err, path, got)
			}
			if got := w.Header().Get("Retry-After"); got != tc.retryAfter {
				t.Errorf("%v at %s: Retry-After %q, want %q", tc.err, path, got, tc.retryAfter)
			}
			if strings.Contains(w.Body.String(), "secret") {
				t.Errorf("%s reveals too much: %s", path, w.Body)
			}
		}
		if w := get(t, engine, "/articles/x"); w.Code != tc.status || !strings.Contains(w.Body.String(), "<h1>") {
			t.Errorf("%v on the page: %d", tc.err, w.Code)
		}
	}
}

func TestPanicIsAnswered(t *testing.T) {
	var log bytes.Buffer
	h := New(&stub{panics: true}, Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	for path, contentType := range map[string]string{"/api/v1/search?q=x": "application/problem+json",
		"/search?q=x": "text/html; charset=utf-8"} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != 500 || w.Header().Get("Content-Type") != contentType {
			t.Errorf("%s: %d, %s", path, w.Code, w.Header().Get("Content-Type"))
		}
		if strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%s reveals too much: %s", path, w.Body)
		}
	}
	if !strings.Contains(log.String(), "a secret of the engine") || !strings.Contains(log.String(), "status=500") {
		t.Errorf("the log has too little: %s", log.String())
	}
}

// TestNothingIsNull checks that no member is null, with an engine that fills in as
// little as possible.
func TestNothingIsNull(t *testing.T) {
	engine := &stub{
		response: search.Response{Generation: "g", Relation: search.Eq, Total: 1,
			Hits: []search.Hit{{Article: news.Article{ID: "a"}}}},
		article: search.MarkedArticle{Article: news.Article{ID: "a", Title: "题"}},
	}
	for _, path := range []string{"/api/v1/search?q=x", "/api/v1/articles/a", "/api/v1/articles/a/similar",
		"/api/v1/articles/a/near-duplicates"} {
		if w := get(t, engine, path); w.Code != 200 || strings.Contains(w.Body.String(), "null") {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	engine.response.Hits = nil
	if w := get(t, engine, "/api/v1/search?q=x"); !strings.Contains(w.Body.String(), `"hits":[]`) {
		t.Errorf("no hits: %s", w.Body)
	}
}

func TestPunctuationIsNotEverything(t *testing.T) {
	engine := &stub{response: search.Response{Generation: "g", Total: 1000, Relation: search.Eq}}
	if w := get(t, engine, "/api/v1/search?q=%EF%BC%81"); w.Code != 200 ||
		!strings.Contains(w.Body.String(), `"total":0`) {
		t.Errorf("hits for ！: %s", w.Body)
	}
	if len(engine.searches) != 0 {
		t.Errorf("the engine got a request for everything: %+v", engine.searches)
	}
}

func TestCountsAreHonest(t *testing.T) {
	engine := &stub{response: search.Response{Generation: "g", Total: 1284, Relation: search.Eq}}
	for _, tc := range []struct {
		relation search.Relation
		path     string
		want     string
	}{
		{search.Eq, "/search?q=x", "共 1,284 篇"},
		{search.Gte, "/search?q=x", "约 1,284 篇以上"},
		{search.Eq, "/search?q=x&by=paragraph", "共 1,284 段"},
	} {
		engine.response.Relation = tc.relation
		if body := get(t, engine, tc.path).Body.String(); !strings.Contains(body, tc.want) {
			t.Errorf("%s, %s: no %q on the page", tc.path, tc.relation, tc.want)
		}
	}
}

func TestUntitledArticlesAreCalledByHowTheyBegin(t *testing.T) {
	const opening = "渡口昨天起停航。"
	hit := search.Hit{Article: news.Article{ID: "a", Date: "2026-03-12"}, Opening: opening}
	engine := &stub{response: search.Response{Generation: "g", Total: 1, Relation: search.Eq, Hits: []search.Hit{hit}},
		similar: search.Related{Generation: "g", Hits: []search.Hit{hit}},
		article: search.MarkedArticle{Article: news.Article{ID: "b", Title: "停航"}}}
	for _, path := range []string{"/search?q=x", "/feed.atom?q=x", "/articles/b"} {
		if body := get(t, engine, path).Body.String(); !strings.Contains(body, opening) ||
			strings.Contains(body, "无题") {
			t.Errorf("%s doesn't show an untitled article as %s", path, opening)
		}
	}
}

func TestPagesAreCompressed(t *testing.T) {
	req := httptest.NewRequest(http.MethodGet, "/", nil)
	req.Header.Set("Accept-Encoding", "gzip")
	w := httptest.NewRecorder()
	New(&stub{}, Options{}).ServeHTTP(w, req)
	if w.Header().Get("Content-Encoding") != "gzip" || !strings.Contains(w.Header().Get("Vary"), "Accept-Encoding") {
		t.Fatalf("headers: %v", w.Header())
	}
	r, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(r); err != nil || !strings.Contains(string(body), "</html>") {
		t.Errorf("unpacked: %s %v", body, err)
	}
}

// TestAssets checks that pages name every static file by its content, so that browsers
// can cache them forever.
func TestAssets(t *testing.T) {
	engine := &stub{article: search.MarkedArticle{Article: news.Article{ID: "a", Title: "题"}}}
	pages := signedInPage(t, engine, "/")
	for _, path := range []string{"/search?q=x", "/articles/a", "/articles/a/versions", "/compare"} {
		pages += get(t, engine, path).Body.String()
	}
	files, err := fs.ReadDir(web.Files, "static")
	if err != nil {
		t.Fatal(err)
	}
	types := map[string]string{".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
		".svg": "image/svg+xml"}
	for _, file := range files {
		ext := filepath.Ext(file.Name())
		name := strings.TrimSuffix(file.Name(), ext)
		address := regexp.MustCompile(`/static/` + name + `\.[0-9a-f]{12}\` + ext).FindString(pages)
		if address == "" {
			t.Errorf("no page uses %s", file.Name())
			continue
		}
		w := get(t, engine, address)
		if w.Code != 200 || w.Header().Get("Content-Type") != types[ext] ||
			!strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d %v", address, w.Code, w.Header())
		}
	}
}

// signedInPage returns a page as a reader with a session gets it.
func signedInPage(t *testing.T, engine search.Engine, path string) string {
	t.Helper()
	secret, keys := keyFile(t, "")
	h := New(engine, Options{Keys: keys})
	signedIn := signIn(h, secret, "/", false)
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for _, cookie := range signedIn.Result().Cookies() {
		r.AddCookie(cookie)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Fatalf("%s after signing in: %d", path, w.Code)
	}
	return w.Body.String()
}

func TestLogHoldsNoQuery(t *testing.T) {
	var log bytes.Buffer
	h := New(&stub{response: search.Response{Generation: "g"}}, Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/api/v1/search?q=private", nil))
	if got := log.String(); strings.Contains(got, "private") ||
		!strings.Contains(got, "path=/api/v1/search status=200") {
		t.Errorf("log: %s", got)
	}
}

// TestFirstResultsAreLight checks the size of a first visit to a page of results: a
// link from a colleague must open quickly on a slow connection.
func TestFirstResultsAreLight(t *testing.T) {
	const most = 60 << 10
	response := search.Response{Generation: "g", Relation: search.Eq, Total: 500, Cursor: "c", Facets: &search.Facets{}}
	word := func(n int) string { return strings.Repeat(string(rune('一'+n*7)), 2) + string(rune('丁'+n*31)) }
	for i := range param.DefaultSize {
		h := search.Hit{Article: news.Article{ID: fmt.Sprint(i), Title: word(i), Publication: word(i + 1),
			Date: "2026-01-01", Page: "1", PageName: word(i + 2)}}
		for n := range 3 {
			var text strings.Builder
			for c := range 120 { // as long as a snippet, and as hard to pack as one
				text.WriteRune(rune(0x4e00 + (i*4001+n*997+c*c*31)%6000))
			}
			h.Paragraphs = append(h.Paragraphs,
				search.Match{N: n + 1, Snippet: search.Snippet{Fragments: []search.Fragment{{Text: text.String()}}}})
		}
		response.Hits = append(response.Hits, h)
	}
	for i := range search.MaxFacetValues {
		for _, counts := range facetLists(response.Facets) {
			*counts = append(*counts, search.ValueCount{Value: word(i), Count: 500 - i})
		}
	}
	for i := range search.MaxFacetPeriods {
		day := time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC).Format(news.DateLayout)
		response.Facets.Date = append(response.Facets.Date, search.PeriodCount{From: day, To: day, Count: i})
	}
	h := New(&stub{response: response}, Options{})
	load := func(path string) (bytes int, body string) {
		w := httptest.NewRecorder()
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		r.Header.Set("Accept-Encoding", "gzip")
		h.ServeHTTP(w, r)
		bytes = w.Body.Len()
		packed, err := gzip.NewReader(w.Body)
		if err != nil {
			return bytes, "" // too short to pack
		}
		unpacked, err := io.ReadAll(packed)
		if err != nil {
			t.Fatal(err)
		}
		return bytes, string(unpacked)
	}
	total, page := load("/search?q=x")
	files := regexp.MustCompile(`/static/[\w.]+`).FindAllString(page, -1)
	if len(files) < 5 {
		t.Fatalf("the page has too few files: %v", files)
	}
	for _, file := range files {
		bytes, _ := load(file)
		total += bytes
	}
	if t.Logf("%d bytes; the page unpacked has %d", total, len(page)); total > most {
		t.Errorf("%d bytes, want at most %d", total, most)
	}
}

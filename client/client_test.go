package client

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestProblemsAreDocumented compares the constants of problem.go with the table of problems.
func TestProblemsAreDocumented(t *testing.T) {
	text, err := os.ReadFile("../docs/json-api.md")
	if err != nil {
		t.Fatal(err)
	}
	var documented, known []string
	for _, m := range regexp.MustCompile("(?m)^\\| `(/problems/[a-z-]+)`").FindAllSubmatch(text, -1) {
		documented = append(documented, string(m[1]))
	}
	file, err := parser.ParseFile(token.NewFileSet(), "problem.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if literal, ok := n.(*ast.BasicLit); ok && strings.HasPrefix(literal.Value, `"/problems/`) {
			kind, _ := strconv.Unquote(literal.Value)
			known = append(known, kind)
		}
		return true
	})
	slices.Sort(documented)
	slices.Sort(known)
	if !slices.Equal(documented, known) {
		t.Errorf("kinds are\n%v, documented\n%v", known, documented)
	}
}

// answering is a server that gives prepared answers, one after another, and the last one again.
func answering(t *testing.T, answers ...http.HandlerFunc) (c *Client, requests *int) {
	t.Helper()
	requests = new(int)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answers[min(*requests, len(answers)-1)](w, r)
		*requests++
	}))
	t.Cleanup(server.Close)
	c, err := New(server.URL+"/", WithKey("secret"), WithRetries(2), WithMaxWait(3*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	return c, requests
}

func refuse(status int, kind Kind, wait string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/problem+json; charset=utf-8")
		w.Header().Set("X-Request-Id", "R1")
		if wait != "" {
			w.Header().Set("Retry-After", wait)
		}
		w.WriteHeader(status)
		fmt.Fprintf(w, `{"type":%q,"title":"Titel","status":%d,"detail":"why","position":3,"parameter":"q"}`, kind, status)
	}
}

func write(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, body) }
}

// TestBusyServersAreAskedAgain checks that a request is repeated after as long as the server says,
// only as often as is allowed, and only if waiting helps.
func TestBusyServersAreAskedAgain(t *testing.T) {
	ctx := t.Context()
	for _, tc := range []struct {
		name     string
		answers  []http.HandlerFunc
		requests int
		is       error
		least    time.Duration
	}{
		{"busy once", []http.HandlerFunc{refuse(503, Busy, "1"), write("{}")}, 2, nil, time.Second},
		{"limited once", []http.HandlerFunc{refuse(429, TooManyRequests, "1"), write("{}")}, 2, nil, time.Second},
		{"busy for ever", []http.HandlerFunc{refuse(503, Busy, "0")}, 3, Busy, 0},
		{"too long a wait", []http.HandlerFunc{refuse(429, TooManyRequests, "60")}, 1, TooManyRequests, 0},
		{"a mistake", []http.HandlerFunc{refuse(400, BadQuery, "")}, 1, BadQuery, 0},
	} {
		c, requests := answering(t, tc.answers...)
		start := time.Now()
		_, err := c.Search(ctx, SearchRequest{Q: "x"})
		if *requests != tc.requests || !errors.Is(err, tc.is) || time.Since(start) < tc.least {
			t.Errorf("%s: %d requests in %v, %v", tc.name, *requests, time.Since(start), err)
		}
	}
	c, _ := answering(t, refuse(503, Busy, "2"))
	ctx, cancel := context.WithCancel(ctx)
	time.AfterFunc(50*time.Millisecond, cancel)
	if _, err := c.Search(ctx, SearchRequest{}); !errors.Is(err, context.Canceled) || !errors.Is(err, Busy) {
		t.Errorf("cancelled while waiting: %v", err)
	}
}

func TestProblems(t *testing.T) {
	c, _ := answering(t, refuse(400, BadQuery, ""))
	_, err := c.Article(t.Context(), "a")
	var p *Problem
	if !errors.As(err, &p) || p.Type != BadQuery || *p.Position != 3 || p.Parameter != "q" || p.RequestID != "R1" ||
		errors.Is(err, Busy) || err.Error() != "Titel: why (status 400)" {
		t.Errorf("%+v", err)
	}
	c, _ = answering(t, func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "<html>", http.StatusRequestHeaderFieldsTooLarge)
	})
	if _, err := c.Article(t.Context(), "a"); !errors.As(err, &p) || p.Status != 431 || p.Type != "about:blank" {
		t.Errorf("no problem document: %+v", err)
	}
	for _, address := range []string{"", "news.example", "ftp://news.example", "http://", "http://a b"} {
		if _, err := New(address); err == nil {
			t.Errorf("%q is an address", address)
		}
	}
}

// TestHitsOfAllPages checks that cursors are followed, as far as the loop goes, with the key.
func TestHitsOfAllPages(t *testing.T) {
	page := func(cursor string, ids ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Authorization") != "Bearer secret" || r.FormValue("size") != "100" {
				t.Errorf("%s %v", r.URL, r.Header)
			}
			var hits []string
			for _, id := range ids {
				hits = append(hits, fmt.Sprintf(`{"article_id":%q}`, id+r.FormValue("cursor")))
			}
			fmt.Fprintf(w, `{"cursor":%q,"hits":[%s]}`, cursor, strings.Join(hits, ","))
		}
	}
	answers := []http.HandlerFunc{page("2", "a", "b"), page("3", "c"), page("", "d")}
	c, requests := answering(t, answers...)
	var ids []string
	for h, err := range c.Hits(t.Context(), SearchRequest{Q: "x"}) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, h.ArticleID)
	}
	if got := strings.Join(ids, " "); got != "a b c2 d3" || *requests != 3 {
		t.Errorf("%s in %d requests", got, *requests)
	}
	c, requests = answering(t, answers...)
	for range c.Hits(t.Context(), SearchRequest{Q: "x"}) {
		break
	}
	if *requests != 1 {
		t.Errorf("a loop that ends sent %d requests", *requests)
	}
	c, _ = answering(t, page("2", "a"), refuse(410, CursorExpired, ""))
	if err := last(c.Hits(t.Context(), SearchRequest{Q: "x"})); !errors.Is(err, CursorExpired) {
		t.Errorf("a new index: %v", err)
	}
}

// TestTruncatedExports checks that an export that ends early is an error, wherever it ends.
func TestTruncatedExports(t *testing.T) {
	whole := `{"query":"x","total":2}` + "\n" + `{"article_id":"a"}` + "\n"
	for _, body := range []string{"", whole, whole + `{"article_id":`} {
		c, _ := answering(t, func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, body)
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		})
		if err := last(c.ExportHits(t.Context(), ExportRequest{Q: "x"})); err == nil {
			t.Errorf("after %q: no error", body)
		}
	}
	c, _ := answering(t, write(whole))
	rows := 0
	for h, err := range c.ExportHits(t.Context(), ExportRequest{Q: "x"}) {
		if err != nil || h.ArticleID != "a" {
			t.Errorf("%+v, %v", h, err)
		}
		rows++
	}
	if rows != 1 {
		t.Errorf("%d rows", rows)
	}
}

package server

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/iotest"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// post sends a list to the API; headers are pairs of a name and a value.
func post(h http.Handler, path, kind, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("Content-Type", kind)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func answering() *stub {
	return &stub{response: search.Response{Generation: "g", Total: 7, Relation: search.Eq,
		Hits:   []search.Hit{{Article: news.Article{ID: "a", Title: "渡口"}}},
		Facets: &search.Facets{Date: []search.PeriodCount{{From: "2022-01-01", To: "2022-12-31", Count: 7}}}}}
}

// multipartList returns a form with a file.
func multipartList(t *testing.T, name, list string, fields ...string) (kind, body string) {
	t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	for i := 0; i < len(fields); i += 2 {
		if err := form.WriteField(fields[i], fields[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	file, err := form.CreateFormFile("list", name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Write([]byte(list)); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	return form.FormDataContentType(), b.String()
}

// TestBatchReadsLists checks that a list can come in every type, with a row for each query.
func TestBatchReadsLists(t *testing.T) {
	formKind, form := multipartList(t, "words.CSV", "n,query\n1,渡口\n2,大桥 OR\n", "format", "csv", "counts", "year")
	pastedKind, pasted := multipartList(t, "", "", "queries", "渡口\n大桥 OR")
	for name, tc := range map[string]struct{ kind, body string }{
		"JSON":   {"application/json", `{"queries":["渡口","大桥 OR"]}`},
		"CSV":    {"text/csv; charset=utf-8", "query\n渡口\n大桥 OR\n"},
		"text":   {"text/plain", "渡口\n大桥 OR\n"},
		"form":   {"application/x-www-form-urlencoded", url.Values{"queries": {"渡口\r\n大桥 OR"}}.Encode()},
		"file":   {formKind, form},
		"pasted": {pastedKind, pasted},
	} {
		w := post(New(answering(), Options{}), "/api/v1/batch", tc.kind, tc.body)
		rows := strings.Split(strings.TrimSpace(w.Body.String()), "\r\n")
		if w.Code != http.StatusOK || len(rows) != 3 ||
			!strings.HasSuffix(rows[0], "line,query,total,total_relation,error,2022") ||
			!strings.HasSuffix(rows[1], ",渡口,7,eq,,7") || strings.HasSuffix(rows[2], ",7") {
			t.Errorf("%s: %d %q", name, w.Code, rows)
		}
		if got := w.Header().Get("X-Generation"); got != "g" {
			t.Errorf("%s: generation %q", name, got)
		}
	}
}

// TestBatchRequests checks what parameters make of the searches.
func TestBatchRequests(t *testing.T) {
	engine := answering()
	path := "/api/v1/batch?format=jsonl&counts=month&counts=publication&hits=2&by=paragraph&sort=newest&publication=" +
		url.QueryEscape("临江日报") + "&from=2022-01-01"
	w := post(New(engine, Options{}), path, "text/plain", "渡口")
	if w.Code != http.StatusOK || strings.Count(w.Body.String(), "\n") != 2 || len(engine.searches) != 2 {
		t.Fatalf("%d %s, %d searches", w.Code, w.Body, len(engine.searches))
	}
	r := engine.searches[1]
	if r.Query.String() != "渡口" || r.By != search.ByParagraph || r.Sort != search.Newest || r.Size != 2 ||
		r.Filter.From != "2022-01-01" || len(r.Filter.Publication) != 1 || r.Facets.Table != search.Month {
		t.Errorf("%+v", r)
	}
	if r := engine.searches[0]; r.Query != nil || r.Filter.From != "2022-01-01" {
		t.Errorf("without a query: %+v", r)
	}
}

func TestBatchRefuses(t *testing.T) {
	plain := "text/plain"
	for name, tc := range map[string]struct {
		path, kind, body string
		code             int
		want             string
	}{
		"empty":      {"", plain, "\n", 400, "bad-parameter"},
		"type":       {"", "application/pdf", "x", 415, "unknown-type"},
		"no type":    {"", "", "x", 415, "unknown-type"},
		"JSON":       {"", "application/json", `["a"]`, 400, "bad-parameter"},
		"parameter":  {"?size=3", plain, "x", 400, "bad-parameter"},
		"counts":     {"?counts=week", plain, "x", 400, "bad-parameter"},
		"hits":       {"?hits=11", plain, "x", 400, "bad-parameter"},
		"many":       {"", plain, strings.Repeat("x\n", 10_001), 400, "split it"},
		"large":      {"", plain, strings.Repeat("x", 9<<20), 400, "MiB"},
		"large form": {"", "application/x-www-form-urlencoded", "queries=" + strings.Repeat("x", 9<<20), 400, "MiB"},
		"GBK field":  {"", "application/x-www-form-urlencoded", "queries=x&publication=%C1%D9", 400, "UTF-8"},
	} {
		w := post(New(answering(), Options{}), "/api/v1/batch"+tc.path, tc.kind, tc.body)
		if w.Code != tc.code || !strings.Contains(w.Body.String(), tc.want) {
			t.Errorf("%s: %d %s, want %d %s", name, w.Code, w.Body, tc.code, tc.want)
		}
	}
	w := get(t, answering(), "/api/v1/batch")
	if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "POST" {
		t.Errorf("GET: %d, Allow %q", w.Code, w.Header().Get("Allow"))
	}
	if w := post(New(&stub{err: search.ErrNotReady}, Options{}), "/api/v1/batch", plain, "x"); w.Code != 503 {
		t.Errorf("not ready: %d", w.Code)
	}
}

// TestBatchOfBrokenBody checks that a body that can't be read is the client's fault, in every type.
func TestBatchOfBrokenBody(t *testing.T) {
	for _, kind := range []string{"text/plain", "text/csv", "application/json", "application/x-www-form-urlencoded"} {
		body := io.MultiReader(strings.NewReader("x"), iotest.ErrReader(errors.New("header line too long")))
		r := httptest.NewRequest(http.MethodPost, "/api/v1/batch", body)
		r.Header.Set("Content-Type", kind)
		w := httptest.NewRecorder()
		New(answering(), Options{}).ServeHTTP(w, r)
		if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "bad-parameter") {
			t.Errorf("%s: %d %s", kind, w.Code, w.Body)
		}
	}
}

// TestBatchOfOtherSites checks that a page of another site can't make a browser send a list, unless
// it is allowed or has a key of its own.
func TestBatchOfOtherSites(t *testing.T) {
	const evil, friend = "https://evil.example", "https://friend.example"
	for _, tc := range []struct {
		origins []string
		headers []string
		code    int
	}{
		{nil, []string{"Sec-Fetch-Site", "cross-site", "Origin", evil}, 403},
		{nil, []string{"Origin", evil}, 403},
		{[]string{friend}, []string{"Sec-Fetch-Site", "cross-site", "Origin", friend}, 200},
		{[]string{friend}, []string{"Sec-Fetch-Site", "cross-site", "Origin", evil}, 403},
		{[]string{"*"}, []string{"Sec-Fetch-Site", "cross-site", "Origin", evil}, 200},
		{nil, []string{"Sec-Fetch-Site", "cross-site", "Origin", evil, "Authorization", "Bearer x"}, 200},
		{nil, []string{"Sec-Fetch-Site", "same-origin"}, 200},
	} {
		h := New(answering(), Options{Origins: tc.origins})
		if w := post(h, "/api/v1/batch", "text/plain", "x", tc.headers...); w.Code != tc.code {
			t.Errorf("%v %v: %d, want %d", tc.origins, tc.headers, w.Code, tc.code)
		}
	}
}

// waiting is an engine whose searches with a query wait.
type waiting struct {
	stub
	begun, leave chan struct{}
}

func (e *waiting) Pin(ctx context.Context, do func(context.Context, search.Engine) error) error {
	return do(ctx, e)
}

func (e *waiting) Search(ctx context.Context, r search.Request) (search.Response, error) {
	if r.Query != nil {
		e.begun <- struct{}{}
		<-e.leave
	}
	return e.stub.response, nil
}

// TestOneBatchOfAClient checks that a second batch of an address waits for no slot but is refused,
// as a second export is, until the first has ended.
func TestOneBatchOfAClient(t *testing.T) {
	engine := &waiting{stub{response: search.Response{Generation: "g"}}, make(chan struct{}), make(chan struct{})}
	h := New(engine, Options{})
	done := make(chan int)
	go func() { done <- post(h, "/api/v1/batch", "text/plain", "x").Code }()
	<-engine.begun
	second := post(h, "/api/v1/batch", "text/plain", "y")
	if second.Code != http.StatusTooManyRequests || second.Header().Get("Retry-After") == "" {
		t.Errorf("a second batch: %d %s", second.Code, second.Body)
	}
	r := httptest.NewRequest(http.MethodGet, "/api/v1/export?q=x", nil)
	w := httptest.NewRecorder()
	if h.ServeHTTP(w, r); w.Code != http.StatusTooManyRequests {
		t.Errorf("an export during a batch: %d", w.Code)
	}
	close(engine.leave)
	if code := <-done; code != http.StatusOK {
		t.Errorf("the first batch: %d", code)
	}
}

// TestBatchForm checks that what the page's form sends is answered with a table.
func TestBatchForm(t *testing.T) {
	h := New(answering(), Options{})
	page := get(t, answering(), "/batch").Body.String()
	for _, want := range []string{`method="post" action="/api/v1/batch" enctype="multipart/form-data"`,
		`<textarea name="queries"`, `type="file" name="list"`, `name="format" value="jsonl"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	kind, body := multipartList(t, "", "", "queries", "渡口", "hits", "0", "from", "", "to", "", "counts", "year",
		"format", "csv")
	w := post(h, "/api/v1/batch", kind, body, "Sec-Fetch-Site", "same-origin")
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "1,渡口,7,eq,,7") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

package server

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

const byteOrderMark = "\uFEFF"

// TestExportIsNeverAFormula checks that no cell is a formula to a spreadsheet, that all
// rows have the same length, and that the text is otherwise unchanged.
func TestExportIsNeverAFormula(t *testing.T) {
	texts := []string{"=1+1", "+86", "-大桥", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "a,\"b\"\nc", "平常"}
	engine := &stub{response: search.Response{Generation: "g"}}
	for _, text := range texts {
		engine.response.Hits = append(engine.response.Hits,
			search.Hit{Article: news.Article{ID: text, Title: text, Publication: text, URL: text}})
	}
	body := get(t, engine, "/api/v1/export?q=x").Body.String()
	if !strings.HasPrefix(body, byteOrderMark) || strings.Count(body, "\r\n") < len(texts) {
		t.Errorf("no byte order mark, or wrong line ends: %q", body)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, byteOrderMark))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != len(texts)+1 {
		t.Fatalf("%d rows", len(rows))
	}
	if rows[0][0] != "hit" || rows[0][6] != "title" {
		t.Errorf("the first line is %q, want the names of the columns", rows[0])
	}
	for i, text := range texts {
		title := rows[i+1][6]
		if strings.ContainsAny(title[:1], "=+-@\t\r\n＝＋－＠") ||
			strings.TrimPrefix(title, "'") != strings.ReplaceAll(text, "\r", "") {
			t.Errorf("%q is written as %q", text, title)
		}
	}
}

// TestExportLines checks that each line is an object, the first of which describes the
// export.
func TestExportLines(t *testing.T) {
	engine := &stub{response: search.Response{Generation: "g", Total: 2,
		Hits: []search.Hit{{Article: news.Article{ID: "a"}}, {Article: news.Article{ID: "b"}}}}}
	body := get(t, engine, "/api/v1/export?q=x&format=jsonl&context=9").Body.String()
	lines := strings.Split(strings.TrimSpace(body), "\n")
	if len(lines) != 3 {
		t.Fatalf("%q", lines)
	}
	for i, want := range []string{`"query":"x"`, `"article_id":"a"`, `"match":""`} {
		if !json.Valid([]byte(lines[i])) || !strings.Contains(lines[i], want) {
			t.Errorf("line %d is %s, want %s in it", i+1, lines[i], want)
		}
	}
}

// TestExportThatFails checks that a failure before the first line is answered with a
// problem, and that a later one doesn't look like a complete export.
func TestExportThatFails(t *testing.T) {
	if w := get(t, &stub{err: search.ErrNotReady}, "/api/v1/export?q=x"); w.Code != http.StatusServiceUnavailable {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	srv := httptest.NewServer(New(&failing{}, Options{}))
	defer srv.Close()
	resp, err := http.Get(srv.URL + "/api/v1/export?q=x")
	if err == nil {
		defer resp.Body.Close()
		_, err = io.ReadAll(resp.Body)
	}
	if err == nil {
		t.Error("a truncated export looks complete")
	}
}

// failing is an engine whose disk fails after some hits.
type failing struct{ stub }

func (*failing) Export(_ context.Context, _ search.ExportRequest, sink search.Sink) error {
	if err := sink.Begin(search.Origin{Generation: "g"}); err != nil {
		return err
	}
	for range 1000 {
		if err := sink.Write(search.Hit{Article: news.Article{ID: "a", Title: "渡口"}}, nil); err != nil {
			return err
		}
	}
	return search.ErrDamaged
}

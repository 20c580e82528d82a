package server

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// parquetRow is what a reader of an export expects, with or without contexts.
type parquetRow struct {
	Hit            int32    `parquet:"hit"`
	ArticleID      string   `parquet:"article_id"`
	Publication    string   `parquet:"publication"`
	Title          string   `parquet:"title"`
	Score          float64  `parquet:"score"`
	NearDuplicates int32    `parquet:"near_duplicates"`
	NearIDs        []string `parquet:"near_duplicate_ids,list"`
	N              int32    `parquet:"n"`
	Kind           string   `parquet:"kind"`
}

type parquetHit struct {
	parquetRow
	Text string `parquet:"text"`
}

type parquetMatch struct {
	parquetRow
	Left  string `parquet:"left"`
	Match string `parquet:"match"`
	Right string `parquet:"right"`
}

// readParquet reads a file of rows.
func readParquet[R any](t *testing.T, body []byte) (*parquet.File, []R) {
	t.Helper()
	file, err := parquet.OpenFile(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := parquet.Read[R](bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	return file, rows
}

// TestExportAsParquet checks the values, the types of the columns, and what the file says of itself.
func TestExportAsParquet(t *testing.T) {
	snippet := search.Snippet{Fragments: []search.Fragment{{Text: "大桥合龙。"}}}
	hits := []search.Hit{
		{Article: news.Article{ID: "a", Title: "青禾大桥", Publication: "临江日报", Date: "2025-09-18"}, Score: math.Pi,
			NearDuplicates: []search.NearDuplicate{{ID: "c"}, {ID: "d"}},
			Paragraphs:     []search.Match{{N: 2, Snippet: snippet}}},
		{Article: news.Article{ID: "b", Title: "=1+1\n", Date: "1969-12-31"}},
		{Article: news.Article{ID: "e"}},
	}
	engine := &stub{response: search.Response{Generation: "g", Total: 3, Hits: hits}}
	w := get(t, engine, "/api/v1/export?q=x&format=parquet")
	if kind := w.Header().Get("Content-Type"); kind != "application/vnd.apache.parquet" ||
		!strings.HasSuffix(w.Header().Get("Content-Disposition"), `.parquet"`) {
		t.Errorf("%v", w.Header())
	}
	file, rows := readParquet[parquetHit](t, w.Body.Bytes())
	want := []parquetHit{
		{parquetRow{1, "a", "临江日报", "青禾大桥", math.Pi, 2, []string{"c", "d"}, 2, "body"}, "大桥合龙。"},
		{parquetRow{2, "b", "", "=1+1\n", 0, 0, []string{}, 0, ""}, ""},
		{parquetRow{3, "e", "", "", 0, 0, []string{}, 0, ""}, ""},
	}
	if fmt.Sprintf("%+v", rows) != fmt.Sprintf("%+v", want) {
		t.Errorf("rows\n%+v, want\n%+v", rows, want)
	}
	if got := fmt.Sprint(valuesOf(t, file, "date")); got != "[20349 -1 <null>]" {
		t.Errorf("days since 1970-01-01: %s", got)
	}
	for name, value := range map[string]string{"query": "x", "generation": "g", "total": "3", "total_relation": "eq"} {
		if got, _ := file.Lookup("xunwen." + name); got != value {
			t.Errorf("%s is %q, want %q", name, got, value)
		}
	}
	for name, kind := range map[string]string{
		"date": "DATE", "article_id": "STRING", "score": "DOUBLE", "hit": "INT(32,true)",
	} {
		column, _ := file.Schema().Lookup(name)
		if got := column.Node.Type().String(); got != kind {
			t.Errorf("the type of %s is %s, want %s", name, got, kind)
		}
	}
	body := get(t, engine, "/api/v1/export?q=x&format=parquet&context=5").Body.Bytes()
	if _, rows := readParquet[parquetMatch](t, body); len(rows) != 3 || rows[0].Match != "" {
		t.Errorf("with contexts: %v", rows)
	}
	body = get(t, &stub{response: search.Response{Generation: "g"}}, "/api/v1/export?q=x&format=parquet").Body.Bytes()
	if _, rows := readParquet[parquetHit](t, body); len(rows) != 0 {
		t.Errorf("nothing: %v", rows)
	}
}

// valuesOf returns the values of a column in the first group of rows.
func valuesOf(t *testing.T, file *parquet.File, column string) []parquet.Value {
	t.Helper()
	leaf, _ := file.Schema().Lookup(column)
	pages := file.RowGroups()[0].ColumnChunks()[leaf.ColumnIndex].Pages()
	defer pages.Close()
	page, err := pages.ReadPage()
	if err != nil {
		t.Fatal(err)
	}
	values := make([]parquet.Value, page.NumValues())
	if n, err := page.Values().ReadValues(values); n != len(values) {
		t.Fatal(err)
	}
	return values
}

// longHits is an engine with so many hits, each with a title of so many bytes, that watches what
// has been written.
type longHits struct {
	stub
	hits, titleBytes int
	body             *bytes.Buffer
	mostHeld         int // bytes of titles that were not written yet, at most
}

func (e *longHits) Export(_ context.Context, _ search.ExportRequest, sink search.Sink) error {
	if err := sink.Begin(search.Origin{Generation: "g", Total: e.hits}); err != nil {
		return err
	}
	held, written := 0, e.body.Len()
	for i := range e.hits {
		// Titles that don't repeat can't be compressed to nothing.
		title := strings.Repeat(fmt.Sprintf("%x", uint64(i)*0x9E3779B97F4A7C15), e.titleBytes/16+1)
		if err := sink.Write(search.Hit{Article: news.Article{ID: fmt.Sprint(i), Title: title}}, nil); err != nil {
			return err
		}
		held += len(title)
		if e.body.Len() > written {
			held, written = 0, e.body.Len()
		}
		e.mostHeld = max(e.mostHeld, held)
	}
	return nil
}

// TestParquetIsStreamed checks that rows are written as they come, in groups whose size is bounded
// whatever the number of rows and their texts.
func TestParquetIsStreamed(t *testing.T) {
	for _, e := range []*longHits{{hits: 50_000, titleBytes: 16}, {hits: 2000, titleBytes: 16 << 10}} {
		w := httptest.NewRecorder()
		e.body = w.Body
		New(e, Options{}).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/api/v1/export?q=x&format=parquet", nil))
		file, rows := readParquet[parquetHit](t, w.Body.Bytes())
		if len(rows) != e.hits || rows[e.hits-1].ArticleID != fmt.Sprint(e.hits-1) {
			t.Errorf("%d rows of %d", len(rows), e.hits)
		}
		const most = 8 << 20
		if e.mostHeld > most || len(file.RowGroups()) < 3 {
			t.Errorf("%d hits: %d bytes were held, in %d groups", e.hits, e.mostHeld, len(file.RowGroups()))
		}
	}
}

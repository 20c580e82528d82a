package server

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/server/param"
)

// fullResponse is a page of hits, each with three snippets with marks, and facets with
// as many values as an engine returns.
func fullResponse() search.Response {
	text := "大桥通车以后，渡口自下月起停航；两岸居民说，过江的路从此近了许多，公交也要改道。"
	at := func(part string) search.Span { return search.Span{Start: len("大桥"), End: len("大桥" + part)} }
	snippet := search.Snippet{Before: true,
		Fragments: []search.Fragment{{Text: text, Marks: []search.Span{{End: len("大桥")}, at("通车")}},
			{Text: text, Marks: []search.Span{at("通车")}}}}
	r := search.Response{Generation: "g", Relation: search.Eq, Total: 1284, Cursor: "next", Facets: &search.Facets{}}
	for i := range param.DefaultSize {
		h := search.Hit{Article: news.Article{ID: fmt.Sprint(i), Title: "大桥通车", Kicker: "昨日", Publication: "青禾晚报",
			Date: "2025-03-12", Page: "5", PageName: "国际", Source: "新华社"},
			TitleMarks: []search.Span{{End: len("大桥")}}, NearDuplicates: []search.NearDuplicate{{ID: "b",
				Publication: "晨报", Date: "2025-03-12"}}}
		for n := range 3 {
			h.Paragraphs = append(h.Paragraphs, search.Match{N: n + 1, Section: "共识难觅", Snippet: snippet})
		}
		r.Hits = append(r.Hits, h)
	}
	for field, counts := range facetLists(r.Facets) {
		for i := range search.MaxFacetValues {
			*counts = append(*counts, search.ValueCount{Value: fmt.Sprintf("%d-%d", field, i), Count: 1000 - i})
		}
	}
	for m := range 36 {
		from := fmt.Sprintf("%d-%02d-", 2020+m/12, m%12+1)
		r.Facets.Date = append(r.Facets.Date, search.PeriodCount{From: from + "01", To: from + "28", Count: 1 + m})
	}
	return r
}

// BenchmarkPages measures the server's own work on a page, without the engine's.
func BenchmarkPages(b *testing.B) {
	engine := &stub{response: fullResponse()}
	handler := newServer(engine, Options{}).routes()
	for _, path := range []string{"/", "/search?q=大桥", "/api/v1/search?q=大桥&facets=1"} {
		b.Run(path, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				engine.searches = engine.searches[:0]
				w := httptest.NewRecorder()
				handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
				if w.Code != http.StatusOK {
					b.Fatalf("%s: %d", path, w.Code)
				}
			}
		})
	}
}

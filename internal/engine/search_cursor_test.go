package engine

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"testing"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// FuzzCursor searches with forged cursors, whether of this request and generation or not: the answer is one of
// the errors about cursors, or hits.
func FuzzCursor(f *testing.F) {
	f.Add("", 1, uint32(0))
	f.Add("", -1, uint32(1<<31))
	f.Add("bm8", 0, uint32(0))
	f.Add(base64.RawURLEncoding.EncodeToString([]byte(`{"g":"memory","p":1e9,"l":-1}`)), 3, uint32(9))
	var articles []news.Article
	for _, id := range []string{"a", "b", "c"} {
		articles = append(articles, news.Article{ID: id, Title: "青禾大桥通车", Date: "2026-03-12",
			Paragraphs: []news.Paragraph{{Text: "青禾大桥今天通车。" + id}}})
	}
	node, err := query.Parse("大桥")
	if err != nil {
		f.Fatal(err)
	}
	words := analyzertest.Open(f)
	f.Fuzz(func(t *testing.T, text string, offset int, last uint32) {
		m := newMemory(words, articles, alone)
		e := New("memory", m, m, m.columns, words, Options{Analyzer: "default", Cache: DefaultCache})
		for _, sort := range []search.Sort{search.ByRelevance, search.Newest} {
			r := search.Request{Query: node, Sort: sort, Size: 2}
			forged, err := json.Marshal(cursor{"memory", Digest(r), offset, last})
			if err != nil {
				t.Fatal(err)
			}
			for _, r.Cursor = range []string{text, base64.RawURLEncoding.EncodeToString(forged)} {
				response, err := e.Search(t.Context(), r)
				if err != nil && !errors.Is(err, search.ErrBadCursor) && !errors.Is(err, search.ErrCursorExpired) {
					t.Errorf("%q, %d, %d: %v", text, offset, last, err)
				}
				if len(response.Hits) > 2 {
					t.Errorf("%d hits of 2", len(response.Hits))
				}
			}
		}
	})
}

package engine

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// TestHitsOfOutlines compares hits of articles of which single texts are read with those of
// articles that are read whole.
func TestHitsOfOutlines(t *testing.T) {
	words := openAnalyzer(t)
	r := rand.New(rand.NewPCG(14, 3))
	m := newMemory(words, randomNews(r, 60), alone)
	e := New("random", m, m, m.columns, words, Options{Cache: DefaultCache})
	shown, opened := 0, 0
	for range 150 {
		n, err := query.Parse(randomQuery(r))
		if err != nil {
			t.Fatal(err)
		}
		by := []search.By{search.ByArticle, search.ByParagraph}[r.IntN(2)]
		request := search.Request{Query: n, Size: 10, By: by, NoHighlights: r.IntN(4) == 0}
		got, err := e.Search(t.Context(), request)
		if err != nil {
			t.Fatal(err)
		}
		request.MarkedTexts = true
		want, err := e.Search(t.Context(), request)
		if err != nil {
			t.Fatal(err)
		}
		for i := range want.Hits {
			want.Hits[i].MarkedTexts = nil
			shown += len(want.Hits[i].Paragraphs)
			if want.Hits[i].Opening != "" {
				opened++
			}
		}
		if !reflect.DeepEqual(got.Hits, want.Hits) {
			t.Errorf("%s: %+v\nwant %+v", n, got.Hits, want.Hits)
		}
	}
	if shown < 500 || opened < 100 {
		t.Errorf("only %d paragraphs and %d openings were compared", shown, opened)
	}
}

// TestSnippetOfALongText checks that a snippet shows a match in a long text, and that no more
// than hitBytes are looked through for one.
func TestSnippetOfALongText(t *testing.T) {
	words := openAnalyzer(t)
	filler := strings.Repeat("渡口今天开放。", hitBytes*3/4/len("渡口今天开放。"))
	m := newMemory(words, []news.Article{{
		ID: "long", Title: "渡口", Paragraphs: []news.Paragraph{{Text: filler + "北约东扩。" + filler + "里亚布科夫。"}},
	}}, alone)
	e := New("long", m, m, m.columns, words, Options{})
	for text, marked := range map[string]bool{"北约东扩": true, "里亚布科夫": false} {
		res, err := e.Search(t.Context(), search.Request{Query: &query.Phrase{Text: text}, Size: 1})
		if err != nil || len(res.Hits) != 1 || len(res.Hits[0].Paragraphs) != 1 {
			t.Fatalf("%s: %+v, %v", text, res.Hits, err)
		}
		marks := 0
		for _, f := range res.Hits[0].Paragraphs[0].Snippet.Fragments {
			marks += len(f.Marks)
		}
		if (marks > 0) != marked {
			t.Errorf("%s: the snippet has %d marks", text, marks)
		}
	}
}

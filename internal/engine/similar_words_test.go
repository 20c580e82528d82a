package engine

import (
	"math/rand/v2"
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// TestWordsOfALongArticleAreKept checks that articles similar to a long one are found again
// without segmenting its text again, and that they are the same.
func TestWordsOfALongArticleAreKept(t *testing.T) {
	words := openAnalyzer(t)
	long := strings.Repeat("青禾大桥今天在渡口开放，谭德塞到场。", 2*longText/50)
	articles := randomNews(rand.New(rand.NewPCG(5, 6)), 50)
	for id, text := range map[string]string{"long": long, "other": long[:len(long)/2]} {
		articles = append(articles, news.Article{ID: id, Title: "大桥", Paragraphs: []news.Paragraph{{Text: text}}})
	}
	m := newMemory(words, articles, alone)
	counting := &countingSegmenter{Segmenter: words, segmented: map[string]int{}}
	e := New("random", m, m, m.columns, counting, Options{Cache: DefaultCache})
	var found []string
	for i := range 3 {
		related, err := e.Similar(t.Context(), search.SimilarRequest{ID: "long", Size: 5})
		if err != nil || len(related.Hits) == 0 {
			t.Fatalf("%d hits, %v", len(related.Hits), err)
		}
		found = append(found, "")
		for _, h := range related.Hits {
			found[i] += h.Article.ID + " "
		}
		if found[i] != found[0] {
			t.Errorf("found %s, before %s", found[i], found[0])
		}
	}
	if n := counting.segmented[words.FoldString(long)]; n != 1 {
		t.Errorf("the text was segmented %d times", n)
	}
}

package engine

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/source"
)

// TestEvalAnswersAreExact compares the first hundred hits over real news with the
// plain formula. XUNWEN_CORPORA is a folder with broadcast, webnews and newspaper1998
// (.jsonl.gz and .queries.jsonl each).
func TestEvalAnswersAreExact(t *testing.T) {
	dir := os.Getenv("XUNWEN_CORPORA")
	if dir == "" {
		t.Skip("XUNWEN_CORPORA is not set")
	}
	const (
		queries = 100    // of each corpus
		most    = 30_000 // articles: an index in memory takes some 20 times their text
		first   = 100    // hits that are compared
	)
	words := openAnalyzer(t)
	for _, corpus := range []string{"newspaper1998", "broadcast", "webnews"} {
		articles := readArticles(t, filepath.Join(dir, corpus+".jsonl.gz"), most)
		m := newMemory(words, articles, alone)
		e := New(corpus, m, m, m.columns, words, Options{Cache: DefaultCache})
		asked := readQueries(t, filepath.Join(dir, corpus+".queries.jsonl"))
		pruned := 0
		for i := range queries {
			q := asked[i*len(asked)/queries]
			if _, err := query.Parse(q); err != nil {
				t.Errorf("%q: %v", q, err)
				continue
			}
			for _, by := range []search.By{search.ByArticle, search.ByParagraph} {
				r := search.Request{By: by, Sort: search.ByRelevance, Size: first, Uncollapsed: true}
				pruned += checkExact(t, e, m, q, r)
			}
		}
		t.Logf("%s: %d articles, %d queries exact; %d members pruned", corpus, len(m.articles), queries, pruned)
	}
}

func readArticles(t *testing.T, path string, most int) []news.Article {
	inputs, err := source.Expand([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	var out []news.Article
	for e, err := range source.Read(t.Context(), inputs, source.Options{}) {
		if err != nil || e.Article == nil {
			t.Fatalf("reject %v, error %v", e.Reject, err)
		}
		if len(out) == most {
			break
		}
		out = append(out, *e.Article)
	}
	return out
}

func readQueries(t *testing.T, path string) []string {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() // read only
	var out []string
	for lines := json.NewDecoder(bufio.NewReader(f)); lines.More(); {
		var q struct{ Query string }
		if err := lines.Decode(&q); err != nil {
			t.Fatal(err)
		}
		out = append(out, q.Query)
	}
	return out
}

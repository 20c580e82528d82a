package opensearch

import (
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	"xunwen/internal/analyzer"
	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/engine"
	"xunwen/internal/memindex"
	"xunwen/internal/neardup"
	"xunwen/internal/news"
	"xunwen/internal/opensearch/client"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/opensearch/opensearchtest"
	"xunwen/internal/opensearch/publication"
	"xunwen/internal/search"
	"xunwen/internal/search/searchtest"
	"xunwen/internal/suggest"
)

// testClient connects to the cluster of XUNWEN_OPENSEARCH, or one that it starts.
func testClient(t *testing.T) *client.Client {
	t.Helper()
	url := opensearchtest.Wanted(t)
	if url == "" {
		url = opensearchtest.Start(t, 1).URLs[0]
	}
	return opensearchtest.Connect(t, url)
}

var indexes atomic.Int64

// publish puts articles into an index of its own and returns an engine over it.
func publish(t *testing.T, c *client.Client, words *analyzer.Analyzer, all []news.Article, o Options) *Engine {
	t.Helper()
	near := neardup.Comparer{Fold: words.Folder}
	signatures := make([]neardup.Signature, len(all))
	articles := make([]layout.Article, len(all))
	local := make([]memindex.Article, len(all))
	for i := range all {
		signatures[i] = near.Sign(&all[i])
		articles[i] = layout.Article{Article: all[i], Number: i}
	}
	read := func(i int) (news.Article, error) { return all[i], nil }
	groups, _, err := near.Groups(t.Context(), signatures, nil, read)
	if err != nil {
		t.Fatal(err)
	}
	for i, first := range groups {
		if int(first) != i {
			articles[i].Group = all[first].ID
			articles[first].Group = all[first].ID
		}
	}
	for i := range articles {
		local[i] = memindex.Article{Article: all[i], Sequence: uint32(i), Group: articles[i].Group}
	}
	index := fmt.Sprintf("test-%d-%d", os.Getpid(), indexes.Add(1))
	each := func(yield func(*layout.Article, error) bool) {
		for i := range articles {
			if !yield(&articles[i], nil) {
				return
			}
		}
	}
	t.Cleanup(func() { c.Do(context.Background(), "DELETE", client.Path(index), nil, nil) })
	if err := publication.Load(t.Context(), c, index, layout.Shape{Shards: 2}, words, each, func(r publication.Reject) {
		t.Errorf("rejected: %+v", r)
	}); err != nil {
		t.Fatal(err)
	}
	x := memindex.New(words, local)
	o.Completer = sync.OnceValues(func() (*suggest.Completer, error) {
		lexicon := suggest.NewLexicon(len(x.Columns.Article), x.Counts(engine.Words), x.Counts(engine.Grams))
		return suggest.NewCompleter(lexicon, words.Folder, words.IsStopWord, words.Spelling), nil
	})
	return newEngine(c, index, "memory", words, x.Columns.Sizes(), o)
}

func TestConformance(t *testing.T) {
	t.Run("small", func(t *testing.T) { conformance(t, Options{}) })
	t.Run("windows", func(t *testing.T) { conformance(t, Options{Small: -1, Window: 7}, searchtest.RoughOrder) })
}

func conformance(t *testing.T, o Options, limits ...searchtest.Limit) {
	c := testClient(t)
	searchtest.Run(t, func(t *testing.T, all []news.Article, synonyms ...string) search.Engine {
		words := analyzertest.Open(t, synonyms...)
		return publish(t, c, words, all, o)
	}, analyzertest.Open(t).Folder, limits...)
}

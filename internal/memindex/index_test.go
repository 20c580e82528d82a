package memindex

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"xunwen/internal/analyzer"
	"xunwen/internal/engine"
	"xunwen/internal/neardup"
	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/search/searchtest"
	"xunwen/internal/suggest"
)

func TestConformance(t *testing.T) {
	shared, err := sharedAnalyzer()
	if err != nil {
		t.Fatal(err)
	}
	searchtest.Run(t, func(t *testing.T, all []news.Article, synonyms ...string) search.Engine {
		words := shared
		if len(synonyms) > 0 {
			var err error
			if words, err = openAnalyzer(t.TempDir(), synonyms); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(words.Close)
		}
		near := neardup.Comparer{Fold: words.Folder}
		signatures := make([]neardup.Signature, len(all))
		articles := make([]Article, len(all))
		for i := range all {
			signatures[i] = near.Sign(&all[i])
			articles[i] = Article{Article: all[i], Sequence: uint32(i)}
		}
		read := func(i int) (news.Article, error) { return all[i], nil }
		groups, _, err := near.Groups(t.Context(), signatures, nil, read)
		if err != nil {
			t.Fatal(err)
		}
		for i, first := range groups {
			if int(first) != i {
				articles[i].Group = fmt.Sprint(first)
				articles[first].Group = articles[i].Group
			}
		}
		x := New(words, articles)
		completer := func() (*suggest.Completer, error) {
			lexicon := suggest.NewLexicon(len(x.Columns.Article), x.Counts(engine.Words), x.Counts(engine.Grams))
			return suggest.NewCompleter(lexicon, words.Folder, words.IsStopWord, words.Spelling), nil
		}
		return engine.New("memory", x, x, x.Columns, words, engine.Options{
			Analyzer: "default", Cache: engine.DefaultCache, Completer: completer,
		})
	}, shared.Folder)
}

var sharedAnalyzer = sync.OnceValues(func() (*analyzer.Analyzer, error) {
	dir, err := os.MkdirTemp("", "dictionaries-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) // it is in memory then
	return openAnalyzer(dir, nil)
})

func openAnalyzer(dir string, synonyms []string) (*analyzer.Analyzer, error) {
	if err := analyzer.Install(dir, ""); err != nil {
		return nil, err
	}
	if len(synonyms) > 0 {
		file := filepath.Join(dir, "given.txt")
		if err := os.WriteFile(file, []byte(strings.Join(synonyms, "")), 0o600); err != nil {
			return nil, err
		}
		if err := analyzer.InstallSynonyms(dir, file); err != nil {
			return nil, err
		}
	}
	return analyzer.Open(dir)
}

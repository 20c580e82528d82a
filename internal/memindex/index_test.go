package memindex

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/engine"
	"xunwen/internal/neardup"
	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/search/searchtest"
	"xunwen/internal/suggest"
)

func TestConformance(t *testing.T) { testConformance(t, nil) }

// TestUnexpectedTerms checks that terms are found that were not expected.
func TestUnexpectedTerms(t *testing.T) {
	testConformance(t, func(term string) bool { return len(term)%2 == 0 })
}

func testConformance(t *testing.T, expected func(term string) bool) {
	searchtest.Run(t, func(t *testing.T, all []news.Article, synonyms ...string) search.Engine {
		words := analyzertest.Open(t, synonyms...)
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
		x, err := NewFor(t.Context(), words, articles, expected)
		if err != nil {
			t.Fatal(err)
		}
		completer := func() (*suggest.Completer, error) {
			lexicon := suggest.NewLexicon(len(x.Columns.Article), x.Counts(engine.Words), x.Counts(engine.Grams))
			return suggest.NewCompleter(lexicon, words.Folder, words.IsStopWord, words.Spelling), nil
		}
		return engine.New("memory", x, x, x.Columns, words, engine.Options{
			Analyzer: "default", Cache: engine.DefaultCache, Completer: completer,
		})
	}, analyzertest.Open(t).Folder)
}

// TestEndedContext looks up a term that was not expected once the context has ended.
func TestEndedContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	articles := []Article{{Article: news.Article{ID: "a", Title: "青禾大桥"}}}
	x, err := NewFor(ctx, analyzertest.Open(t), articles, func(string) bool { return false })
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	_, documents := x.Documents(engine.Grams, "大桥")
	_, list := x.List(engine.Grams, "大桥")
	_, count := x.Count(engine.Grams, "大桥")
	terms := x.Terms(engine.Grams, "", "", func(string) error { return nil })
	for _, err := range []error{documents, list, count, terms} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("a term was looked up after the context had ended: %v", err)
		}
	}
}

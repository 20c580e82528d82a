package engine

import (
	"iter"
	"maps"
	"slices"
	"testing"

	"xunwen/internal/neardup"
	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/search/searchtest"
	"xunwen/internal/suggest"
)

// The conformance suite runs over an index in memory, so that it tests this package
// without the storage.
func TestConformance(t *testing.T) {
	searchtest.Run(t, func(t *testing.T, articles []news.Article, synonyms ...string) search.Engine {
		words := openAnalyzer(t, synonyms...)
		near := neardup.Comparer{Fold: words.Folder}
		signatures := make([]neardup.Signature, len(articles))
		for i := range articles {
			signatures[i] = near.Sign(&articles[i])
		}
		read := func(i int) (news.Article, error) { return articles[i], nil }
		groups, _, err := near.Groups(t.Context(), signatures, nil, read)
		if err != nil {
			t.Fatal(err)
		}
		m := newMemory(words, articles, func(i int) uint32 { return groups[i] })
		lexicon := suggest.NewLexicon(len(m.columns.Article), m.documentCounts(Words), m.documentCounts(Grams))
		completer := suggest.NewCompleter(lexicon, words.Folder, words.IsStopWord, words.Spelling)
		return New("memory", m, m, m.columns, words, Options{
			Analyzer:  "default",
			Cache:     DefaultCache,
			Completer: func() (*suggest.Completer, error) { return completer, nil },
		})
	}, openAnalyzer(t).Folder)
}

// documentCounts yields the terms of a field in byte order with their document
// frequencies.
func (m *memory) documentCounts(field string) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		for _, term := range slices.Sorted(maps.Keys(m.fields[field])) {
			if !yield(term, len(m.fields[field][term].docs)) {
				return
			}
		}
	}
}

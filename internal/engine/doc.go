// Package engine runs a query over one generation of an index: it matches,
// ranks, counts facets and highlights, behind three small interfaces (Postings,
// Records, Segmenter), so that the storage below can change.
//
// Start with search.go, which lists the steps of a search; engine.go has the Engine
// and its settings, archive.go lists publications and issues, similar.go finds
// similar articles and near-duplicates. The prefix of every other file names its step:
//
//	plan_*       what a query means: compile makes a plan of its tree
//	match_*      which articles, items of round-ups or paragraphs a plan matches
//	rank_*       their scores, their order and what collapses
//	facet_*      counts by value and over time
//	highlight_*  where a text matches
//	search_*     cursors, hits, exports, suggestions, and teams of goroutines
//	index_*      what is read of an index, and its caches
//
// Documents. An article is a run of documents: number 0, the head, holds its
// title, kicker and subtitle, and numbers from 1 on its paragraphs. Each
// document has two channels, words (jieba words) and grams (Han bigrams, runs
// of letters and digits).
//
// It may import internal/{news,textnorm,numeral,query,analyzer,suggest,search,snippet} of
// this module and must not know bleve.
package engine

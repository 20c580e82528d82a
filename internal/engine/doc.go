// Package engine matches, ranks and marks: the way of a query over
// one generation of an index, behind three small interfaces (Postings, Records,
// Segmenter), so that the storage beneath can change.
//
// Documents. An article is a run of documents: number 0 holds its title, kicker
// and subtitle (the head), 1 and on its paragraphs. Each document has the
// channels words (jieba words) and grams (Han bigrams, Latin and digit runs).
//
// It may import internal/{news,textnorm,query,analyzer,search,snippet} of this module
// and must not know bleve.
package engine

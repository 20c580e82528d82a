// Package inversion turns documents into posting lists by sorting, with bounded memory:
// sort-based inversion with merging of compressed runs (Witten, Moffat and Bell, Managing
// Gigabytes, 1999; Büttcher, Clarke and Cormack, Information Retrieval, 2010, chapter 4).
//
// Start with inversion.go. A posting takes this way:
//
//	worker.go      counts the terms of a document; one Worker for each core, and each for
//	               documents that follow those of the Worker before
//	counter.go     adds up the frequencies of a document's terms, in the cache of the core
//	short.go       a term of one or two characters is its own number
//	table.go       another one gets a number from a table, most of them by a key (key.go)
//	accumulator.go keeps the postings of a field until they become a run
//	partition.go   in partitions that fit in the cache, to be sorted there
//	run.go         writes the lists of a run to a file, sorted by term, and reads them
//	merge.go       concatenates the lists of all runs, term by term
//
// There is no map and no allocation for a document, a term or a posting. The package knows
// nothing of articles, analysis or the format of an index.
package inversion

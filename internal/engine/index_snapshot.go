package engine

import "sync"

// snapshot is one generation as searches read it. Nothing of it changes but its
// caches. It is safe for concurrent use.
type snapshot struct {
	postings  Postings
	records   Records
	columns   *Columns
	segmenter Segmenter

	cache        *cache
	symbols      *symbols
	accumulators sync.Pool // of *accumulator
}

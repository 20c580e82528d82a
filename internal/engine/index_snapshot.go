package engine

import (
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/search"
)

// snapshot is one generation as searches read it. Nothing of it changes but its
// caches. It is safe for concurrent use.
type snapshot struct {
	postings  Postings
	records   Records
	columns   *Columns
	segmenter Segmenter

	cache        *cache
	symbols      *symbols
	names        *lazy[map[string][]search.Named] // by nameKey
	leads        *lazy[*roaring.Bitmap]           // the documents of leads
	accumulators sync.Pool                        // of *accumulator
	pool         sync.Pool                        // of *buffers
}

// reader is a snapshot as one search reads it, with the posting lists that it looked up.
type reader struct {
	*snapshot
	lists map[term]*postingList
}

package engine

import (
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/search"
)

// snapshot is one generation as searches read it. Nothing of it changes but its
// caches. It is safe for concurrent use.
type snapshot struct {
	postings   Postings
	records    Records
	columns    *Columns
	segmenter  Segmenter
	statistics Statistics // nil for those of the index itself

	cache        *cache
	symbols      *symbols
	names        *lazy[map[string][]search.Named] // by nameKey
	leads        *lazy[*roaring.Bitmap]           // the documents of leads
	accumulators sync.Pool                        // of *accumulator
	pool         sync.Pool                        // of *buffers
}

// reader is a snapshot as one search reads it, with the posting lists that it looked up. It is
// safe for concurrent use by the search's team.
type reader struct {
	*snapshot

	mu      sync.Mutex
	lists   map[term]*postingList // they don't change
	counted map[term]*postingList // those of lists with exact counts, where that takes a while
}

func newReader(sn *snapshot) *reader {
	return &reader{snapshot: sn, lists: map[term]*postingList{}, counted: map[term]*postingList{}}
}

// known returns the posting list of a term that was kept.
func (sn *reader) known(lists map[term]*postingList, key term) (*postingList, bool) {
	sn.mu.Lock()
	defer sn.mu.Unlock()
	l, ok := lists[key]
	return l, ok
}

// keep keeps a posting list.
func (sn *reader) keep(lists map[term]*postingList, key term, l *postingList) {
	sn.mu.Lock()
	defer sn.mu.Unlock()
	lists[key] = l
}

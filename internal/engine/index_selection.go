package engine

// selection are documents: ranges, which ascend, and the same as a bit set of all documents;
// nil where nobody has made it.
type selection struct {
	ranges []DocumentRange
	set    []uint64
	all    int // documents that set has room for
}

// scanned is up to how many postings of a list, for each range, it costs less to look each up in
// a bit set than to seek the ranges. Of the list, those between the first and the last range count.
const scanned = 12

// of appends the selected postings of a list.
func (s selection) of(l List, docs []uint32, frequencies []uint16) ([]uint32, []uint16, error) {
	if s.set != nil {
		within := DocumentRange{s.ranges[0].From, s.ranges[len(s.ranges)-1].End}
		if l.Len()*int(within.End-within.From)/s.all <= scanned*len(s.ranges) {
			return l.AppendIn(docs, frequencies, s.set, within)
		}
	}
	return l.AppendWithin(docs, frequencies, s.ranges)
}

// fewRanges is up to how many ranges of documents are sought in any list.
const fewRanges = 64

// selection selects the documents in ranges, until the next call. There are n documents in all.
func (b *buffers) selection(ranges []DocumentRange, n int) selection {
	if len(ranges) <= fewRanges {
		return selection{ranges: ranges}
	}
	clear(b.chosen)
	if size := (n + 63) / 64; len(b.chosen) != size {
		b.chosen = make([]uint64, size)
	}
	for _, r := range ranges {
		for doc := r.From; doc < r.End; doc++ {
			b.chosen[doc>>6] |= 1 << (doc & 63)
		}
	}
	return selection{ranges, b.chosen, n}
}

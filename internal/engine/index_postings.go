package engine

import (
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// postings are postings of a term: all of them, or those in some articles.
type postings struct {
	docs        []uint32 // sorted
	frequencies []uint16
}

// union returns the numbers in one or both of two sorted lists.
func union(a, b []uint32) []uint32 {
	out := make([]uint32, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			out, a = append(out, a[0]), a[1:]
		case a[0] > b[0]:
			out, b = append(out, b[0]), b[1:]
		default:
			out, a, b = append(out, a[0]), a[1:], b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// appendWithin appends to p those of all postings that are in ranges.
func (all *postings) appendWithin(p *postings, ranges []DocumentRange) {
	i := 0
	for _, r := range ranges {
		for i = seek(all.docs, i, r.From); i < len(all.docs) && all.docs[i] < r.End; i++ {
			p.docs, p.frequencies = append(p.docs, all.docs[i]), append(p.frequencies, all.frequencies[i])
		}
	}
}

// merge returns the postings of two terms that are taken for one.
func merge(a, b postings) postings {
	var out postings
	i, j := 0, 0
	for i < len(a.docs) || j < len(b.docs) {
		doc := uint32(math.MaxUint32)
		if i < len(a.docs) {
			doc = a.docs[i]
		}
		if j < len(b.docs) {
			doc = min(doc, b.docs[j])
		}
		frequency := 0
		if i < len(a.docs) && a.docs[i] == doc {
			frequency += int(a.frequencies[i])
			i++
		}
		if j < len(b.docs) && b.docs[j] == doc {
			frequency += int(b.frequencies[j])
			j++
		}
		out.docs = append(out.docs, doc)
		out.frequencies = append(out.frequencies, uint16(min(frequency, MaxFrequency)))
	}
	return out
}

// inItem is how often the term occurs in an item and in the head before it. The postings
// of the article begin at the index first.
func (l *postings) inItem(first int, head uint32, item DocumentRange) float64 {
	tf := 0.0
	if head < item.From && first < len(l.docs) && l.docs[first] == head {
		tf = float64(l.frequencies[first])
	}
	for i := seek(l.docs, first, item.From); i < len(l.docs) && l.docs[i] < item.End; i++ {
		tf += float64(l.frequencies[i])
	}
	return tf
}

// buffers are room for postings and members, for one goroutine at a time.
type buffers struct {
	postings
	members []uint32 // in any order
	set     []uint64 // a bit for each of many further members
	dense   bool     // some are set
	chosen  []uint64 // a bit for each document of a selection
}

// addMembers adds the members that sorted documents found in a zone stand for.
func (b *buffers) addMembers(s scope, docs []uint32, in zone) {
	if len(docs) < denseSize || in.ofArticle() {
		b.members = s.appendMembers(b.members, docs, in)
		return
	}
	if size := denseWords(s.size()); len(b.set) != size {
		b.set = make([]uint64, size)
	}
	b.dense = true
	s.setMembers(b.set, docs)
}

// takeMembers returns the set of members, which are below n.
func (b *buffers) takeMembers(n int) *roaring.Bitmap {
	if !b.dense {
		return setOf(b.members, n)
	}
	for _, m := range b.members {
		b.set[m>>6] |= 1 << (m & 63)
	}
	found := roaring.FromDense(b.set, true)
	clear(b.set)
	b.dense = false
	return found
}

// buffers returns room, which goes back to sn.pool; not after a panic, which may leave it half used.
func (sn *snapshot) buffers() *buffers {
	if b, ok := sn.pool.Get().(*buffers); ok {
		return b
	}
	return &buffers{}
}

// seek returns the first index from on where docs is at least doc. It gallops
// (Bentley and Yao, An Almost Optimal Algorithm for Unbounded Searching, 1976), so
// that what is near is found at once.
func seek(docs []uint32, from int, doc uint32) int {
	if from == len(docs) || docs[from] >= doc {
		return from
	}
	step := 1
	for from+step < len(docs) && docs[from+step] < doc {
		from += step
		step *= 2
	}
	at, _ := slices.BinarySearch(docs[from:min(from+step+1, len(docs))], doc)
	return from + at
}

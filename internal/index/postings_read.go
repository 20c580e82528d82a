package index

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"xunwen/internal/engine"
)

// Documents implements engine.Postings.
func (p *Postings) Documents(field string, terms ...string) (*roaring.Bitmap, error) {
	return p.combine(field, terms, false, roaring.FastOr)
}

// Common implements engine.Postings.
func (p *Postings) Common(field string, terms ...string) (*roaring.Bitmap, error) {
	return p.combine(field, terms, true, func(sets ...*roaring.Bitmap) *roaring.Bitmap {
		slices.SortFunc(sets, func(a, b *roaring.Bitmap) int {
			return cmp.Compare(a.GetCardinality(), b.GetCardinality())
		})
		return roaring.FastAnd(sets...)
	})
}

// combine combines the documents of terms in each segment by f, where they are
// bitmaps already, and converts the result to numbers. If all is set, the result
// is empty when a term has no document.
func (p *Postings) combine(
	field string, terms []string, all bool, f func(...*roaring.Bitmap) *roaring.Bitmap,
) (*roaring.Bitmap, error) {
	var docs []uint32
	for _, s := range p.segments {
		sets, err := s.termDocuments(field, terms, all)
		if err != nil {
			return nil, fmt.Errorf("postings of %s: %w", field, err)
		}
		if len(sets) == 0 {
			continue
		}
		found := sets[0]
		if len(sets) > 1 {
			found = f(sets...)
		}
		docs = s.appendNumbers(docs, found)
	}
	return p.bitmap(docs), nil
}

// appendNumbers appends the numbers of documents of the segment, without deleted
// ones.
func (s openSegment) appendNumbers(to []uint32, found *roaring.Bitmap) []uint32 {
	n := int(found.GetCardinality())
	to = slices.Grow(to, n)
	docs := to[len(to) : len(to)+n]
	for _, doc := range docs[:found.ManyIterator().NextMany(docs)] {
		if number := s.numbers[doc]; number != noNumber {
			to = append(to, number) // overwrites only what was read
		}
	}
	return to
}

// bitmap returns a set of documents, which may be in any order.
func (p *Postings) bitmap(docs []uint32) *roaring.Bitmap {
	if p.sortIsFaster(len(docs)) {
		return roaring.BitmapOf(docs...)
	}
	set := make([]uint64, (p.count+63)/64)
	for _, doc := range docs {
		set[doc>>6] |= 1 << (doc & 63)
	}
	return roaring.FromDense(set, false)
}

// sortIsFaster reports whether sorting n document numbers is faster than setting
// them in a bit set of all documents: sorting takes about 50 ns a number, reading
// a bit set 1 ns for 64 documents.
func (p *Postings) sortIsFaster(n int) bool { return n < p.count/sparse }

// sparse is the number of documents, for each that is to be sorted, from which
// sorting is faster.
const sparse = 2048

// termDocuments returns the documents of each term as sets of bleve's numbers, and
// omits terms without a document; if all is set, such a term makes the result
// empty. The bitmaps must not be changed.
func (s openSegment) termDocuments(field string, terms []string, all bool) ([]*roaring.Bitmap, error) {
	dict, err := s.segment.Dictionary(field)
	if err != nil {
		return nil, err
	}
	var sets []*roaring.Bitmap
	var single []uint32 // the documents of terms with only one
	for _, term := range terms {
		list, err := dict.PostingsList([]byte(term), nil, nil)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", term, err)
		}
		if list.Count() == 0 {
			if all {
				return nil, nil
			}
			continue
		}
		it, ok := list.Iterator(false, false, false, nil).(segment.OptimizablePostingsIterator)
		if !ok {
			return nil, fmt.Errorf("%q: the iterator of the segment has no bitmap", term)
		}
		doc, one := it.DocNum1Hit()
		switch {
		case one && all:
			sets = append(sets, roaring.BitmapOf(uint32(doc)))
		case one:
			single = append(single, uint32(doc))
		default:
			sets = append(sets, it.ActualBitmap())
		}
	}
	if len(single) > 0 {
		sets = append(sets, roaring.BitmapOf(single...))
	}
	return sets, nil
}

// Count implements engine.Postings.
func (p *Postings) Count(field, term string) (int, error) {
	n := uint64(0)
	for _, s := range p.segments {
		dict, err := s.segment.Dictionary(field)
		if err != nil {
			return 0, fmt.Errorf("counting %s:%q: %w", field, term, err)
		}
		list, err := dict.PostingsList([]byte(term), s.deleted, nil)
		if err != nil {
			return 0, fmt.Errorf("counting %s:%q: %w", field, term, err)
		}
		n += list.Count()
	}
	return int(n), nil
}

// List implements engine.Postings.
func (p *Postings) List(field, term string) (docs []uint32, frequencies []uint16, err error) {
	var found []posting
	for _, s := range p.segments {
		if found, err = s.read(found, field, term); err != nil {
			return nil, nil, fmt.Errorf("postings of %s:%q: %w", field, term, err)
		}
	}
	docs, frequencies = make([]uint32, len(found)), make([]uint16, len(found))
	if p.sortIsFaster(len(found)) {
		slices.Sort(found)
		for i, c := range found {
			docs[i], frequencies[i] = c.doc(), c.frequency()
		}
		return docs, frequencies, nil
	}
	m := p.orderBuffer()
	defer p.buffers.Put(m)
	for _, c := range found {
		m.set[c.doc()>>6] |= 1 << (c.doc() & 63)
		m.frequencies[c.doc()] = c.frequency()
	}
	i := 0
	for w, word := range m.set {
		for ; word != 0; word &= word - 1 {
			doc := uint32(w<<6 + bits.TrailingZeros64(word))
			docs[i], frequencies[i] = doc, m.frequencies[doc]
			i++
		}
		m.set[w] = 0
	}
	return docs, frequencies, nil
}

// posting is the number of a document and the frequency of a term in it.
type posting uint64

func (c posting) doc() uint32       { return uint32(c >> 16) }
func (c posting) frequency() uint16 { return uint16(c) }

// read appends the postings of a term in the segment.
func (s openSegment) read(to []posting, field, term string) ([]posting, error) {
	list, err := s.list(field, term)
	if err != nil {
		return nil, err
	}
	to = slices.Grow(to, int(list.Count()))
	for it := list.Iterator(true, false, false, nil); ; {
		next, err := it.Next()
		if err != nil {
			return nil, err
		}
		if next == nil {
			return to, nil
		}
		if number := s.numbers[next.Number()]; number != noNumber {
			frequency := min(next.Frequency(), engine.MaxFrequency)
			to = append(to, posting(number)<<16|posting(frequency))
		}
	}
}

// orderBuffer puts documents in order; between uses, set is empty.
type orderBuffer struct {
	set         []uint64 // a bit for each document
	frequencies []uint16 // by document
}

// orderBuffer returns a buffer; p.buffers.Put returns it to the pool.
func (p *Postings) orderBuffer() *orderBuffer {
	if m, ok := p.buffers.Get().(*orderBuffer); ok {
		return m
	}
	return &orderBuffer{make([]uint64, (p.count+63)/64), make([]uint16, p.count)}
}

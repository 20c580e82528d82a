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
		slices.SortFunc(sets, func(a, b *roaring.Bitmap) int { return cmp.Compare(a.GetCardinality(), b.GetCardinality()) })
		return roaring.FastAnd(sets...)
	})
}

// combine combines the documents of terms in each segment, where they are
// bitmaps already, and numbers what comes out. Where all is set, a term that
// nothing holds leaves nothing.
func (p *Postings) combine(field string, terms []string, all bool, f func(...*roaring.Bitmap) *roaring.Bitmap) (*roaring.Bitmap, error) {
	var docs []uint32
	for _, s := range p.parts {
		sets, err := s.holders(field, terms, all)
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
		docs = s.appendPlaces(docs, found)
	}
	return p.bitmap(docs), nil
}

// appendPlaces appends the places of those of a segment's documents that have
// one.
func (s part) appendPlaces(to []uint32, found *roaring.Bitmap) []uint32 {
	n := int(found.GetCardinality())
	to = slices.Grow(to, n)
	docs := to[len(to) : len(to)+n]
	for _, doc := range docs[:found.ManyIterator().NextMany(docs)] {
		if at := s.places[doc]; at != noPlace {
			to = append(to, at) // no further than what was read
		}
	}
	return to
}

// bitmap makes a set of documents in any order.
func (p *Postings) bitmap(docs []uint32) *roaring.Bitmap {
	if p.few(len(docs)) {
		return roaring.BitmapOf(docs...)
	}
	set := make([]uint64, (p.count+63)/64)
	for _, doc := range docs {
		set[doc>>6] |= 1 << (doc & 63)
	}
	return roaring.FromDense(set, false)
}

// few tells whether n numbers of documents are sooner sorted than marked in a
// set of all: sorting takes some 50 ns a number, looking through a set 1 ns for
// 64 documents.
func (p *Postings) few(n int) bool { return n < p.count/sparse }

// sparse is how many documents there are at least to each of few.
const sparse = 2048

// holders returns bleve's numbers of a segment's documents that hold each of
// terms, without those that nothing holds; where all is set, one of these makes
// it return nothing. The bitmaps must not be changed.
func (s part) holders(field string, terms []string, all bool) ([]*roaring.Bitmap, error) {
	dict, err := s.segment.Dictionary(field)
	if err != nil {
		return nil, err
	}
	var sets []*roaring.Bitmap
	var ones []uint32
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
			return nil, fmt.Errorf("%q: the segment's iterator shows no bitmap", term)
		}
		doc, one := it.DocNum1Hit()
		switch {
		case one && all:
			sets = append(sets, roaring.BitmapOf(uint32(doc)))
		case one:
			ones = append(ones, uint32(doc))
		default:
			sets = append(sets, it.ActualBitmap())
		}
	}
	if len(ones) > 0 {
		sets = append(sets, roaring.BitmapOf(ones...))
	}
	return sets, nil
}

// Count implements engine.Postings.
func (p *Postings) Count(field, term string) (int, error) {
	n := uint64(0)
	for _, s := range p.parts {
		dict, err := s.segment.Dictionary(field)
		if err != nil {
			return 0, fmt.Errorf("counting %s:%q: %w", field, term, err)
		}
		list, err := dict.PostingsList([]byte(term), s.gone, nil)
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
	for _, s := range p.parts {
		if found, err = s.read(found, field, term); err != nil {
			return nil, nil, fmt.Errorf("postings of %s:%q: %w", field, term, err)
		}
	}
	docs, frequencies = make([]uint32, len(found)), make([]uint16, len(found))
	if p.few(len(found)) {
		slices.Sort(found)
		for i, c := range found {
			docs[i], frequencies[i] = c.doc(), c.frequency()
		}
		return docs, frequencies, nil
	}
	m := p.marks()
	defer p.scratch.Put(m)
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

// posting is a document with a term's frequency in it.
type posting uint64

func (c posting) doc() uint32       { return uint32(c >> 16) }
func (c posting) frequency() uint16 { return uint16(c) }

// read appends a segment's postings of a term.
func (s part) read(to []posting, field, term string) ([]posting, error) {
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
		if at := s.places[next.Number()]; at != noPlace {
			frequency := min(next.Frequency(), engine.MaxFrequency)
			to = append(to, posting(at)<<16|posting(frequency))
		}
	}
}

// marks is memory to put documents in order with; between uses set is empty.
type marks struct {
	set         []uint64 // a bit for each document
	frequencies []uint16 // by document
}

// marks returns such memory; it goes back by p.scratch.Put.
func (p *Postings) marks() *marks {
	if m, ok := p.scratch.Get().(*marks); ok {
		return m
	}
	return &marks{make([]uint64, (p.count+63)/64), make([]uint16, p.count)}
}

package index

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/engine"
	"xunwen/internal/segment"
)

// Documents implements engine.Postings.
func (p *Postings) Documents(field string, terms ...string) (*roaring.Bitmap, error) {
	return p.combine(field, terms, false, openSegment.union)
}

// Common implements engine.Postings.
func (p *Postings) Common(field string, terms ...string) (*roaring.Bitmap, error) {
	return p.combine(field, terms, true, openSegment.common)
}

// combine combines the documents of terms in each segment by f. If all is set, the result
// is empty when a term has no document.
func (p *Postings) combine(
	field string, terms []string, all bool,
	f func(openSegment, []segment.Term, *segment.Cursor) ([]uint32, error),
) (*roaring.Bitmap, error) {
	c := p.cursor()
	defer p.release(c)
	var docs []uint32
	for _, s := range p.segments {
		found, err := s.lookupAll(field, terms, all)
		if err != nil {
			return nil, fmt.Errorf("postings of %s: %w", field, damage(err))
		}
		if len(found) == 0 {
			continue
		}
		of, err := f(s, found, c)
		if err != nil {
			return nil, fmt.Errorf("postings of %s: %w", field, damage(err))
		}
		of = s.renumber(of, nil)
		if docs == nil {
			docs = of
		} else {
			docs = append(docs, of...)
		}
	}
	return p.bitmap(docs), nil
}

// Between implements engine.Postings.
func (p *Postings) Between(field, from, to string) (*roaring.Bitmap, error) {
	c := p.cursor()
	defer p.release(c)
	var docs []uint32
	for _, s := range p.segments {
		first := len(docs)
		it := s.Field(field).Terms(from, to)
		for it.Next() {
			var err error
			if docs, err = it.Term().AppendDocs(docs, c); err != nil {
				return nil, fmt.Errorf("postings of %s:%q: %w", field, it.Bytes(), damage(err))
			}
		}
		if err := it.Err(); err != nil {
			return nil, fmt.Errorf("terms of %s from %q: %w", field, from, damage(err))
		}
		docs = docs[:first+len(s.renumber(docs[first:], nil))]
	}
	return p.bitmap(docs), nil
}

func (p *Postings) cursor() *segment.Cursor {
	if c, ok := p.cursors.Get().(*segment.Cursor); ok {
		return c
	}
	return new(segment.Cursor)
}

// release ends the use of a cursor.
func (p *Postings) release(c *segment.Cursor) {
	p.decoded.Add(int64(c.Decoded))
	c.Decoded = 0
	p.cursors.Put(c)
}

// BlocksDecoded returns how many blocks of postings were decoded since the index was opened:
// what the work of a search grows with.
func (p *Postings) BlocksDecoded() int64 { return p.decoded.Load() }

// lookupAll looks terms up and omits those without a document; if all is set, such a term makes
// the result empty.
func (s openSegment) lookupAll(field string, terms []string, all bool) ([]segment.Term, error) {
	var found []segment.Term
	for _, term := range terms {
		t, ok, err := s.lookup(field, term)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", term, err)
		}
		if ok {
			found = append(found, t)
		} else if all {
			return nil, nil
		}
	}
	return found, nil
}

// union returns the documents with any of terms; they are in no order.
func (s openSegment) union(terms []segment.Term, c *segment.Cursor) (docs []uint32, err error) {
	for _, t := range terms {
		if docs, err = t.AppendDocs(slices.Grow(docs, t.Documents), c); err != nil {
			return nil, err
		}
	}
	return docs, nil
}

// common returns the documents with all of terms.
func (s openSegment) common(terms []segment.Term, c *segment.Cursor) ([]uint32, error) {
	slices.SortFunc(terms, func(a, b segment.Term) int { return cmp.Compare(a.Documents, b.Documents) })
	docs, err := terms[0].AppendDocs(make([]uint32, 0, terms[0].Documents), c)
	for _, t := range terms[1:] {
		if err != nil || len(docs) == 0 {
			return nil, err
		}
		docs, err = t.Retain(docs, c)
	}
	return docs, err
}

// renumber replaces documents of the segment by their numbers in the generation, and drops
// deleted ones, with their frequencies, which may be nil.
func (s openSegment) renumber(docs []uint32, frequencies []uint16) []uint32 {
	if s.numbers == nil {
		if s.first > 0 {
			for i := range docs {
				docs[i] += s.first
			}
		}
		return docs
	}
	kept := 0
	for i, doc := range docs {
		n := s.numbers[doc]
		if n == noNumber {
			continue
		}
		docs[kept] = n
		if frequencies != nil {
			frequencies[kept] = frequencies[i]
		}
		kept++
	}
	return docs[:kept]
}

// own returns those of sorted documents of the generation that are the segment's, and those
// after them.
func (s openSegment) own(docs []uint32) (own, rest []uint32) {
	from, _ := slices.BinarySearch(docs, s.first)
	to, _ := slices.BinarySearch(docs, s.first+s.count)
	return docs[from:to], docs[to:]
}

// unnumber replaces numbers of the generation by documents of the segment.
func (s openSegment) unnumber(docs []uint32) {
	switch {
	case s.docs != nil:
		for i, n := range docs {
			docs[i] = s.docs[n-s.first]
		}
	case s.first > 0:
		for i := range docs {
			docs[i] -= s.first
		}
	}
}

// ownRanges returns the parts of ranges, which ascend, that are the segment's, as it numbers
// documents. They may have deleted ones.
func (s openSegment) ownRanges(ranges []engine.DocumentRange) []engine.DocumentRange {
	end := s.first + s.count
	if s.first == 0 && s.docs == nil && (len(ranges) == 0 || ranges[len(ranges)-1].End <= end) {
		return ranges
	}
	var out []engine.DocumentRange
	for _, r := range ranges {
		if r.From = max(r.From, s.first); r.From >= min(r.End, end) {
			continue
		}
		r.From, r.End = r.From-s.first, min(r.End, end)-s.first
		if s.docs != nil {
			r.From, r.End = s.docs[r.From], s.docs[r.End-1]+1
		}
		out = append(out, r)
	}
	return out
}

// bitmap returns a set of documents, which may be in any order.
func (p *Postings) bitmap(docs []uint32) *roaring.Bitmap {
	if len(docs) < p.count/sparse {
		return roaring.BitmapOf(docs...)
	}
	set := make([]uint64, (p.count+63)/64)
	for _, doc := range docs {
		set[doc>>6] |= 1 << (doc & 63)
	}
	return roaring.FromDense(set, false)
}

// sparse is the number of documents, for each of a set, from which adding them one by one is
// faster than setting them in a bit set of all documents: adding takes about 50 ns a number,
// reading a bit set 1 ns for 64 documents.
const sparse = 2048

// Count implements engine.Postings.
func (p *Postings) Count(field, term string) (int, error) {
	n := 0
	for _, s := range p.segments {
		t, ok, err := s.lookup(field, term)
		if err != nil {
			return 0, fmt.Errorf("counting %s:%q: %w", field, term, damage(err))
		}
		switch {
		case !ok:
		case s.numbers == nil:
			n += t.Documents
		default:
			docs, err := t.AppendDocs(nil, new(segment.Cursor))
			if err != nil {
				return 0, fmt.Errorf("counting %s:%q: %w", field, term, damage(err))
			}
			n += len(s.renumber(docs, nil))
		}
	}
	return n, nil
}

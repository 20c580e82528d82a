package index

import (
	"fmt"

	"xunwen/internal/engine"
	"xunwen/internal/segment"
)

// list is the posting list of a term in all segments. It implements engine.List.
type list struct {
	postings *Postings
	parts    []listPart
	one      [1]listPart // room for parts
	field    string
	term     string
	count    int // documents
	articles int // with one of them; -1 if nobody has counted them
}

// listPart is the list in one segment.
type listPart struct {
	*openSegment
	term segment.Term
}

// List implements engine.Postings.
func (p *Postings) List(field, term string) (engine.List, error) {
	l := &list{postings: p, field: field, term: term}
	l.parts = l.one[:0]
	for i := range p.segments {
		s := &p.segments[i]
		t, ok, err := s.lookup(field, term)
		if err != nil {
			return nil, l.failed(err)
		}
		if !ok {
			continue
		}
		l.parts = append(l.parts, listPart{s, t})
	}
	for _, part := range l.parts {
		if err := l.countPart(part); err != nil {
			return nil, l.failed(err)
		}
	}
	if l.count == 0 {
		return nil, nil
	}
	return l, nil
}

func (l *list) failed(err error) error {
	return fmt.Errorf("postings of %s:%q: %w", l.field, l.term, damage(err))
}

// countPart adds the counts of a part. Those of a segment include deleted documents, of which
// there are few.
func (l *list) countPart(part listPart) error {
	summary, ok, err := part.term.Summary()
	switch {
	case err != nil:
		return err
	case !ok && part.numbers == nil && len(l.parts) == 1:
		l.count, l.articles = part.term.Documents, -1 // a short list: who needs the number counts
		return nil
	case !ok || part.term.Documents < len(part.deleted):
		return l.countDocuments(part)
	}
	l.count += part.term.Documents
	l.articles += int(summary.Articles)
	return l.countDeleted(part)
}

// countDocuments adds the counts of a part by its documents.
func (l *list) countDocuments(part listPart) error {
	c := l.postings.cursor()
	defer l.postings.release(c)
	docs, err := part.term.AppendDocs(nil, c)
	docs = part.renumber(docs, nil)
	l.count += len(docs)
	of := l.postings.articles
	for i, doc := range docs {
		if i == 0 || of[doc] != of[docs[i-1]] {
			l.articles++
		}
	}
	return err
}

// countDeleted takes the deleted documents of a part from its counts.
func (l *list) countDeleted(part listPart) error {
	if len(part.deleted) == 0 {
		return nil
	}
	docs := make([]uint32, len(part.deleted))
	for i, d := range part.deleted {
		docs[i] = d.document
	}
	c := l.postings.cursor()
	defer l.postings.release(c)
	docs, err := part.term.Retain(docs, c)
	l.count -= len(docs)
	at, last := 0, -1
	for _, doc := range docs {
		for part.deleted[at].document < doc {
			at++
		}
		if a := int(part.deleted[at].article); a != last {
			l.articles--
			last = a
		}
	}
	return err
}

// Len implements engine.List.
func (l *list) Len() int { return l.count }

// Articles implements engine.List.
func (l *list) Articles() (n int, ok bool) { return l.articles, l.articles >= 0 }

// AppendDocs implements engine.List.
func (l *list) AppendDocs(to []uint32) ([]uint32, error) {
	c := l.postings.cursor()
	defer l.postings.release(c)
	for _, part := range l.parts {
		from := len(to)
		var err error
		if to, err = part.term.AppendDocs(to, c); err != nil {
			return nil, l.failed(err)
		}
		to = to[:from+len(part.renumber(to[from:], nil))]
	}
	return to, nil
}

// Retain implements engine.List.
func (l *list) Retain(docs []uint32) ([]uint32, error) {
	c := l.postings.cursor()
	defer l.postings.release(c)
	kept, rest := docs[:0], docs
	for _, part := range l.parts {
		var own []uint32
		own, rest = part.own(rest)
		part.unnumber(own)
		found, err := part.term.Retain(own, c)
		if err != nil {
			return nil, l.failed(err)
		}
		kept = append(kept, part.renumber(found, nil)...)
	}
	return kept, nil
}

// AppendWithin implements engine.List.
func (l *list) AppendWithin(
	docs []uint32, frequencies []uint16, ranges []engine.DocumentRange,
) ([]uint32, []uint16, error) {
	c := l.postings.cursor()
	defer l.postings.release(c)
	for _, part := range l.parts {
		from := len(docs)
		var err error
		if docs, frequencies, err = part.appendWithin(docs, frequencies, part.ownRanges(ranges), c); err != nil {
			return nil, nil, l.failed(err)
		}
		kept := from + len(part.renumber(docs[from:], frequencies[from:]))
		docs, frequencies = docs[:kept], frequencies[:kept]
	}
	return docs, frequencies, nil
}

// appendWithin appends the postings of documents in ranges, as the segment numbers them. Of
// blocks outside of them it reads nothing, and frequencies only of blocks with such
// documents.
func (part listPart) appendWithin(
	docs []uint32, frequencies []uint16, ranges []engine.DocumentRange, c *segment.Cursor,
) ([]uint32, []uint16, error) {
	if err := c.Reset(part.term); err != nil {
		return nil, nil, err
	}
	var block []uint32
	var of []uint16 // frequencies of the block, once they are needed
	var err error
	at := 0
	for n := 0; n < len(ranges); {
		r := ranges[n]
		if at == len(block) || block[len(block)-1] < r.From {
			if block, err = c.Seek(r.From); err != nil || len(block) == 0 {
				return docs, frequencies, err
			}
			of, at = nil, 0
		}
		at += lowerBound(block[at:], r.From)
		if n++; block[at] >= r.End {
			n = engine.SeekRange(ranges, n, block[at])
			continue
		}
		for ; ; at = 0 {
			start := at
			for at < len(block) && block[at] < r.End {
				at++
			}
			if at > start {
				if of == nil {
					if of, err = c.Frequencies(); err != nil {
						return nil, nil, err
					}
				}
				docs, frequencies = append(docs, block[start:at]...), append(frequencies, of[start:at]...)
			}
			if at < len(block) {
				break
			}
			if block, err = c.Next(); err != nil || len(block) == 0 {
				return docs, frequencies, err
			}
			of = nil
		}
	}
	return docs, frequencies, nil
}

// AppendIn implements engine.List.
func (l *list) AppendIn(
	docs []uint32, frequencies []uint16, set []uint64, within engine.DocumentRange,
) ([]uint32, []uint16, error) {
	c := l.postings.cursor()
	defer l.postings.release(c)
	for _, part := range l.parts {
		for _, own := range part.ownRanges([]engine.DocumentRange{within}) {
			from := len(docs)
			var err error
			if docs, frequencies, err = part.appendIn(docs, frequencies, set, own, c); err != nil {
				return nil, nil, l.failed(err)
			}
			kept := from + len(part.renumber(docs[from:], frequencies[from:]))
			docs, frequencies = docs[:kept], frequencies[:kept]
		}
	}
	return docs, frequencies, nil
}

// appendIn appends the postings of documents in a bit set of all documents of the generation,
// of which it has some in the range alone, as the segment numbers them.
func (part listPart) appendIn(
	docs []uint32, frequencies []uint16, set []uint64, within engine.DocumentRange, c *segment.Cursor,
) ([]uint32, []uint16, error) {
	if err := c.Reset(part.term); err != nil {
		return nil, nil, err
	}
	block, err := c.Seek(within.From)
	for ; err == nil && len(block) > 0 && block[0] < within.End; block, err = c.Next() {
		var in [segment.BlockSize]uint8 // indexes in block; a branch for each would be mispredicted
		n := part.inSet(&in, block, set)
		if n == 0 {
			continue
		}
		of, err := c.Frequencies()
		if err != nil {
			return nil, nil, err
		}
		for _, i := range in[:n] {
			docs, frequencies = append(docs, block[i]), append(frequencies, of[i])
		}
	}
	return docs, frequencies, err
}

// inSet finds the documents of a block that are in a set, and returns how many they are.
func (part listPart) inSet(in *[segment.BlockSize]uint8, block []uint32, set []uint64) int {
	n := 0
	for i, doc := range block {
		in[n&(segment.BlockSize-1)] = uint8(i)
		if part.numbers != nil {
			if doc = part.numbers[doc]; doc == noNumber {
				continue
			}
		} else {
			doc += part.first
		}
		n += int(set[doc>>6] >> (doc & 63) & 1)
	}
	return n
}

// lowerBound returns the first index where docs, at most those of a block, are at least doc;
// it gallops.
func lowerBound(docs []uint32, doc uint32) int {
	step := 1
	for step < len(docs) && docs[step] < doc {
		step *= 2
	}
	low, high := step/2, min(step, len(docs))
	for low < high {
		if mid := int(uint(low+high) / 2); docs[mid] < doc {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

package scorchplugin

import (
	"bytes"
	"slices"

	"xunwen/internal/segment"
)

// mergeHead is the next term of an input.
type mergeHead struct {
	in     *mergeInput
	terms  *segment.TermIterator
	cursor segment.Cursor
	docs   []uint32 // of an id
}

// append appends the postings of the term, with new numbers.
func (h *mergeHead) append(to *postings) error {
	from := len(to.docs)
	var err error
	to.docs, to.frequencies, err = h.terms.Term().Append(to.docs, to.frequencies, &h.cursor)
	if err != nil {
		return err
	}
	end := from
	for i := from; i < len(to.docs); i++ {
		if number := h.in.numbers[to.docs[i]]; number != noNumber {
			to.docs[end], to.frequencies[end] = number, to.frequencies[i]
			end++
		}
	}
	to.docs, to.frequencies = to.docs[:end], to.frequencies[:end]
	return nil
}

// postings are those of a term.
type postings struct {
	docs        []uint32
	frequencies []uint16
	both        []uint64 // for sort
}

func (p *postings) reset() { p.docs, p.frequencies = p.docs[:0], p.frequencies[:0] }

// sort puts the documents in order, as they are already if no inputs overlap.
func (p *postings) sort() {
	if slices.IsSorted(p.docs) {
		return
	}
	const bitsOfFrequency = 16
	p.both = p.both[:0]
	for i, doc := range p.docs {
		p.both = append(p.both, uint64(doc)<<bitsOfFrequency|uint64(p.frequencies[i]))
	}
	slices.Sort(p.both)
	for i, v := range p.both {
		p.docs[i], p.frequencies[i] = uint32(v>>bitsOfFrequency), uint16(v)
	}
}

// mergeHeads is a heap: the least term comes first, and of equal terms that of the first input.
type mergeHeads []*mergeHead

func (h mergeHeads) less(i, j int) bool {
	c := bytes.Compare(h[i].terms.Bytes(), h[j].terms.Bytes())
	return c < 0 || c == 0 && h[i].in.place < h[j].in.place
}

// push adds an input, unless it has no term.
func (h *mergeHeads) push(in *mergeInput, terms *segment.TermIterator) error {
	if !terms.Next() {
		return terms.Err()
	}
	*h = append(*h, &mergeHead{in: in, terms: terms})
	for i := len(*h) - 1; i > 0 && h.less(i, (i-1)/2); i = (i - 1) / 2 {
		(*h)[i], (*h)[(i-1)/2] = (*h)[(i-1)/2], (*h)[i]
	}
	return nil
}

// next moves the first input to its next term.
func (h *mergeHeads) next() error {
	s := *h
	if !s[0].terms.Next() {
		if err := s[0].terms.Err(); err != nil {
			return err
		}
		s[0] = s[len(s)-1]
		s[len(s)-1] = nil
		s = s[:len(s)-1]
		*h = s
	}
	for i := 0; ; {
		least := i
		for _, child := range []int{2*i + 1, 2*i + 2} {
			if child < len(s) && s.less(child, least) {
				least = child
			}
		}
		if least == i {
			return nil
		}
		s[i], s[least] = s[least], s[i]
		i = least
	}
}

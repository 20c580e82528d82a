package engine

import (
	"context"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/analyzer"
	"xunwen/internal/query"
	"xunwen/internal/textnorm"
)

// contiguous is an operand that is found only as a whole: a phrase in a folded text, a
// word in a joined text.
type contiguous struct {
	phrase
	word *variant // nil for a phrase
}

// newContiguous makes an operand of a *query.Word or *query.Phrase.
func newContiguous(s Segmenter, n query.Node) (contiguous, error) {
	switch n := n.(type) {
	case *query.Word:
		word := newVariant(join(s, n.Text), nil)
		return contiguous{newPhrase(s, n.Text), &word}, nil
	case *query.Phrase:
		return contiguous{phrase: newPhrase(s, n.Text)}, nil
	}
	return contiguous{}, fmt.Errorf("a query node of type %T can't be an operand of another", n)
}

// find returns the occurrences in a folded text by their start, at most maxMarks.
func (c contiguous) find(folded string) []occurrence {
	if c.word == nil {
		return contained(folded, c.text)
	}
	joined := textnorm.Join(folded)
	out := c.word.find(joined)
	for i, o := range out {
		out[i].start, out[i].end = joined.Span(o.start, o.end)
	}
	return out
}

// count returns how often the operand is in a folded text, without overlaps.
func (c contiguous) count(folded string) int {
	n, end := 0, 0
	for _, o := range c.find(folded) {
		if o.start >= end {
			n, end = n+1, o.end
		}
	}
	return n
}

// candidatesOf returns documents of a zone among which are all whose text in a field has
// an operand. They must not be changed.
func (s *searcher) candidatesOf(
	ctx context.Context, field string, c contiguous, in zone, within *roaring.Bitmap,
) (*roaring.Bitmap, error) {
	if c.word != nil && len(c.word.grams) > 0 {
		var docs *roaring.Bitmap
		for _, g := range c.word.grams {
			found, err := s.index.postings.Documents(field, g, analyzer.JointPrefix+g)
			if err != nil {
				return nil, err
			}
			docs = intersection(docs, found)
		}
		return s.ofZone(ctx, docs, field, in)
	}
	docs, _, err := s.candidates(ctx, field, c.phrase, in, within)
	return docs, err
}

// String writes the operand for people to read.
func (c contiguous) String() string {
	if c.word != nil {
		return c.word.text
	}
	return fmt.Sprintf("%q", c.text)
}

// following returns the first of occurrences, sorted by start, that begins at an offset or
// later; nil for none.
func following(all []occurrence, at int) *occurrence {
	i, _ := slices.BinarySearchFunc(all, at, func(o occurrence, at int) int { return o.start - at })
	if i == len(all) {
		return nil
	}
	return &all[i]
}

// preceding returns the last of occurrences, sorted by end, that ends at an offset or
// earlier; nil for none.
func preceding(all []occurrence, at int) *occurrence {
	i, _ := slices.BinarySearchFunc(all, at+1, func(o occurrence, at int) int { return o.end - at })
	if i == 0 {
		return nil
	}
	return &all[i-1]
}

package engine

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// proximityNode matches the texts in which two operands, which don't overlap, are in a
// relation.
type proximityNode struct {
	left, right contiguous
	relation    query.Relation
	distance    int
	zone        zone
}

func (n *proximityNode) cost() cost { return costDistances }

func (n *proximityNode) match(ctx context.Context, s *searcher, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	return s.cached(n, within, fromTexts, func() (*roaring.Bitmap, error) { return n.compute(ctx, s, within) })
}

func (n *proximityNode) compute(ctx context.Context, s *searcher, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	within = s.scope.toRead(within, n.zone)
	docs := roaring.New()
	for _, field := range s.scope.gramFields(n.zone) {
		left, err := s.candidatesOf(ctx, field, n.left, n.zone, within)
		if err != nil {
			return nil, err
		}
		right, err := s.candidatesOf(ctx, field, n.right, n.zone, within)
		if err != nil {
			return nil, err
		}
		found, err := s.verify(ctx, roaring.And(left, right), field, within, func(t *looseText) bool {
			return len(n.find(t.T())) > 0
		})
		if err != nil {
			return nil, err
		}
		docs.Or(found)
		if n.acrossParagraphs() && field == Grams {
			if found, err = n.matchAcross(ctx, s, left, right, within); err != nil {
				return nil, err
			}
			docs.Or(found)
		}
	}
	return s.scope.members(docs, n.zone), nil
}

// find returns the occurrences of both operands that are in the relation within one
// folded text, sorted.
func (n *proximityNode) find(folded string) []occurrence {
	left := n.left.find(folded)
	if len(left) == 0 {
		return nil
	}
	right := n.right.find(folded)
	var ends []int
	if n.relation == query.SameSentence {
		ends = SentenceEnds(folded)
	}
	out := n.pairs(folded, ends, left, right)
	if n.relation != query.Before {
		out = append(out, n.pairs(folded, ends, right, left)...)
	}
	slices.SortFunc(out, func(a, b occurrence) int { return cmp.Or(a.start-b.start, a.end-b.end) })
	return slices.Compact(out)
}

// pairs returns the occurrences in the relation with one of the other list: of those in
// before, with one that follows; of those in after, with one that precedes. The nearest
// decides.
func (n *proximityNode) pairs(folded string, ends []int, before, after []occurrence) []occurrence {
	var out []occurrence
	for _, a := range before {
		if b := following(after, a.end); b != nil && n.close(folded, ends, a, *b) {
			out = append(out, a)
		}
	}
	for _, b := range after {
		if a := preceding(before, b.start); a != nil && n.close(folded, ends, *a, b) {
			out = append(out, b)
		}
	}
	return out
}

// close reports whether b, which follows a, is as close as the relation asks.
func (n *proximityNode) close(folded string, ends []int, a, b occurrence) bool {
	switch n.relation {
	case query.SameSentence:
		return sentenceAt(ends, b.start)-sentenceAt(ends, a.end-1) <= n.distance
	case query.SameParagraph:
		return true
	}
	between := b.start - a.end
	if between > n.distance*utf8.UTFMax {
		return false
	}
	return utf8.RuneCountInString(folded[a.end:b.start]) <= n.distance
}

// acrossParagraphs reports whether the operands may be in two paragraphs.
func (n *proximityNode) acrossParagraphs() bool {
	return n.relation == query.SameParagraph && n.distance > 0 && n.zone == anywhere
}

// matchAcross returns the paragraphs with one operand that are close enough to another
// paragraph with the other.
func (n *proximityNode) matchAcross(
	ctx context.Context, s *searcher, left, right, within *roaring.Bitmap,
) (*roaring.Bitmap, error) {
	c := s.scope.columns
	docs := roaring.And(roaring.Or(left, right), roaring.And(c.sameArticles(left), c.sameArticles(right)))
	docs.AndNot(c.heads)
	if s.scope.by == search.ByParagraph && within != nil {
		within = c.sameArticles(within)
	}
	return s.read(ctx, docs, within, func(a *news.Article, head uint32, docs []uint32) []uint32 {
		numbers := make([]int, len(docs))
		for i, doc := range docs {
			numbers[i] = int(doc - head)
		}
		var out []uint32
		for _, p := range n.across(s.index.segmenter, a, numbers) {
			out = append(out, head+uint32(p.number))
		}
		return out
	})
}

// operandsIn is a paragraph with where the operands are in it.
type operandsIn struct {
	number      int // from 1
	left, right []occurrence
}

// across returns the paragraphs of an article, of those with the given numbers in rising
// order, that have an operand of which the other is in another paragraph close enough.
// Each has only such occurrences.
func (n *proximityNode) across(s Segmenter, a *news.Article, numbers []int) []operandsIn {
	var all []operandsIn
	for _, number := range numbers {
		folded := s.FoldString(a.Paragraphs[number-1].Text)
		p := operandsIn{number, n.left.find(folded), n.right.find(folded)}
		if len(p.left)+len(p.right) > 0 {
			all = append(all, p)
		}
	}
	var out []operandsIn
	first := 0 // of those close enough before p
	for i, p := range all {
		for p.number-all[first].number > n.distance {
			first++
		}
		found := operandsIn{number: p.number}
		for j := first; j < len(all) && all[j].number-p.number <= n.distance; j++ {
			other := all[j]
			if i == j {
				continue
			}
			if len(other.right) > 0 {
				found.left = p.left
			}
			if len(other.left) > 0 {
				found.right = p.right
			}
		}
		if len(found.left)+len(found.right) > 0 {
			out = append(out, found)
		}
	}
	return out
}

func (n *proximityNode) describe(d *description) {
	d.line(n.cost(), "proximity %s (%s): %s, %s", n.zone, n.relationText(), n.left, n.right)
}

func (n *proximityNode) relationText() string {
	switch {
	case n.relation == query.Within:
		return fmt.Sprintf("at most %d characters between", n.distance)
	case n.relation == query.Before:
		return fmt.Sprintf("in this order, at most %d characters between", n.distance)
	case n.relation == query.SameSentence && n.distance == 0:
		return "in one sentence"
	case n.relation == query.SameSentence:
		return fmt.Sprintf("in sentences at most %d apart", n.distance)
	case n.distance == 0:
		return "in one paragraph"
	}
	return fmt.Sprintf("in paragraphs at most %d apart", n.distance)
}

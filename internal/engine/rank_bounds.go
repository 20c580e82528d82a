package engine

import (
	"cmp"
	"context"
	"slices"
)

// bound is an upper bound of what the terms that are not added yet can add to a
// score.
type bound struct{ article, document, weight float64 }

func (b *bound) add(more bound) {
	b.article += more.article
	b.document += more.document
	b.weight += more.weight
}

// boundOf bounds what a list can add.
func (s *scorer) boundOf(l weightedList) bound {
	return bound{l.inArticle * maxBM25, l.inDocument * maxBM25, s.weightOf(l)}
}

// upperBound bounds what lists can add to any member.
func (s *scorer) upperBound(lists []weightedList) (b bound) {
	for _, l := range lists {
		b.add(s.boundOf(l))
	}
	return b
}

// upperBounds bounds what lists can add to each item, which is nothing where the item can't have
// the term: all is for every member, and left besides, by index in items. left is nil if no list
// says which items may have its term.
func (s *scorer) upperBounds(lists []weightedList, b *buffers) (all bound, left []bound) {
	for _, l := range lists {
		if l.among == nil || len(s.numbers) < boundedItems {
			all.add(s.boundOf(l))
			continue
		}
		if left == nil {
			left = slices.Grow(s.left[:0], len(s.numbers))[:len(s.numbers)]
			clear(left)
		}
		s.boundItems(left, l, b)
	}
	s.left = left
	return all, left
}

// boundedItems is from how many items on it pays to bound what lists can add to each of them: with
// fewer, the sets are large compared with what is saved.
const boundedItems = 2000

// boundItems adds what a list can add to the items that may have its term.
func (s *scorer) boundItems(left []bound, l weightedList, b *buffers) {
	more, size := s.boundOf(l), denseWords(s.scope.matching().size())
	if len(b.set) != size {
		b.set = make([]uint64, size)
	}
	l.among.WriteDenseTo(b.set)
	values := [2]bound{{}, more} // a branch would be mispredicted
	for i, n := range s.numbers {
		left[i].add(values[b.set[n>>6]>>(n&63)&1])
	}
	clear(b.set)
}

const (
	// probes is how many more members than are wanted are probed.
	probes = 6
	// probeGain is how much less, in all that is left, probing has to cost.
	probeGain = 4
)

// probePays reports whether it pays to probe members.
func (s *scorer) probePays(lists []weightedList, keep int) bool {
	return !s.probed && s.left != nil && s.cost(lists) > probeGain*skipCost*(keep+probes)*len(lists)
}

// probe scores the members with the highest upper bounds to the end, for a higher threshold:
// they are the best more often than those that are so far.
func (s *scorer) probe(ctx context.Context, lists []weightedList, keep int, b *buffers) error {
	s.probed = true
	best := newTopN(keep+probes, func(i, k int) int {
		return cmp.Or(cmp.Compare(s.high[k], s.high[i]), cmp.Compare(i, k))
	})
	for i, m := range s.members {
		if best.wants(i) && s.counts(m) {
			best.offer(i)
		}
	}
	chosen := best.sorted()
	slices.Sort(chosen)
	probed := s.only(chosen)
	for _, l := range lists {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := probed.addSelected(l, selection{ranges: probed.ranges}, b); err != nil {
			return err
		}
	}
	scores := newTopN(keep, descending)
	for i := range probed.members {
		scores.offer(probed.score(i))
	}
	s.reached.raise(max(0, leastOf(scores)))
	return nil
}

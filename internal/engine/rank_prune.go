package engine

import (
	"context"

	"xunwen/internal/search"
)

// bound is an upper bound of what the terms that are not added yet can add to a
// score.
type bound struct{ article, document, weight float64 }

// upperBound bounds what lists can add.
func (s *scorer) upperBound(lists []weightedList) bound {
	var b bound
	for _, l := range lists {
		b.article += l.inArticle * maxBM25
		b.document += l.inDocument * maxBM25
		b.weight += s.weightOf(l)
	}
	return b
}

// weightOf is a term's part of the query's weight.
func (s *scorer) weightOf(l weightedList) float64 {
	if s.scope.by == search.ByParagraph {
		return l.inDocument
	}
	return l.inArticle
}

// sum adds every list, and on the way drops members that can't be among the best
// keep any more. A member's score is at least what it has so far, and at most that
// with the highest part of each term that is left; if it can't reach what keep
// others have already, it is dropped. This is MaxScore (Turtle and Flood, Query
// Evaluation: Strategies and Optimizations, 1995) term by term: the rare terms come
// first and leave few members for the frequent ones, whose long lists are then
// mostly skipped. With a keep of 0 nothing is dropped. b is room.
func (s *scorer) sum(ctx context.Context, lists []weightedList, keep int, b *buffers) error {
	for _, l := range lists {
		s.weight += s.weightOf(l)
	}
	next := s.weight * dropShare // the weight that is left when members are dropped again
	documents := b.selection(s.ranges, len(s.scope.columns.Article))
	for n, l := range lists {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := l.selected(&b.postings, documents); err != nil {
			return err
		}
		s.add(l, &b.postings)
		s.addSections(l, &b.postings)
		if keep == 0 || len(s.members) <= keep {
			continue
		}
		left := s.upperBound(lists[n+1:])
		if left.weight <= next && s.cost(lists[n+1:]) > dropCost*(len(s.members)+len(s.docs)) {
			s.prune(left, keep)
			documents = b.selection(s.ranges, len(s.scope.columns.Article))
			next = left.weight * dropShare
		}
	}
	return nil
}

// cost estimates what adding lists costs, in postings.
func (s *scorer) cost(lists []weightedList) int {
	n := 0
	for _, l := range lists {
		n += min(l.documents, skipCost*len(s.articles))
	}
	return n
}

// skipCost is what it costs to find an article's postings in a long list, in
// postings read one after another.
const skipCost = 8

// dropShare is the share of the weight left when members were last dropped from which on it
// pays to try again.
const dropShare = 0.5

// dropCost is what it costs to check whether a member can be dropped, and to move
// what is kept of a document, in postings.
const dropCost = 2

// scoreSlack is more than the part of a score by which sums in another order
// differ: a member so close to the threshold stays.
const scoreSlack = 1e-9

// kept reports whether a member is never dropped.
func (s *scorer) kept(member uint32) bool { return s.keepNear && s.scope.groups.contains(member) }

// prune drops the members that can't be among the best keep.
func (s *scorer) prune(left bound, keep int) {
	least := s.threshold(left, keep)
	least -= scoreSlack * least
	n := 0
	for i := range s.members {
		if s.high[i] >= least || s.kept(s.members[i]) {
			s.members[n], s.at[n] = s.members[i], s.at[i]
			n++
		}
	}
	s.members, s.at = s.members[:n], s.at[:n]
	s.compact()
}

// threshold returns the score that keep hits of the search have already, or 0, and sets s.high to what
// members have with all that left allows. Near-duplicates that may collapse into another hit
// don't count, and none of those does that may be of another view than the hits.
func (s *scorer) threshold(left bound, keep int) float64 {
	best := newTopN(keep, descending)
	s.high = s.high[:0]
	for i, m := range s.members {
		low, high := s.bounds(i, left)
		s.high = append(s.high, high)
		if best.wants(low) && !s.scope.groups.mayCollapse(m) && !s.kept(m) {
			best.offer(low)
		}
	}
	return s.reached.raise(max(0, leastOf(best)))
}

// compact gives up the articles without members.
func (s *scorer) compact() {
	n, slot, item := uint32(0), uint32(0), uint32(0)
	for i := 0; i < len(s.members); n++ {
		old := s.at[i]
		a := s.articles[old]
		for ; i < len(s.members) && s.at[i] == old; i++ {
			s.at[i] = n
		}
		copy(s.docs[slot:], s.docs[a.slot:a.slot+a.end-a.head])
		if s.scope.by == search.ByParagraph {
			copy(s.present[slot:], s.present[a.slot:a.slot+a.end-a.head])
		} else {
			copy(s.items[item:], s.items[a.item:a.endItem])
			copy(s.ofItem[item:], s.ofItem[a.item:a.endItem])
			copy(s.present[item:], s.present[a.item:a.endItem])
		}
		a.slot, a.item, a.endItem = slot, item, item+a.endItem-a.item
		item = a.endItem
		s.articles[n], s.ranges[n] = a, DocumentRange{a.head, a.end}
		slot += a.end - a.head
	}
	s.articles, s.ranges, s.docs = s.articles[:n], s.ranges[:n], s.docs[:slot]
	s.items, s.ofItem = s.items[:item], s.ofItem[:item]
	s.present = s.present[:s.presentSize()]
}

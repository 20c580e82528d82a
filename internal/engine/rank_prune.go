package engine

import (
	"context"

	"xunwen/internal/search"
)

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
		if err := s.addSelected(l, documents, b); err != nil {
			return err
		}
		if keep == 0 || len(s.members) <= keep {
			continue
		}
		left := s.upperBound(lists[n+1:])
		if left.weight <= next && s.cost(lists[n+1:]) > dropCost*(len(s.members)+len(s.docs)) {
			if err := s.prune(ctx, lists[n+1:], keep, b); err != nil {
				return err
			}
			documents = b.selection(s.ranges, len(s.scope.columns.Article))
			next = left.weight * dropShare
		}
	}
	return nil
}

// addSelected adds a list to the documents of a selection, which are those of the members.
func (s *scorer) addSelected(l weightedList, of selection, b *buffers) error {
	if err := l.selected(&b.postings, of); err != nil {
		return err
	}
	s.add(l, &b.postings)
	s.addSections(l, &b.postings)
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

// prune drops the members that can't be among the best keep with all that lists add.
func (s *scorer) prune(ctx context.Context, lists []weightedList, keep int, b *buffers) error {
	least := s.threshold(lists, keep, b)
	if s.probePays(lists, keep) {
		if err := s.probe(ctx, lists, keep, b); err != nil {
			return err
		}
		least = s.reached.raise(least)
	}
	least -= scoreSlack * least
	kept := make([]int, 0, keep)
	for i, m := range s.members {
		if s.high[i] >= least || s.kept(m) {
			kept = append(kept, i)
		}
	}
	if len(kept) < len(s.members) {
		*s = *s.only(kept)
	}
	return nil
}

// threshold returns the score that keep hits of the search have already, or 0, and sets s.high to
// what members have with all that lists can add. Near-duplicates that may collapse into another hit
// don't count, and none of those does that may be of another view than the hits.
func (s *scorer) threshold(lists []weightedList, keep int, b *buffers) float64 {
	more, left := s.upperBounds(lists, b)
	best := newTopN(keep, descending)
	s.high = s.high[:0]
	for i, m := range s.members {
		low, high := s.bounds(i, more, left)
		s.high = append(s.high, high)
		if best.wants(low) && s.counts(m) {
			best.offer(low)
		}
	}
	return s.reached.raise(max(0, leastOf(best)))
}

// counts reports whether a member is a hit of its own, so that its score counts for the threshold.
func (s *scorer) counts(member uint32) bool {
	return !s.scope.groups.mayCollapse(member) && !s.kept(member)
}

// only returns a scorer of some of the members, given by index.
func (s *scorer) only(chosen []int) *scorer {
	p := *s
	p.members, p.at = make([]uint32, 0, len(chosen)), make([]uint32, 0, len(chosen))
	p.articles, p.ranges = make([]scoredArticle, 0, len(chosen)), make([]DocumentRange, 0, len(chosen))
	p.docs, p.present, p.items, p.numbers, p.ofItem = nil, nil, nil, nil, nil
	last := -1
	for _, i := range chosen {
		if at := int(s.at[i]); at != last {
			p.copyArticle(s, s.articles[at])
			last = at
		}
		p.members, p.at = append(p.members, s.members[i]), append(p.at, uint32(len(p.articles)-1))
	}
	return &p
}

// copyArticle adds an article of another scorer.
func (s *scorer) copyArticle(of *scorer, a scoredArticle) {
	slot, item := uint32(len(s.docs)), uint32(len(s.items))
	s.docs = append(s.docs, of.docs[a.slot:a.slot+a.end-a.head]...)
	if s.scope.by == search.ByParagraph {
		s.present = append(s.present, of.present[a.slot:a.slot+a.end-a.head]...)
	} else {
		s.items = append(s.items, of.items[a.item:a.endItem]...)
		s.numbers = append(s.numbers, of.numbers[a.item:a.endItem]...)
		s.ofItem = append(s.ofItem, of.ofItem[a.item:a.endItem]...)
		s.present = append(s.present, of.present[a.item:a.endItem]...)
	}
	a.slot, a.item, a.endItem = slot, item, item+a.endItem-a.item
	s.articles, s.ranges = append(s.articles, a), append(s.ranges, DocumentRange{a.head, a.end})
}

package engine

import "xunwen/internal/search"

// rest bounds what the terms that are not added yet can add.
type rest struct{ article, document, weight float64 }

// rest bounds what lists can add.
func (s *scorer) rest(lists []weightedList) rest {
	var r rest
	for _, l := range lists {
		r.article += l.inArticle * l.topArticle
		r.document += l.inDocument * l.topDocument
		r.weight += s.share(l)
	}
	return r
}

// share is a term's part of the query's weight.
func (s *scorer) share(l weightedList) float64 {
	if s.by == search.ByParagraph {
		return l.inDocument
	}
	return l.inArticle
}

// sum adds every list, and on the way drops members that can't be among the
// best keep any more: a member's score is at least what it has so far, and at
// most that with the highest part of each term that is left. Who can't reach
// what keep others have already is out. This is MaxScore (Turtle and Flood,
// Query Evaluation: Strategies and Optimizations, 1995) a term at a time: the
// rare terms come first and leave few members for the frequent ones, whose
// lists are then skipped through. keep 0 drops nothing.
func (s *scorer) sum(lists []weightedList, keep int) error {
	for _, l := range lists {
		s.weight += s.share(l)
	}
	next := s.weight / 2 // of what is left, before members are dropped again
	for n, l := range lists {
		if err := s.ctx.Err(); err != nil {
			return err
		}
		s.add(l)
		s.addSections(l)
		if keep == 0 || len(s.members) <= keep {
			continue
		}
		left := s.rest(lists[n+1:])
		if left.weight <= next && s.work(lists[n+1:]) > dropCost*(len(s.members)+len(s.docs)) {
			s.drop(left, keep)
			next = left.weight / 2
		}
	}
	return nil
}

// work estimates what adding lists costs, in postings.
func (s *scorer) work(lists []weightedList) int {
	n := 0
	for _, l := range lists {
		n += min(len(l.docs), skipCost*len(s.articles))
	}
	return n
}

// skipCost is what it costs to find an article's postings in a long list, in
// postings read one after another.
const skipCost = 8

// dropCost is what it costs to look whether a member can be dropped, and to move
// what is kept of a document, in postings.
const dropCost = 2

// slack is the part of a score by which sums in another order may differ, and
// more: who is that close to the bound stays.
const slack = 1e-9

// drop drops the members that can't be among the best keep.
func (s *scorer) drop(left rest, keep int) {
	bound := s.bound(keep)
	bound -= slack * bound
	n := 0
	for i := range s.members {
		if s.of(i, left) >= bound {
			s.members[n], s.places[n] = s.members[i], s.places[i]
			n++
		}
	}
	s.members, s.places = s.members[:n], s.places[:n]
	s.compact()
}

// bound returns the score that keep members have already, or 0. Copies of an
// article that may fold into one hit don't count.
func (s *scorer) bound(keep int) float64 {
	best := highest{n: keep}
	for i, m := range s.members {
		if score := s.of(i, rest{}); best.wants(score) && !s.mayFold(m) {
			best.offer(score)
		}
	}
	return max(0, best.least())
}

// compact gives up the articles without members.
func (s *scorer) compact() {
	n, slot := uint32(0), uint32(0)
	for i := 0; i < len(s.members); n++ {
		old := s.places[i]
		a := s.articles[old]
		for ; i < len(s.members) && s.places[i] == old; i++ {
			s.places[i] = n
		}
		copy(s.docs[slot:], s.docs[a.slot:a.slot+a.end-a.head])
		s.whole[n] = s.whole[old]
		if s.by == search.ByParagraph {
			copy(s.held[slot:], s.held[a.slot:a.slot+a.end-a.head])
		} else {
			s.held[n] = s.held[old]
		}
		a.slot = slot
		s.articles[n] = a
		slot += a.end - a.head
	}
	s.articles, s.whole, s.docs = s.articles[:n], s.whole[:n], s.docs[:slot]
	s.held = s.held[:s.holders()]
}

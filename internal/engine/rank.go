package engine

import (
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/search"
)

// ranking is a search with its wanted hits in order.
type ranking struct {
	lists  []weightedList
	hits   searchHits
	scorer *scorer // nil where nothing was scored

	// By article, the items that match, nil for all.
	matching *roaring.Bitmap

	total int // of all hits
	top   []scored
}

// rankRequest is what is wanted of a ranking.
type rankRequest struct {
	sort    search.Sort
	compare func(a, b scored) int
	from    start
	size    int
	facets  bool // all hits are needed for facets
}

func ranks(r search.Request, from start) rankRequest {
	return rankRequest{
		sort:    r.Sort,
		compare: order(r.Sort, r.Query == nil),
		from:    from,
		size:    r.Size,
		facets:  r.Facets != nil,
	}
}

// candidates are the members that may be among the wanted hits.
type candidates struct {
	scope   scope
	members []uint32 // sorted
	scorer  *scorer  // of these members; nil where nothing is scored
	near    []scored // the members with near-duplicates that may collapse, sorted likewise
}

func newCandidates(s scope, members []uint32, r *scorer) *candidates {
	c := &candidates{scope: s, members: members, scorer: r}
	all, at := s.groups.sorted, 0
	for i, m := range members {
		if at = seek(all, at, m); at == len(all) {
			break
		}
		if all[at] == m {
			c.near = append(c.near, c.at(i))
		}
	}
	return c
}

// at returns a candidate with its score.
func (c *candidates) at(i int) scored {
	out := c.scope.ranked(c.members[i])
	if c.scorer != nil {
		out.score = c.scorer.score(i)
	}
	return out
}

// score scores what matches. It drops members that can't be among the wanted hits or
// the hit before them. Which one of a group of near-duplicates is the hit is decided
// afterwards; for facets, which count the hit of every group in each view, no
// near-duplicate is dropped, and those of all views are scored at once.
func (s *searcher) score(
	ctx context.Context, found *matches, lists []weightedList, q rankRequest,
) (*candidates, error) {
	set := found.base.members
	for _, v := range found.facets {
		set = roaring.Or(set, roaring.And(v.members, s.scope.groups.all))
	}
	members := set.ToArray()
	if len(s.plan.operands) == 0 {
		return newCandidates(s.scope, members, nil), nil
	}
	keep := 0
	switch {
	case q.sort == search.Reprinted:
		// Any of them may have the most near-duplicates.
	case q.sort != search.ByRelevance:
		members = s.scope.nearestDays(members, q)
	case q.from.offset <= len(members)/deepDivisor:
		keep = q.from.offset + q.size
	}
	scorer, err := s.sum(ctx, members, found.plan, lists, scoring{keep: keep, keepNear: q.facets})
	if err != nil {
		return nil, err
	}
	return newCandidates(s.scope, scorer.members, scorer), nil
}

// deepDivisor: from an offset beyond this fraction of the members on (an eighth),
// nothing is pruned. Finding the bound then costs more than it saves.
const deepDivisor = 8

// top returns the wanted hits, in order; hits are those of the base view.
// Errors: search.ErrBadCursor if q.from is not a hit.
func (c *candidates) top(hits viewHits, q rankRequest) ([]scored, error) {
	top := newTopN(q.size, q.compare)
	offer := top.offer
	if q.from.offset > 0 {
		i, ok := slices.BinarySearch(c.members, q.from.last)
		if !ok || !hits.view.members.Contains(q.from.last) {
			return nil, search.ErrBadCursor
		}
		last := c.at(i)
		if at := slices.IndexFunc(hits.near, func(h scored) bool { return h.member == last.member }); at >= 0 {
			last = hits.near[at]
		}
		offer = func(h scored) {
			if q.compare(last, h) < 0 {
				top.offer(h)
			}
		}
	}
	near := c.near
	for i, m := range c.members {
		if len(near) > 0 && near[0].member == m {
			near = near[1:] // hits.near has those that are hits
			continue
		}
		offer(c.at(i))
	}
	for _, h := range hits.near {
		offer(h)
	}
	return top.sorted(), nil
}

// nearestDays returns the members among which, by date, the wanted hits and the hit
// before them are, whatever their scores.
func (s scope) nearestDays(members []uint32, q rankRequest) []uint32 {
	rank := func(m uint32) float64 {
		day := float64(s.columns.Day[s.article(m)])
		if q.sort == search.Oldest {
			return -day
		}
		return day
	}
	kept := func(m uint32) bool { return q.facets && s.groups.contains(m) }
	best := newTopN(q.size, descending)
	if q.from.offset == 0 {
		for _, m := range members {
			if !kept(m) && !s.groups.mayCollapse(m) {
				best.offer(rank(m))
			}
		}
		least := leastOf(best)
		return slices.DeleteFunc(members, func(m uint32) bool { return rank(m) < least && !kept(m) })
	}
	// A member without near-duplicates that comes before the last hit's day was a
	// hit already. One with near-duplicates may come later with another of them.
	last := rank(q.from.last)
	for _, m := range members {
		if at := rank(m); at < last && !s.groups.contains(m) {
			best.offer(at)
		}
	}
	least := leastOf(best)
	return slices.DeleteFunc(members, func(m uint32) bool {
		at := rank(m)
		return (at < least || at > last && !s.groups.contains(m)) && !kept(m)
	})
}

// idf is the idf of a set of members.
func (s scope) idf(set *roaring.Bitmap) float64 {
	return idf(s.size(), int(set.GetCardinality()))
}

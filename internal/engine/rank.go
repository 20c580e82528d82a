package engine

import (
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/search"
)

// ranking holds the wanted hits of a search, in order.
type ranking struct {
	view      view
	total     int // of all hits
	top       []scored
	scorer    *scorer // nil where nothing was scored
	collapsed bool
}

// rankRequest is what is wanted of a ranking.
type rankRequest struct {
	sort      search.Sort
	compare   func(a, b scored) int
	from      start
	size      int
	collapsed bool // near-duplicates are one hit
}

func ranks(r search.Request, from start) rankRequest {
	return rankRequest{r.Sort, order(r.Sort, r.Query == nil), from, r.Size, collapses(r)}
}

// rank scores and orders the hits of a view.
// Errors: search.ErrBadCursor if from is not a hit.
func (s *searcher) rank(ctx context.Context, v view, lists []weightedList, q rankRequest) (*ranking, error) {
	set, groups := v.hits, (*collapser)(nil)
	if set == nil {
		set, groups = v.members, newCollapser(s.scope.columns.nearDuplicates, q.compare)
	}
	if q.from.offset > 0 && !set.Contains(q.from.last) {
		return nil, search.ErrBadCursor
	}
	out := &ranking{view: v, total: int(set.GetCardinality()), collapsed: q.collapsed}
	if out.total == 0 {
		return out, nil
	}
	members := set.ToArray()
	if len(s.plan.operands) > 0 {
		var err error
		if out.scorer, err = s.score(ctx, members, lists, q, groups != nil); err != nil {
			return nil, err
		}
		members = out.scorer.members
	}
	if groups != nil {
		out.total -= groups.collapsible(set)
	}
	at := func(i int) scored {
		h := s.scope.ranked(members[i])
		if out.scorer != nil {
			h.score = out.scorer.score(i, bound{})
		}
		return h
	}
	top := newTopHits(q.size, q.compare, groups)
	if q.from.offset > 0 {
		i, ok := slices.BinarySearch(members, q.from.last)
		if !ok {
			return nil, search.ErrBadCursor
		}
		last := at(i)
		top.after = &last
	}
	for i := range members {
		top.offer(at(i))
	}
	out.top = top.sorted()
	return out, nil
}

// score scores members. It drops those that can't be among the wanted hits or the
// hit before them. In a group of near-duplicates that collapse is only known in
// the end which one is the hit.
func (s *searcher) score(
	ctx context.Context, members []uint32, lists []weightedList, q rankRequest, collapse bool,
) (*scorer, error) {
	keep := 0
	switch {
	case q.sort != search.ByRelevance:
		members = s.scope.around(members, q, collapse)
	case q.from.offset <= len(members)/deepShare:
		keep = q.from.offset + q.size
	}
	out := newScorer(s.scope, members, collapse)
	return out, out.sum(ctx, lists, keep)
}

// deepShare: from an offset beyond this share of all members on, nothing is
// pruned. Finding the bound then costs more than it saves.
const deepShare = 8

// around returns the members among which, by date, the wanted hits and the hit
// before them are, whatever their scores.
func (s scope) around(members []uint32, q rankRequest, collapse bool) []uint32 {
	rank := func(m uint32) float64 {
		day := float64(s.columns.Day[s.article(m)])
		if q.sort == search.Oldest {
			return -day
		}
		return day
	}
	best := newTopN(q.size, descending)
	if q.from.offset == 0 {
		for _, m := range members {
			if !collapse || !s.columns.nearDuplicates.mayCollapse(m) {
				best.offer(rank(m))
			}
		}
		least := leastOf(best)
		return slices.DeleteFunc(members, func(m uint32) bool { return rank(m) < least })
	}
	// A member without near-duplicates that comes before the last hit's day was a
	// hit already. One with near-duplicates may come later with another of them.
	last := rank(q.from.last)
	alone := func(m uint32) bool { return !collapse || !s.columns.nearDuplicates.all.Contains(m) }
	for _, m := range members {
		if at := rank(m); at < last && alone(m) {
			best.offer(at)
		}
	}
	least := leastOf(best)
	return slices.DeleteFunc(members, func(m uint32) bool {
		at := rank(m)
		return at < least || at > last && alone(m)
	})
}

// idf is the idf of a set of members.
func (s scope) idf(set *roaring.Bitmap) float64 {
	return idf(s.size(), int(set.GetCardinality()))
}

package engine

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/search"
)

// scored is a member with its score and what decides ties: the day, then the
// order in which the articles were read.
type scored struct {
	member uint32
	score  float64
	day    int32
	place  uint32 // the article's number, and by paragraph the paragraph's
	n      uint32
}

// ranking holds the wanted hits of a search, in order.
type ranking struct {
	total int             // of all hits
	set   *roaring.Bitmap // all that match; what folds into a hit is in it
	top   []scored
	score *scorer         // nil where nothing was ranked
	shown *roaring.Bitmap // the documents that a filter lets be shown; nil for all
	fold  *roaring.Bitmap // the articles that fold into hits; nil where nothing folds
}

// hits returns the wanted hits.
func (r *ranking) hits() []ranked {
	out := []ranked{}
	for _, s := range r.top {
		out = append(out, ranked{s, r})
	}
	return out
}

// ranked is one hit with the ranking it came from.
type ranked struct {
	scored
	of *ranking
}

// rank matches, filters, scores and orders; it keeps size hits from a start on.
// Errors: search.ErrBadCursor where the start is no hit; as matching's.
func (r *run) rank(q search.Request, from start, size int) (*ranking, error) {
	set, shown, err := r.choose(q)
	if err != nil {
		return nil, err
	}
	if from.place > 0 && !set.Contains(from.last) {
		return nil, search.ErrBadCursor
	}
	out := &ranking{total: int(set.GetCardinality()), set: set, shown: shown}
	if out.total == 0 {
		return out, nil
	}
	members := set.ToArray()
	if len(r.ranked) > 0 {
		if members, err = out.rate(r, members, q.Sort, from, size); err != nil {
			return nil, err
		}
	}
	var folds *copies
	if r.folds {
		folds, out.fold = &r.columns.copies, set
		out.total -= r.columns.copies.folded(set)
	}
	at := func(i int) scored {
		s := r.place(members[i])
		if out.score != nil {
			s.score = out.score.of(i, rest{})
		}
		return s
	}
	wanted := newCollector(size, order(q.Sort, q.Query == nil), folds)
	if from.place > 0 {
		i, ok := slices.BinarySearch(members, from.last)
		if !ok {
			return nil, search.ErrBadCursor
		}
		last := at(i)
		wanted.after = &last
	}
	for i := range members {
		wanted.offer(at(i))
	}
	out.top = wanted.hits()
	return out, nil
}

// rate scores members and returns those among which the size hits from a start
// on are, and the hit before them.
func (out *ranking) rate(r *run, members []uint32, sort search.Sort, from start, size int) ([]uint32, error) {
	pruned := 0
	switch {
	case sort != search.ByRelevance:
		members = r.around(members, sort, from, size)
	case from.place <= len(members)/deepShare:
		pruned = from.place + size
	}
	lists, err := r.lists()
	if err != nil {
		return nil, err
	}
	out.score = r.scorer(members)
	err = out.score.sum(lists, pruned)
	return out.score.members, err
}

// deepShare is up to which part of all members members are dropped that can't
// come before a place: beyond it, to find them costs more than it spares.
const deepShare = 8

// around returns the members among which the size hits by date are from a start
// on, whatever their scores are, and the hit before them.
func (r *run) around(members []uint32, sort search.Sort, from start, size int) []uint32 {
	rank := func(m uint32) float64 {
		day := float64(r.place(m).day)
		if sort == search.Oldest {
			return -day
		}
		return day
	}
	best := highest{n: size}
	if from.place == 0 {
		for _, m := range members {
			if !r.mayFold(m) {
				best.offer(rank(m))
			}
		}
		return slices.DeleteFunc(members, func(m uint32) bool { return rank(m) < best.least() })
	}
	// Who is alone and comes before the last hit's day was a hit already; copies
	// decide with others whether they are one.
	last := rank(from.last)
	alone := func(m uint32) bool { return !r.folds || !r.columns.copies.all.Contains(m) }
	for _, m := range members {
		if at := rank(m); at < last && alone(m) {
			best.offer(at)
		}
	}
	return slices.DeleteFunc(members, func(m uint32) bool {
		at := rank(m)
		return at < best.least() || at > last && alone(m)
	})
}

// mayFold tells whether a member may fold into a hit with another.
func (r *run) mayFold(member uint32) bool {
	return r.folds && r.columns.copies.group[member] != member
}

// place gives a member what orders it, but for its score.
func (r *run) place(m uint32) scored {
	article, n := m, uint32(0)
	if r.by == search.ByParagraph {
		article, n = r.columns.Article[m], r.columns.paragraph(m)
	}
	return scored{member: m, day: r.columns.Day[article], place: article, n: n}
}

// choose returns the members that match and pass the filter.
func (r *run) choose(q search.Request) (set, shown *roaring.Bitmap, err error) {
	if shown, err = r.filtered(q.Filter); err != nil {
		return nil, nil, err
	}
	var let *roaring.Bitmap
	if shown != nil {
		let = r.lift(shown)
		r.narrow(let)
	}
	if q.Query != nil {
		if set, err = r.matches(q.Query, anywhere); err != nil {
			return nil, nil, err
		}
	} else {
		set = r.everything()
	}
	if shown != nil {
		set = roaring.And(set, let)
	}
	return set, shown, nil
}

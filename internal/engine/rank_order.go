package engine

import (
	"cmp"

	"xunwen/internal/search"
)

// scored is a member with its score and what breaks ties: the day, then the order
// in which articles were read (Columns.Sequence).
type scored struct {
	member    uint32
	copies    uint32 // other articles that collapse into it, only for hits that may have some
	score     float64
	day       int32
	article   uint32
	sequence  uint32
	paragraph uint32 // by paragraph, its number in the article
}

// order returns how hits are compared, the best first; no two are equal. Without a
// query nothing has a score, and relevance means newest.
func order(s search.Sort, unranked bool) func(a, b scored) int {
	switch {
	case s == search.Oldest:
		return byDay
	case s == search.Reprinted:
		return func(a, b scored) int {
			if c := cmp.Compare(b.copies, a.copies); c != 0 {
				return c
			}
			return byDay(a, b)
		}
	case s == search.Newest || unranked:
		return func(a, b scored) int {
			if c := cmp.Compare(b.day, a.day); c != 0 {
				return c
			}
			return byScore(a, b)
		}
	}
	return byScore
}

func byDay(a, b scored) int {
	if c := cmp.Compare(a.day, b.day); c != 0 {
		return c
	}
	return byScore(a, b)
}

func byScore(a, b scored) int {
	if a.score != b.score {
		return cmp.Compare(b.score, a.score)
	}
	return cmp.Or(
		cmp.Compare(b.day, a.day),
		cmp.Compare(a.sequence, b.sequence),
		cmp.Compare(a.paragraph, b.paragraph),
	)
}

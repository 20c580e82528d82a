package engine

import (
	"context"
	"math"
	"slices"
	"sync/atomic"
	"time"

	"github.com/RoaringBitmap/roaring/v2"
)

// scoring is how members are scored.
type scoring struct {
	keep     int  // members that are among the best so many are kept; 0 keeps all
	keepNear bool // near-duplicates are not dropped
}

// About how long it takes to add a posting to a score, and to score a member at all.
const (
	postingTime = 2 * time.Nanosecond
	memberTime  = 100 * time.Nanosecond
)

// sum returns a scorer of those of members, which are sorted, that are kept, with their scores. A
// team divides the members among its workers if that pays. By article, matching are the items
// that match, nil for all.
func (s *searcher) sum(
	ctx context.Context, members []uint32, matching *roaring.Bitmap, lists []weightedList, how scoring,
) (*scorer, error) {
	workers := 1
	if s.team.helps(s.sumTime(len(members), lists)) {
		workers = s.team.recruit(maxTeam)
	}
	parts := s.scope.cut(members, workers)
	scorers := make([]*scorer, len(parts))
	var reached threshold
	err := s.team.share(len(parts), func(_, part int) error {
		b := s.index.buffers()
		scorer := newScorer(s.scope, parts[part], matching, how.keepNear)
		scorer.reached = &reached
		scorers[part] = scorer
		err := scorer.sum(ctx, lists, how.keep, b)
		s.index.pool.Put(b)
		return err
	})
	if err != nil {
		return nil, err
	}
	return joinScorers(scorers), nil
}

// sumTime estimates how long it takes to score members.
func (s *searcher) sumTime(members int, lists []weightedList) time.Duration {
	postings := 0
	for _, l := range lists {
		postings += min(l.documents, skipCost*members)
	}
	return time.Duration(postings)*postingTime + time.Duration(members)*memberTime
}

// cut cuts sorted members into at most n parts of about the same size, that have no article in
// common.
func (s scope) cut(members []uint32, n int) [][]uint32 {
	parts := make([][]uint32, 0, n)
	for ; n > 1 && len(members) >= n; n-- {
		end := (len(members) + n - 1) / n
		for end < len(members) && s.article(members[end]) == s.article(members[end-1]) {
			end++
		}
		parts, members = append(parts, members[:end]), members[end:]
	}
	if len(members) > 0 || len(parts) == 0 {
		parts = append(parts, members)
	}
	return parts
}

// joinScorers returns a scorer of the members of several, which follow one another.
func joinScorers(parts []*scorer) *scorer {
	all := parts[0]
	for _, s := range parts[1:] {
		articles, slots, items := uint32(len(all.articles)), uint32(len(all.docs)), uint32(len(all.items))
		for _, a := range s.articles {
			a.slot, a.item, a.endItem = a.slot+slots, a.item+items, a.endItem+items
			all.articles = append(all.articles, a)
		}
		for _, at := range s.at {
			all.at = append(all.at, at+articles)
		}
		all.members = slices.Concat(all.members, s.members)
		all.ranges = append(all.ranges, s.ranges...)
		all.docs = append(all.docs, s.docs...)
		all.present = append(all.present, s.present...)
		all.items = append(all.items, s.items...)
		all.numbers = append(all.numbers, s.numbers...)
		all.ofItem = append(all.ofItem, s.ofItem...)
	}
	return all
}

// threshold is a score that the wanted number of hits have at least: the highest that any of
// several scorers found. The zero value is that of no score.
type threshold struct{ bits atomic.Uint64 }

// raise raises the threshold to a score, and returns the highest one. Scores are not negative, so
// that their bits have their order.
func (t *threshold) raise(score float64) float64 {
	bits := math.Float64bits(score)
	for {
		highest := t.bits.Load()
		if highest >= bits {
			return math.Float64frombits(highest)
		}
		if t.bits.CompareAndSwap(highest, bits) {
			return score
		}
	}
}

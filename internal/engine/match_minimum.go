package engine

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// Minimum should match. A bag with an operand of more than longOperand units is a
// pasted headline or a question. A member matches it with two of its units and
// enough of its weight, the sum of the idf of the units that occur at all.
// Enough is longShare of it, and never less than longUnits units of mean weight,
// so that of few units most are needed. Words that are written apart are all
// required, however many they are. Measured in docs/measurements/matching.md.
const (
	longOperand = 2
	longShare   = 0.3
	longUnits   = 1.65
	leastUnits  = 2
)

// minimumText describes the minimum in plans.
var minimumText = fmt.Sprintf("minimum should match %d units and %.0f%% of the weight", leastUnits, 100*longShare)

// minimumShouldMatch returns the members in two of the sets and in enough of
// their weight, where each weighs its idf. Rare sets come first: once the sets
// that are left weigh less than enough, a member of those alone is not counted.
func (s *searcher) minimumShouldMatch(sets []*roaring.Bitmap) *roaring.Bitmap {
	sets = slices.DeleteFunc(slices.Clone(sets), (*roaring.Bitmap).IsEmpty)
	slices.SortStableFunc(sets, func(a, b *roaring.Bitmap) int {
		return cmp.Compare(a.GetCardinality(), b.GetCardinality())
	})
	weights := make([]float32, len(sets))
	var all float32
	for i, set := range sets {
		weights[i] = float32(s.scope.idf(set))
		all += weights[i]
	}
	least := max(longShare, longUnits/float32(len(sets))) * all
	sums := s.index.accumulator()
	defer s.index.accumulators.Put(sums)
	left := all
	for i, set := range sets {
		if left > least*(1-weightSlack) {
			sums.addAll(set, weights[i])
		} else {
			sums.addTouched(set, weights[i])
		}
		left -= weights[i]
	}
	return setOf(sums.drain(leastUnits, least), s.scope.size())
}

// weightSlack is more than sums of the same weights in another order differ by.
const weightSlack = 1e-4

// accumulator sums up the weights of the sets that members are in. Between uses
// all of it is zero.
type accumulator struct {
	sums    []weightSum // by member
	touched []uint32    // members with a sum
}

// weightSum is the weight and the number of a member's sets so far.
type weightSum struct {
	weight float32
	sets   uint32
}

// accumulator returns one with room for all members; it goes back to
// sn.accumulators.
func (sn *snapshot) accumulator() *accumulator {
	if t, ok := sn.accumulators.Get().(*accumulator); ok {
		return t
	}
	return &accumulator{sums: make([]weightSum, len(sn.columns.Article))} // no fewer than articles
}

// addAll adds weight to each member of set.
func (a *accumulator) addAll(set *roaring.Bitmap, weight float32) {
	for batch := range batches(set) {
		for _, m := range batch {
			sum := &a.sums[m]
			if sum.sets == 0 {
				a.touched = append(a.touched, m)
			}
			sum.weight += weight
			sum.sets++
		}
	}
}

// containsCost is what it costs to look for a member in a set, in members of it
// read one after another.
const containsCost = 16

// addTouched adds weight to the members of set that have a sum already.
func (a *accumulator) addTouched(set *roaring.Bitmap, weight float32) {
	if set.GetCardinality() > containsCost*uint64(len(a.touched)) {
		for _, m := range a.touched {
			if set.Contains(m) {
				a.sums[m].weight += weight
				a.sums[m].sets++
			}
		}
		return
	}
	for batch := range batches(set) {
		for _, m := range batch {
			if sum := &a.sums[m]; sum.sets > 0 {
				sum.weight += weight
				sum.sets++
			}
		}
	}
}

// drain returns the members in at least so many sets and with at least so much
// weight, in no order, and leaves a empty.
func (a *accumulator) drain(sets uint32, least float32) []uint32 {
	out := a.touched[:0]
	for _, m := range a.touched {
		if sum := a.sums[m]; sum.sets >= sets && sum.weight >= least {
			out = append(out, m)
		}
		a.sums[m] = weightSum{}
	}
	a.touched = a.touched[:0]
	return out
}

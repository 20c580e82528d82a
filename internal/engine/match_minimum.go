package engine

import (
	"cmp"
	"fmt"
	"math/bits"
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
	sums := s.index.accumulator(s.scope.size())
	defer s.index.accumulators.Put(sums)
	left, checked := all, all
	for i, set := range sets {
		switch {
		case left > least*(1-weightSlack):
			sums.addAll(set, weights[i])
		case left < checked*checkAgain:
			checked = left
			sums.drop(least*(1-weightSlack) - left)
			fallthrough
		default:
			sums.addTouched(set, weights[i])
		}
		left -= weights[i]
	}
	return sums.drain(leastUnits, least)
}

// checkAgain is the share of the weight left when members were last checked from which on it
// pays to check again which of them can still have enough.
const checkAgain = 0.8

// weightSlack is more than sums of the same weights in another order differ by.
const weightSlack = 1e-4

// accumulator sums up the weights of the sets that members are in. Between uses
// all of it is zero.
type accumulator struct {
	sums    []weightSum // by member
	touched []uint64    // a bit for each member with a sum
	set     []uint64    // room for a set
}

// weightSum is the weight and the number of a member's sets so far.
type weightSum struct {
	weight float32
	sets   uint32
}

// accumulator returns one with room for members below n; it goes back to
// sn.accumulators.
func (sn *snapshot) accumulator(n int) *accumulator {
	a, ok := sn.accumulators.Get().(*accumulator)
	if !ok {
		a = &accumulator{sums: make([]weightSum, len(sn.columns.Article))} // no fewer than articles
	}
	if size := denseWords(n); len(a.touched) != size {
		a.touched, a.set = make([]uint64, size), make([]uint64, size)
	}
	return a
}

// addAll adds weight to each member of set.
func (a *accumulator) addAll(set *roaring.Bitmap, weight float32) {
	for batch := range batches(set) {
		for _, m := range batch {
			sum := &a.sums[m]
			sum.weight += weight
			sum.sets++
			a.touched[m>>6] |= 1 << (m & 63)
		}
	}
}

// addTouched adds weight to the members of set that have a sum already.
func (a *accumulator) addTouched(set *roaring.Bitmap, weight float32) {
	clear(a.set)
	set.WriteDenseTo(a.set)
	for w, touched := range a.touched {
		for word := touched & a.set[w]; word != 0; word &= word - 1 {
			sum := &a.sums[w<<6|bits.TrailingZeros64(word)]
			sum.weight += weight
			sum.sets++
		}
	}
}

// drop drops the members with less than some weight.
func (a *accumulator) drop(least float32) {
	for w, touched := range a.touched {
		for word := touched; word != 0; word &= word - 1 {
			if sum := &a.sums[w<<6|bits.TrailingZeros64(word)]; sum.weight < least {
				*sum = weightSum{}
				touched &^= word & -word
			}
		}
		a.touched[w] = touched
	}
}

// drain returns the members in at least so many sets and with at least so much
// weight, and leaves a empty.
func (a *accumulator) drain(sets uint32, least float32) *roaring.Bitmap {
	for w, touched := range a.touched {
		for word := touched; word != 0; word &= word - 1 {
			sum := &a.sums[w<<6|bits.TrailingZeros64(word)]
			if sum.sets < sets || sum.weight < least {
				touched &^= word & -word
			}
			*sum = weightSum{}
		}
		a.touched[w] = touched
	}
	found := roaring.FromDense(a.touched, true)
	clear(a.touched)
	return found
}

package engine

import (
	"cmp"
	"fmt"
	"math"
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
	leastUnits  = 2 // accumulator.again has the members with as many
)

// minimumText describes the minimum in plans.
var minimumText = fmt.Sprintf("minimum should match %d units and %.0f%% of the weight", leastUnits, 100*longShare)

// minimumShouldMatch returns the members in two of the sets and in enough of
// their weight, where each weighs its idf. Rare sets come first: once the sets
// that are left weigh less than enough, a member of those alone is not counted.
func (s *searcher) minimumShouldMatch(sets []*roaring.Bitmap, counts []int) *roaring.Bitmap {
	units, all, least := WeighUnits(counts, s.index.members(s.scope))
	sums := s.index.accumulator(s.scope.size())
	left, checked := all, all
	for _, u := range units {
		switch {
		case left > least*(1-weightSlack):
			sums.addAll(sets[u.Unit], u.Weight)
		case left < checked*checkAgain:
			checked = left
			sums.drop(max(0, least*(1-weightSlack)-left))
			fallthrough
		default:
			sums.addTouched(sets[u.Unit], u.Weight)
		}
		left -= u.Weight
	}
	out := sums.drain(least)
	s.index.accumulators.Put(sums)
	return out
}

// WeightedUnit is the index of a unit of a bag with its weight.
type WeightedUnit struct {
	Unit   int
	Weight float32
}

// WeighUnits weighs the units of a bag, of which some number of so many members has each: those
// that occur, rare ones first, with the sum of their weights and how much of it is enough.
func WeighUnits(counts []int, members int) (units []WeightedUnit, all, least float32) {
	for i, n := range counts {
		if n > 0 {
			units = append(units, WeightedUnit{i, float32(idf(members, n))})
		}
	}
	slices.SortStableFunc(units, func(a, b WeightedUnit) int { return cmp.Compare(counts[a.Unit], counts[b.Unit]) })
	for _, u := range units {
		all += u.Weight
	}
	return units, all, max(longShare, longUnits/float32(len(units))) * all
}

// checkAgain is the share of the weight left when members were last checked from which on it
// pays to check again which of them can still have enough.
const checkAgain = 0.7

// weightSlack is more than sums of the same weights in another order differ by.
const weightSlack = 1e-4

// accumulator sums up the weights of the sets that members are in. Between uses
// all of it is zero.
type accumulator struct {
	sums  []float32 // by member
	once  []uint64  // a bit for each member in a set
	again []uint64  // for each in two or more
	set   []uint64  // room for a set
}

// accumulator returns one with room for members below n; it goes back to
// sn.accumulators.
func (sn *snapshot) accumulator(n int) *accumulator {
	a, ok := sn.accumulators.Get().(*accumulator)
	if !ok {
		a = &accumulator{sums: make([]float32, len(sn.columns.Article))} // no fewer than articles
	}
	if size := denseWords(n); len(a.set) != size {
		a.once, a.again, a.set = make([]uint64, size), make([]uint64, size), make([]uint64, size)
	}
	return a
}

// addAll adds weight to each member of set.
func (a *accumulator) addAll(set *roaring.Bitmap, weight float32) {
	few := set.GetCardinality() < uint64(len(a.set))
	for batch := range batches(set) {
		for _, m := range batch {
			a.sums[m] += weight
			if few {
				bit := uint64(1) << (m & 63)
				a.again[m>>6] |= a.once[m>>6] & bit
				a.once[m>>6] |= bit
			}
		}
	}
	if few {
		return
	}
	clear(a.set)
	set.WriteDenseTo(a.set)
	for w, word := range a.set {
		a.again[w] |= a.once[w] & word
		a.once[w] |= word
	}
}

// addTouched adds weight to the members of set that have a sum already.
func (a *accumulator) addTouched(set *roaring.Bitmap, weight float32) {
	clear(a.set)
	set.WriteDenseTo(a.set)
	for w, once := range a.once {
		word := once & a.set[w]
		a.again[w] |= word
		for ; word != 0; word &= word - 1 {
			a.sums[w<<6|bits.TrailingZeros64(word)] += weight
		}
	}
}

// drop drops the members with less than some weight.
func (a *accumulator) drop(least float32) {
	for w, word := range a.once {
		dropped := uint64(0)
		for ; word != 0; word &= word - 1 {
			sum := &a.sums[w<<6|bits.TrailingZeros64(word)]
			less := lessMask(*sum, least)
			dropped |= word & -word & less
			*sum = math.Float32frombits(math.Float32bits(*sum) &^ uint32(less))
		}
		a.once[w] &^= dropped
	}
}

// lessMask returns all bits if a is less than b, neither of which is negative, else none. A
// branch would be mispredicted.
func lessMask(a, b float32) uint64 {
	return uint64((int64(math.Float32bits(a)) - int64(math.Float32bits(b))) >> 63)
}

// drain returns the members in two or more sets and with at least so much weight, and
// leaves a empty.
func (a *accumulator) drain(least float32) *roaring.Bitmap {
	for w, once := range a.once {
		found := once & a.again[w]
		for word := once; word != 0; word &= word - 1 {
			sum := &a.sums[w<<6|bits.TrailingZeros64(word)]
			found &^= word & -word & lessMask(*sum, least)
			*sum = 0
		}
		a.set[w] = found
	}
	clear(a.once)
	clear(a.again)
	return roaring.FromDense(a.set, true)
}

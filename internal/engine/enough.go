package engine

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// held is what one member holds of the sets that were counted.
type held struct {
	weight float32
	sets   uint32
}

// counting counts what members hold. Between uses all of it is zero.
type counting struct {
	of      []held // by member
	touched []uint32
}

// counting returns one for all members; it goes back by e.countings.Put.
func (e *Engine) counting() *counting {
	if t, ok := e.countings.Get().(*counting); ok {
		return t
	}
	return &counting{of: make([]held, len(e.columns.Article))} // no fewer than articles
}

// enough returns the members that hold two of the sets and enough of their
// weight, each weighing its idf. The rare sets come first; once those that are
// left weigh less than enough, who holds them alone is not looked at.
func (r *run) enough(sets []*roaring.Bitmap) *roaring.Bitmap {
	sets = slices.DeleteFunc(slices.Clone(sets), (*roaring.Bitmap).IsEmpty)
	slices.SortStableFunc(sets, func(a, b *roaring.Bitmap) int { return cmp.Compare(a.GetCardinality(), b.GetCardinality()) })
	weights := make([]float32, len(sets))
	var all float32
	for i, set := range sets {
		weights[i] = float32(r.weight(set))
		all += weights[i]
	}
	least := max(longShare, longUnits/float32(len(sets))) * all
	t := r.counting()
	defer r.countings.Put(t)
	left := all
	for i, set := range sets {
		if left > least*(1-margin) {
			t.addAll(set, weights[i])
		} else {
			t.addTouched(set, weights[i])
		}
		left -= weights[i]
	}
	return setOf(t.take(2, least), r.members())
}

// margin is more than sums of the same weights in another order differ by.
const margin = 1e-4

// addAll adds weight to each member of set.
func (t *counting) addAll(set *roaring.Bitmap, weight float32) {
	for batch := range batches(set) {
		for _, m := range batch {
			h := &t.of[m]
			if h.sets == 0 {
				t.touched = append(t.touched, m)
			}
			h.weight += weight
			h.sets++
		}
	}
}

// containsCost is what it costs to look for a member in a set, in members of it
// read one after another.
const containsCost = 16

// addTouched adds weight to the members of set that hold something already.
func (t *counting) addTouched(set *roaring.Bitmap, weight float32) {
	if set.GetCardinality() > containsCost*uint64(len(t.touched)) {
		for _, m := range t.touched {
			if set.Contains(m) {
				t.of[m].weight += weight
				t.of[m].sets++
			}
		}
		return
	}
	for batch := range batches(set) {
		for _, m := range batch {
			if h := &t.of[m]; h.sets > 0 {
				h.weight += weight
				h.sets++
			}
		}
	}
}

// take returns the members that hold so many sets and so much weight at least,
// and leaves t empty.
func (t *counting) take(sets uint32, least float32) []uint32 {
	out := t.touched[:0]
	for _, m := range t.touched {
		if h := t.of[m]; h.sets >= sets && h.weight >= least {
			out = append(out, m)
		}
		t.of[m] = held{}
	}
	t.touched = t.touched[:0]
	return out
}

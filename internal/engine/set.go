package engine

import (
	"iter"

	"github.com/RoaringBitmap/roaring/v2"
)

// batchSize is how many members of a set are read at a time: one by one they
// cost several times as much.
const batchSize = 1024

// batches gives the members of a set, rising, many at a time. What is given
// must not be kept.
func batches(set *roaring.Bitmap) iter.Seq[[]uint32] {
	return func(yield func([]uint32) bool) {
		var buffer [batchSize]uint32
		for it := set.ManyIterator(); ; {
			n := it.NextMany(buffer[:])
			if n == 0 || !yield(buffer[:n]) {
				return
			}
		}
	}
}

// dense is from how many members in a set is sooner made of a bit for each that
// could be there.
const dense = 1000

// setOf returns the set of rising numbers below n, each of which may come
// several times in a row.
func setOf(numbers []uint32, n int) *roaring.Bitmap {
	if len(numbers) < dense {
		return roaring.BitmapOf(numbers...)
	}
	set := make([]uint64, (n+63)/64)
	for _, m := range numbers {
		set[m>>6] |= 1 << (m & 63)
	}
	return roaring.FromDense(set, false)
}

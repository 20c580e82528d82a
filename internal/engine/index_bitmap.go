package engine

import (
	"iter"

	"github.com/RoaringBitmap/roaring/v2"
)

// batchSize is how many members of a set are read at a time: reading them one by one costs
// several times as much.
const batchSize = 1024

// batches yields the members of a set, sorted, many at a time. A batch must not be
// kept.
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

// denseWords is how many words a set of numbers below n takes, a bit each. It has room for
// whole containers of a roaring.Bitmap, which are written as such.
func denseWords(n int) int {
	const container = 1 << 16
	return (n + container - 1) / container * (container / 64)
}

// denseSize is from how many members on a set is made faster from one bit for each
// number that could be in it.
const denseSize = 1000

// setOf returns the set of numbers below n, which may come in any order and several
// times.
func setOf(numbers []uint32, n int) *roaring.Bitmap {
	if len(numbers) < denseSize {
		return roaring.BitmapOf(numbers...)
	}
	set := make([]uint64, (n+63)/64)
	for _, m := range numbers {
		set[m>>6] |= 1 << (m & 63)
	}
	return roaring.FromDense(set, false)
}

// documents returns a set of documents.
func (sn *snapshot) documents(docs []uint32) *roaring.Bitmap {
	return setOf(docs, len(sn.columns.Article))
}

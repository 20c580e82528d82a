package engine

import "github.com/RoaringBitmap/roaring/v2"

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

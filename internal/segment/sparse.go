package segment

import "math/bits"

// A list of few documents, all with frequency 1, has its documents as Elias and Fano store
// positions (exceptions.go). So its size follows from their number, and the dictionary doesn't
// have it.

// maxSparse is the greatest number of documents of such a list.
const maxSparse = 15

// sparseSize is the size of such a list of n documents in bytes.
func sparseSize(documents uint32, n int) int { return (positionBits(int(documents), n) + 7) / 8 }

// appendSparse appends such a list.
func appendSparse(to []byte, docs []uint32, documents uint32) []byte {
	w := bitWriter{to: to}
	l := lowestBits(int(documents), len(docs))
	writeHigh(&w, docs, int(documents), l)
	for _, doc := range docs {
		w.write(uint64(doc)&(1<<l-1), l)
	}
	return w.finish()
}

// readSparse reads such a list of n documents, with padding behind it, and reports whether it
// can be one.
func readSparse(out *[BlockSize]uint32, n int, src []byte, documents uint32) bool {
	l := lowestBits(int(documents), n)
	size := n + (int(documents)-1)>>l // less than 3·n, so less than 64
	ones := wordAt(src, 0) & (1<<(size&63) - 1)
	if bits.OnesCount64(ones) != n {
		return false
	}
	bit, low := uint(size), uint32(1)<<l-1
	last := int64(-1)
	for i := range n {
		doc := uint32(bits.TrailingZeros64(ones)-i)<<l | uint32(bitsAt(src, bit))&low
		if int64(doc) <= last {
			return false
		}
		ones &= ones - 1
		bit += l
		out[i%BlockSize], last = doc, int64(doc)
	}
	return last < int64(documents)
}

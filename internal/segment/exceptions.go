package segment

import (
	"encoding/binary"
	"math/bits"
)

// The exceptions among n integers are those that need more bits than the others have
// (Zukowski et al., Super-Scalar RAM-CPU Cache Compression, 2006). After the lower bits of all
// integers follow
//
//	7 bits  how many exceptions there are, k
//	5 bits  the width of their upper bits, less 1
//	if k < n/4
//	        of each, how far its position without the lowest bits is after that of the one
//	        before, as so many zeros and a one (Elias 1974, Fano 1971)
//	        of each, the lowest bits of its position, then its upper bits
//	else
//	        a bit for each of the n integers: whether it is an exception
//	        of each exception its upper bits
//
// How many lowest bits there are follows from n and k.
const (
	countBits = 7
	upperBits = 5
)

// lowestBits is how many bits of a position are stored as they are, of k positions below n: the
// logarithm of n/k, rounded down. Dividing would take long.
func lowestBits(n, k int) uint {
	l := bits.Len32(uint32(n)) - bits.Len32(uint32(k))
	return uint(l+(n-k<<(l&63))>>63) & 31 // one less if k<<l exceeds n
}

// positionBits is the size of k positions below n as Elias and Fano store them.
func positionBits(n, k int) int {
	l := lowestBits(n, k)
	return k + (n-1)>>l + k*int(l)
}

// exceptionsSize is the size of k exceptions with upper bits of a width, in bytes.
func exceptionsSize(n, k int, upper uint) int {
	positions := n
	if k < n/4 {
		positions = positionBits(n, k)
	}
	return (countBits + upperBits + positions + k*int(upper) + 7) / 8
}

// appendExceptions appends exceptions: their positions below n, and their upper bits.
func appendExceptions(to []byte, n int, positions []uint8, above []uint32, upper uint) []byte {
	w := bitWriter{to: to}
	k := len(positions)
	w.write(uint64(k), countBits)
	w.write(uint64(upper-1), upperBits)
	if k >= n/4 {
		var set [BlockSize]bool
		for _, p := range positions {
			set[p] = true
		}
		for _, in := range set[:n] {
			w.writeBool(in)
		}
	} else {
		l := lowestBits(n, k)
		writeHigh(&w, positions, n, l)
		for i, p := range positions {
			w.write(uint64(p)&(1<<l-1)|uint64(above[i])<<l, l+upper)
		}
		return w.finish()
	}
	for _, v := range above {
		w.write(uint64(v), upper)
	}
	return w.finish()
}

// writeHigh writes positions below n without their lowest bits, as distances in unary.
func writeHigh[T uint8 | uint32](w *bitWriter, positions []T, n int, lowest uint) {
	at := 0
	for _, p := range positions {
		high := int(p >> lowest)
		w.write(1<<(high-at), uint(high-at+1))
		at = high
	}
	w.write(0, uint((n-1)>>lowest-at))
}

// bitsAt returns at least 57 bits from a bit of src on.
func bitsAt(src []byte, bit uint) uint64 {
	return binary.LittleEndian.Uint64(src[bit/8:]) >> (bit % 8)
}

// wordAt returns 64 bits from a bit of src on.
func wordAt(src []byte, bit uint) uint64 {
	return bitsAt(src, bit) | binary.LittleEndian.Uint64(src[bit/8+8:])<<(64-bit%8)
}

// addExceptions adds the upper bits of the exceptions that begin src to out, of which width
// bits are known. It returns their size, which is at most size; 0 if they can't be some.
func addExceptions[T integer](out *[BlockSize]T, n int, src []byte, size int, width uint) int {
	head := uint(binary.LittleEndian.Uint16(src))
	k, upper := int(head%(1<<countBits)), head>>countBits%(1<<upperBits)+1
	if k == 0 || k > n {
		return 0
	}
	used := exceptionsSize(n, k, upper)
	if used > size {
		return 0
	}
	if k >= n/4 {
		return used * addMany(out, n, src, k, upper, width)
	}
	l := lowestBits(n, k)
	bit := uint(countBits + upperBits)
	ones := wordAt(src, bit) // 62 bits at most of it: k < n/4, and n>>l < 2k
	bit += uint(k + (n-1)>>l)
	low, mask := uint(1)<<l-1, T(uint64(1)<<(upper&63)-1)
	for i := range uint(k) {
		v := bitsAt(src, bit)
		at := (uint(bits.TrailingZeros64(ones))-i)<<l | uint(v)&low
		ones &= ones - 1
		out[at%BlockSize] += T(v>>l) & mask << (width & 31)
		bit += upper + l
	}
	return used
}

// addMany is addExceptions where a bit says of each integer whether it is one. It returns 1, or
// 0 if there aren't k.
func addMany[T integer](out *[BlockSize]T, n int, src []byte, k int, upper, width uint) int {
	const first = countBits + upperBits
	sets := [2]uint64{wordAt(src, first), wordAt(src, first+64)}
	if n <= 64 {
		sets = [2]uint64{sets[0] & (1<<n - 1)}
	} else {
		sets[1] &= 1<<(n-64) - 1
	}
	if bits.OnesCount64(sets[0])+bits.OnesCount64(sets[1]) != k {
		return 0
	}
	bit, mask := first+uint(n), T(uint64(1)<<(upper&63)-1)
	for i, set := range sets {
		for ; set != 0; set &= set - 1 {
			at := 64*i + bits.TrailingZeros64(set)
			out[at%BlockSize] += T(bitsAt(src, bit)) & mask << (width & 31)
			bit += upper
		}
	}
	return 1
}

// bitWriter appends bits, the lowest first.
type bitWriter struct {
	to      []byte
	pending uint64
	n       uint // pending bits, less than 8
}

// write appends the lowest bits, at most 56, of v, which has no others.
func (w *bitWriter) write(v uint64, width uint) {
	w.pending |= v << w.n
	for w.n += width; w.n >= 8; w.n -= 8 {
		w.to = append(w.to, byte(w.pending))
		w.pending >>= 8
	}
}

func (w *bitWriter) writeBool(v bool) {
	if v {
		w.write(1, 1)
	} else {
		w.write(0, 1)
	}
}

// finish returns what was appended, with zeros up to a whole byte.
func (w *bitWriter) finish() []byte {
	if w.n > 0 {
		w.to = append(w.to, byte(w.pending))
	}
	return w.to
}

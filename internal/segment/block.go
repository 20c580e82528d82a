package segment

import (
	"encoding/binary"
	"errors"
	"math/bits"
)

// A block is up to 128 postings: their documents, then their frequencies.
//
//	documents    header, then integers: of each document the difference from the one
//	             before, less one; or a bit set
//	frequencies  header, then integers: of each frequency one less; absent if all are 1
//
// Integers are packed with one width. Those that need more bits are exceptions, whose upper
// bits follow (exceptions.go).
const (
	widthMask      = 0x3f // of a header: the width, or one of the two below
	bitSet         = 33   // a byte, the size in bytes, then a bit for each document after the block before
	varints        = 34   // uvarints, where there are so few integers that they are smaller
	hasExceptions  = 0x40
	allFrequencies = 0x80 // of a header of documents: all frequencies are 1
)

// errBlock is what a block returns that can't be one.
var errBlock = errors.New("a block of postings is invalid")

// appendBlock appends a block. base is the document before it, -1 for none. Without
// frequencies, all are 1.
func appendBlock(to []byte, docs []uint32, frequencies []uint16, base int64) []byte {
	var deltas, less [BlockSize]uint32
	previous := base
	for i, doc := range docs {
		deltas[i] = uint32(int64(doc) - previous - 1)
		previous = int64(doc)
	}
	ones := true
	for i, f := range frequencies {
		less[i] = uint32(f) - 1
		ones = ones && f == 1
	}
	header := len(to)
	to = appendIntegers(to, deltas[:len(docs)])
	if span := int(previous - base); (span+7)/8+1 < len(to)-header-1 {
		to = appendBitSet(to[:header], docs, base, span)
	}
	if ones {
		to[header] |= allFrequencies
		return to
	}
	return appendIntegers(to, less[:len(docs)])
}

func appendBitSet(to []byte, docs []uint32, base int64, span int) []byte {
	size := (span + 7) / 8
	to = append(to, bitSet, byte(size))
	start := len(to)
	for range size {
		to = append(to, 0)
	}
	for _, doc := range docs {
		bit := int(int64(doc) - base - 1)
		to[start+bit/8] |= 1 << (bit % 8)
	}
	return to
}

// appendIntegers appends a header and values.
func appendIntegers(to []byte, values []uint32) []byte {
	width, exceptions, upper, size := chooseWidth(values)
	if n := varintSize(values); n < size {
		to = append(to, varints)
		for _, v := range values {
			to = binary.AppendUvarint(to, uint64(v))
		}
		return to
	}
	if exceptions == 0 {
		return appendPacked(append(to, byte(width)), values, width)
	}
	var lower, above [BlockSize]uint32
	var positions [BlockSize]uint8
	n := 0
	for i, v := range values {
		lower[i] = v & (1<<width - 1)
		if high := v >> width; high != 0 {
			positions[n], above[n] = uint8(i), high
			n++
		}
	}
	to = appendPacked(append(to, byte(width)|hasExceptions), lower[:len(values)], width)
	return appendExceptions(to, len(values), positions[:n], above[:n], upper)
}

// exceptionCost is how many bits an exception has to save beyond its own: reading one takes 3 ns.
const exceptionCost = 4

// chooseWidth returns the width that makes values smallest, how many are exceptions, the
// width of their upper bits, and the size in bytes without the header.
func chooseWidth(values []uint32) (width uint, exceptions int, upper uint, size int) {
	var count [maxWidth + 1]int
	most := uint(0)
	for _, v := range values {
		n := bitLen(v)
		count[n]++
		most = max(most, n)
	}
	width = usableWidth(most)
	size = packedSize(len(values), width)
	least := 8 * size
	over := 0
	for w := most; w > 0; {
		over += count[w]
		w--
		if over >= len(values) {
			break
		}
		high := most - w
		n := exceptionsSize(len(values), over, high) + packedSize(len(values), w)
		cost := 8*n + over*exceptionCost
		if cost < least && usableWidth(w) == w {
			width, exceptions, upper, size, least = w, over, high, n, cost
		}
	}
	return width, exceptions, upper, size
}

func varintSize(values []uint32) int {
	size := 0
	for _, v := range values {
		size += (bits.Len32(v|1) + 6) / 7
	}
	return size
}

// readDocs reads the n documents of a block that begins src and is size bytes long, with
// padding behind it. It returns the number of bytes, and whether frequencies follow.
func readDocs(out *[BlockSize]uint32, n int, src []byte, size int, base int64) (used int, frequencies bool, err error) {
	if size < 1 {
		return 0, false, errBlock
	}
	frequencies = src[0]&allFrequencies == 0
	if src[0]&widthMask == bitSet {
		used, err = readBitSet(out, n, src, size, base)
		return used, frequencies, err
	}
	used, err = readIntegers(out, n, src, size)
	if err != nil {
		return 0, false, err
	}
	// The differences of a forged file may be greater than 32 bits, and are 0 then.
	if addUp(out, n, uint64(base)) > 1<<32-1 {
		return 0, false, errBlock
	}
	return used, frequencies, nil
}

// addUp replaces n differences by sums, and returns the last one. Sums of eight are made at a
// time, so that few additions wait for the one before.
func addUp(out *[BlockSize]uint32, n int, sum uint64) uint64 {
	i := 0
	for ; i+8 <= n; i += 8 {
		o := (*[8]uint32)(out[i:])
		a, b, c, d := uint64(o[0]), uint64(o[1]), uint64(o[2]), uint64(o[3])
		e, f, g, h := uint64(o[4]), uint64(o[5]), uint64(o[6]), uint64(o[7])
		b, d, f, h = a+b, c+d, e+f, g+h
		c, d, g, h = b+c, b+d, f+g, f+h
		o[0], o[1], o[2], o[3] = uint32(sum+a), uint32(sum+b), uint32(sum+c), uint32(sum+d)
		half := sum + d
		sum = half + h
		o[4], o[5], o[6], o[7] = uint32(half+e), uint32(half+f), uint32(half+g), uint32(sum)
	}
	for ; i < n; i++ {
		sum += uint64(out[i])
		out[i] = uint32(sum)
	}
	return sum
}

func readBitSet(out *[BlockSize]uint32, n int, src []byte, size int, base int64) (int, error) {
	if size < 2 {
		return 0, errBlock
	}
	length := int(src[1])
	if size < 2+length || base+int64(length)*8 > 1<<32-1+7 {
		return 0, errBlock
	}
	found := 0
	for at := 0; at < length; at += 8 {
		word := binary.LittleEndian.Uint64(src[2+at:])
		if rest := length - at; rest < 8 {
			word &= 1<<(8*rest) - 1
		}
		if found+bits.OnesCount64(word) > n {
			return 0, errBlock
		}
		first := uint32(base + 1 + int64(at)*8)
		for ; word != 0; word &= word - 1 {
			out[found&(BlockSize-1)] = first + uint32(bits.TrailingZeros64(word))
			found++
		}
	}
	if found != n || int64(out[n-1]) <= base {
		return 0, errBlock
	}
	return 2 + length, nil
}

// readFrequencies reads the frequencies of n documents.
func readFrequencies(out *[BlockSize]uint16, n int, src []byte, size int) error {
	if _, err := readIntegers(out, n, src, size); err != nil {
		return err
	}
	return nil
}

// readIntegers reads the n integers that appendIntegers wrote, adds one to each, and returns
// their size. Of a forged one only the lower bits are read.
func readIntegers[T integer](out *[BlockSize]T, n int, src []byte, size int) (used int, err error) {
	if size < 1 {
		return 0, errBlock
	}
	header := src[0]
	width := uint(header & widthMask)
	if width == varints {
		return readVarints(out, n, src[:size])
	}
	if width > maxWidth || usableWidth(width) != width {
		return 0, errBlock
	}
	used = 1 + packedSize(n, width)
	if used > size {
		return 0, errBlock
	}
	unpack(out, n, src[1:], width, 1)
	if header&hasExceptions != 0 {
		more := addExceptions(out, n, src[used:], size-used, width)
		if more == 0 {
			return 0, errBlock
		}
		used += more
	}
	return used, nil
}

func readVarints[T integer](out *[BlockSize]T, n int, src []byte) (used int, err error) {
	r := varintReader{src: src, at: 1}
	for i := range out[:n] {
		out[i] = T(r.uint32() + 1)
	}
	if r.failed {
		return 0, errBlock
	}
	return r.at, nil
}

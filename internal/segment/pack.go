package segment

import (
	"encoding/binary"
	"math/bits"
)

// blockSize is the number of postings in a block. The last block of a list may have fewer.
const blockSize = 128

// maxWidth is the greatest width of a packed integer in bits.
const maxWidth = 32

// padding is how many bytes behind packed integers must be readable: they are read eight
// bytes at a time and eight integers at a time.
const padding = 64

// packedSize is the number of bytes of n integers of width bits each.
func packedSize(n int, width uint) int { return (n*int(width) + 7) / 8 }

// usableWidth returns the least width, of at least width, that unpack can read. Two integers
// of 31 bits may span nine bytes.
func usableWidth(width uint) uint {
	if width == 31 {
		return 32
	}
	return width
}

// appendPacked appends values, the lowest bit of the first one first.
func appendPacked(to []byte, values []uint32, width uint) []byte {
	var pending uint64
	var n uint
	for _, v := range values {
		pending |= uint64(v) << n
		n += width
		for n >= 8 {
			to = append(to, byte(pending))
			pending >>= 8
			n -= 8
		}
	}
	if n > 0 {
		to = append(to, byte(pending))
	}
	return to
}

// unpack reads n integers. It may write up to seven more, and needs padding behind them.
func unpack(out *[blockSize]uint32, n int, src []byte, width uint) {
	switch {
	case width == 0:
		clear(out[:n])
	case width <= 8:
		unpackByEight(out, n, src, width)
	case width <= 16:
		unpackByFour(out, n, src, width)
	default:
		unpackByTwo(out, n, src, width)
	}
}

// unpackByEight reads eight integers of at most 8 bits with one load.
func unpackByEight(out *[blockSize]uint32, n int, src []byte, width uint) {
	mask := uint32(1)<<(width&31) - 1
	for i := 0; i < n; i += 8 {
		v := binary.LittleEndian.Uint64(src)
		src = src[width:]
		o := (*[8]uint32)(out[i:])
		o[0] = uint32(v) & mask
		v >>= width & 63
		o[1] = uint32(v) & mask
		v >>= width & 63
		o[2] = uint32(v) & mask
		v >>= width & 63
		o[3] = uint32(v) & mask
		v >>= width & 63
		o[4] = uint32(v) & mask
		v >>= width & 63
		o[5] = uint32(v) & mask
		v >>= width & 63
		o[6] = uint32(v) & mask
		v >>= width & 63
		o[7] = uint32(v) & mask
	}
}

// unpackByFour reads eight integers of 9 to 16 bits with two loads.
func unpackByFour(out *[blockSize]uint32, n int, src []byte, width uint) {
	mask := uint32(1)<<(width&31) - 1
	at, shift := 4*width/8, 4*width%8
	for i := 0; i < n; i += 8 {
		v := binary.LittleEndian.Uint64(src)
		u := binary.LittleEndian.Uint64(src[at:]) >> (shift & 63)
		src = src[width:]
		o := (*[8]uint32)(out[i:])
		o[0] = uint32(v) & mask
		o[4] = uint32(u) & mask
		v >>= width & 63
		u >>= width & 63
		o[1] = uint32(v) & mask
		o[5] = uint32(u) & mask
		v >>= width & 63
		u >>= width & 63
		o[2] = uint32(v) & mask
		o[6] = uint32(u) & mask
		v >>= width & 63
		u >>= width & 63
		o[3] = uint32(v) & mask
		o[7] = uint32(u) & mask
	}
}

// unpackByTwo reads eight integers of 17 to 30 or 32 bits with four loads.
func unpackByTwo(out *[blockSize]uint32, n int, src []byte, width uint) {
	mask := uint32(1<<(width&63) - 1)
	for i := 0; i < n; i += 8 {
		o := (*[8]uint32)(out[i:])
		for k := range uint(4) {
			bit := 2 * k * width
			v := binary.LittleEndian.Uint64(src[bit/8:]) >> (bit % 8)
			o[2*k] = uint32(v) & mask
			o[2*k+1] = uint32(v>>(width&63)) & mask
		}
		src = src[width:]
	}
}

// bitLen is the number of bits of v.
func bitLen(v uint32) uint { return uint(bits.Len32(v)) }

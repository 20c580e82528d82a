package segment

import (
	"encoding/binary"
	"math/bits"

	"xunwen/internal/pagefile"
)

// BlockSize is the number of postings in a block. The last block of a list may have fewer.
const BlockSize = 128

// maxWidth is the greatest width of a packed integer in bits.
const maxWidth = 32

// padding is how many bytes behind packed integers must be readable: they are read eight
// bytes at a time and sixteen integers at a time.
const padding = pagefile.Padding

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
		pending |= uint64(v) << (n & 63)
		if n += width; n >= 32 {
			to = binary.LittleEndian.AppendUint32(to, uint32(pending))
			pending >>= 32
			n -= 32
		}
	}
	for i := uint(0); i < n; i += 8 {
		to = append(to, byte(pending>>(i&63)))
	}
	return to
}

// integer is what unpack writes: documents and frequencies.
type integer interface{ uint16 | uint32 }

// unpack reads n integers and adds more to each. It may write up to fifteen further ones, and
// needs padding behind them.
func unpack[T integer](out *[BlockSize]T, n int, src []byte, width uint, more T) {
	if out, ok := any(out).(*[BlockSize]uint16); ok && more == 1 && width <= 1 {
		if width == 0 {
			unpackOnes(out, n)
		} else {
			unpackBits(out, n, src)
		}
		return
	}
	switch {
	case width == 0:
		for i := range out[:n] {
			out[i] = more
		}
	case width <= 8:
		unpackByEight(out, n, src, width, more)
	case width <= 16:
		unpackByFour(out, n, src, width, more)
	default:
		unpackByTwo(out, n, src, width, more)
	}
}

// bitsPlusOne has eight integers of 1 bit, plus one, for each byte.
var bitsPlusOne = func() (table [256][8]uint16) {
	for b := range table {
		for i := range table[b] {
			table[b][i] = uint16(b>>i&1) + 1
		}
	}
	return table
}()

// unpackOnes reads integers without bits and adds one to each.
func unpackOnes(out *[BlockSize]uint16, n int) {
	for i := 0; i < n; i += 8 {
		*(*[8]uint16)(out[i:]) = bitsPlusOne[0]
	}
}

// unpackBits reads integers of 1 bit and adds one to each.
func unpackBits(out *[BlockSize]uint16, n int, src []byte) {
	for i := 0; i < n; i += 8 {
		*(*[8]uint16)(out[i:]) = bitsPlusOne[src[i/8]]
	}
}

// unpackByEight reads eight integers of at most 8 bits with one load.
func unpackByEight[T integer](out *[BlockSize]T, n int, src []byte, width uint, more T) {
	mask := T(1)<<(width&31) - 1
	for i := 0; i < n; i += 8 {
		v := binary.LittleEndian.Uint64(src)
		src = src[width:]
		o := (*[8]T)(out[i:])
		o[0] = T(v)&mask + more
		v >>= width & 63
		o[1] = T(v)&mask + more
		v >>= width & 63
		o[2] = T(v)&mask + more
		v >>= width & 63
		o[3] = T(v)&mask + more
		v >>= width & 63
		o[4] = T(v)&mask + more
		v >>= width & 63
		o[5] = T(v)&mask + more
		v >>= width & 63
		o[6] = T(v)&mask + more
		v >>= width & 63
		o[7] = T(v)&mask + more
	}
}

// unpackByFour reads sixteen integers of 9 to 16 bits with four loads.
func unpackByFour[T integer](out *[BlockSize]T, n int, src []byte, width uint, more T) {
	mask := T(uint32(1)<<(width&31) - 1)
	at, shift := 4*width/8, 4*width%8
	for i := 0; i < n; i += 16 {
		o := (*[16]T)(out[i:])
		next := src[width:]
		unpackFour((*[4]T)(o[:4]), binary.LittleEndian.Uint64(src), width, mask, more)
		unpackFour((*[4]T)(o[4:]), binary.LittleEndian.Uint64(src[at:])>>(shift&63), width, mask, more)
		unpackFour((*[4]T)(o[8:]), binary.LittleEndian.Uint64(next), width, mask, more)
		unpackFour((*[4]T)(o[12:]), binary.LittleEndian.Uint64(next[at:])>>(shift&63), width, mask, more)
		src = next[width:]
	}
}

func unpackFour[T integer](o *[4]T, v uint64, width uint, mask, more T) {
	o[0] = T(v)&mask + more
	v >>= width & 63
	o[1] = T(v)&mask + more
	v >>= width & 63
	o[2] = T(v)&mask + more
	v >>= width & 63
	o[3] = T(v)&mask + more
}

// unpackByTwo reads eight integers of 17 to 30 or 32 bits with four loads.
func unpackByTwo[T integer](out *[BlockSize]T, n int, src []byte, width uint, more T) {
	mask := T(uint64(1)<<(width&63) - 1)
	for i := 0; i < n; i += 8 {
		o := (*[8]T)(out[i:])
		for k := range uint(4) {
			bit := 2 * k * width
			v := binary.LittleEndian.Uint64(src[bit/8:]) >> (bit % 8)
			o[2*k] = T(v)&mask + more
			o[2*k+1] = T(v>>(width&63))&mask + more
		}
		src = src[width:]
	}
}

// bitLen is the number of bits of v.
func bitLen(v uint32) uint { return uint(bits.Len32(v)) }

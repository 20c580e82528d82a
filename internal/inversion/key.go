package inversion

import "unicode/utf8"

// keyedTerm is a term that is its own key.
type keyedTerm struct {
	key    uint64
	number uint32
	times  uint32
}

// A term of three or four characters of three bytes has a key of 16 bits for each, one of up to
// seven bytes has a key of the number of its bytes, in the highest bits, and the bytes. A
// character of three bytes is 0x0800 or higher, so that no two terms have the same key.
const (
	keyChar  = 3 // bytes
	keyBytes = 7
	keyShift = 8 * keyBytes
)

// keyOf returns the key of a term that has one.
func keyOf(term string) (key uint64, ok bool) {
	if n := len(term); n != 3*keyChar && n != 4*keyChar {
		if n == 0 || n > keyBytes {
			return 0, false
		}
		for i := range n {
			key |= uint64(term[i]) << (8 * i)
		}
		return key | uint64(n)<<keyShift, true
	}
	for ; term != ""; term = term[keyChar:] {
		r, ok := threeBytes(term)
		if !ok {
			return 0, false
		}
		key = key<<charBits | uint64(r)
	}
	return key, true
}

// appendKey appends the term with a key.
func appendKey(to []byte, key uint64) []byte {
	if n := key >> keyShift; n > 0 && n <= keyBytes {
		for ; n > 0; n-- {
			to, key = append(to, byte(key)), key>>8
		}
		return to
	}
	for shift := 3 * charBits; shift >= 0; shift -= charBits {
		if r := key >> shift & maxChar; r != 0 {
			to = utf8.AppendRune(to, rune(r))
		}
	}
	return to
}

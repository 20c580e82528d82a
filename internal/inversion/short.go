package inversion

import "unicode/utf8"

// A short term is one or two characters of the basic multilingual plane, as bigrams and
// most Chinese words are. It is its own number: the first character in the high 16 bits and
// the second, or 0, in the low ones. So it needs no table, and short terms sort by number as
// by bytes, since UTF-8 keeps the order of code points.
const (
	charBits = 16
	maxChar  = 1<<charBits - 1
)

// shortTerm returns the number of a short term; ok is false for others.
func shortTerm(term string) (number uint32, ok bool) {
	const han = 3 // bytes of a Han character, as nearly all are
	if len(term) == 2*han {
		a, okA := threeBytes(term)
		b, okB := threeBytes(term[han:])
		if okA && okB {
			return a<<charBits | b, true
		}
		return 0, false // three characters, or more
	}
	a, size := utf8.DecodeRuneInString(term)
	if a == 0 || a > maxChar || a == utf8.RuneError && size < han {
		return 0, false
	}
	if size == len(term) {
		return uint32(a) << charBits, true
	}
	b, last := utf8.DecodeRuneInString(term[size:])
	if b == 0 || b > maxChar || b == utf8.RuneError && last < han || size+last < len(term) {
		return 0, false
	}
	return uint32(a)<<charBits | uint32(b), true
}

// threeBytes decodes a character of three bytes at the beginning of s, which is long enough.
func threeBytes(s string) (uint32, bool) {
	const lead, mask, cont = 0xE0, 0xF0, 0x80
	if s[0]&mask != lead || s[1]&0xC0 != cont || s[2]&0xC0 != cont {
		return 0, false
	}
	r := uint32(s[0]&0x0F)<<12 | uint32(s[1]&0x3F)<<6 | uint32(s[2]&0x3F)
	const least, surrogates, surrogatesEnd = 0x800, 0xD800, 0xE000
	return r, r >= least && (r < surrogates || r >= surrogatesEnd)
}

// appendShort appends the short term with a number.
func appendShort(to []byte, number uint32) []byte {
	to = utf8.AppendRune(to, rune(number>>charBits))
	if b := number & maxChar; b != 0 {
		to = utf8.AppendRune(to, rune(b))
	}
	return to
}

package textnorm

import (
	"unicode"
	"unicode/utf8"
)

// firstCJK is where the blocks of East Asian writing begin; no Han character
// has a smaller code.
const firstCJK = 0x2E80

// The blocks of nearly all Han characters in texts, which are characters of their
// own for Unicode: from Extension A to the end of the unified ideographs.
const (
	firstNear = 0x3400
	afterNear = 0xA000
)

// nearSize is the length in bytes of a character of these blocks.
const nearSize = 3

// isNearHan reports whether a character of valid UTF-8 that begins with a byte is
// between U+5000 and U+9FFF: most Han characters of texts are, and nothing else is.
func isNearHan(first byte) bool { return 0xE5 <= first && first <= 0xE9 }

// isBlank reports whether a decoded rune is white space.
func isBlank(r rune) bool {
	if r < utf8.RuneSelf {
		return r == ' ' || r >= '\t' && r <= '\r'
	}
	return unicode.IsSpace(r)
}

// IsHan reports whether r is a Han character (汉字) by its Unicode script,
// which includes 々 and 〇.
func IsHan(r rune) bool {
	switch {
	case r < firstCJK:
		return false
	case r >= 0x4E00 && r <= 0x9FFF:
		return true
	}
	return unicode.Is(unicode.Han, r)
}

// IsWordRune reports whether r belongs to a run of letters, digits (numbers of
// any kind) and marks that are not Han characters: c919, новости.
func IsWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	}
	if isFrequent(r) {
		return false
	}
	return (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)) && !IsHan(r)
}

// isFrequent tells of nearly all characters of Chinese texts that they are Han characters
// or signs: searching the tables of Unicode takes ten times as long.
func isFrequent(r rune) bool {
	switch {
	case r >= 0x4E00 && r <= 0x9FFF, // Han characters
		r >= 0x2010 && r <= 0x205E,                             // dashes, quotes, ellipsis
		r >= 0x3001 && r <= 0x3004, r >= 0x3008 && r <= 0x3020, // full stop, brackets
		r >= 0xFF01 && r <= 0xFF0F, r >= 0xFF1A && r <= 0xFF20: // comma, colon, question mark
		return true
	}
	return false
}

// First returns the first n characters of a text.
func First(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

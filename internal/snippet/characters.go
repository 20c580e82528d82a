package snippet

import "unicode/utf8"

// Texts mostly consist of Han characters between U+4000 and U+9FFF. They are recognised by their
// first byte, which is much faster than to decode them.

// commonSize is the size of such a character.
const commonSize = 3

// isCommonHan reports whether the character at an offset is one of those.
func isCommonHan(text string, at int) bool {
	return at+commonSize <= len(text) && 0xE4 <= text[at] && text[at] <= 0xE9 &&
		!utf8.RuneStart(text[at+1]) && !utf8.RuneStart(text[at+2])
}

// length counts characters. For a text of more bytes than a snippet can have it
// returns the bytes: that text is too long in any case.
func length(text string, start, end int) int {
	if end-start > maxRunes*utf8.UTFMax {
		return end - start
	}
	n := 0
	for text = text[:end]; start < end; n++ {
		start = next(text, start)
	}
	return n
}

// forward returns the offset n characters after at, at most the end of text.
func forward(text string, at, n int) int {
	for ; n > 0 && at < len(text); n-- {
		at = next(text, at)
	}
	return at
}

// next returns the offset after the character at an offset before the end of text.
func next(text string, at int) int {
	if isCommonHan(text, at) {
		return at + commonSize
	}
	_, size := utf8.DecodeRuneInString(text[at:])
	return at + size
}

// backward returns the offset n characters before at, at least 0.
func backward(text string, at, n int) int {
	for ; n > 0 && at > 0; n-- {
		if at >= commonSize && isCommonHan(text[:at], at-commonSize) {
			at -= commonSize
			continue
		}
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	return at
}

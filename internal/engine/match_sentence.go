package engine

import (
	"slices"
	"strings"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// SentenceEnds returns the offsets in a folded text after each mark that ends a
// sentence, in order. A full stop ends one only after a Han character: between letters
// and digits it belongs to a number, an address or a name.
func SentenceEnds(folded string) []int {
	var ends []int
	for at := nextSentence(folded, 0, len(folded)); at > 0; at = nextSentence(folded, at, len(folded)) {
		ends = append(ends, at)
	}
	return ends
}

// nextSentence returns the offset in a folded text after the first mark in [from, to) that ends
// a sentence, 0 if there is none.
func nextSentence(folded string, from, to int) int {
	for at := from; at < to; at++ {
		switch folded[at] {
		case '!', '?':
			return at + 1
		case '.':
			if before, _ := utf8.DecodeLastRuneInString(folded[:at]); textnorm.IsHan(before) {
				return at + 1
			}
		case ideographicStop[0]:
			if strings.HasPrefix(folded[at:], ideographicStop) {
				return at + len(ideographicStop)
			}
		}
	}
	return 0
}

const ideographicStop = "。"

// EndsSentence reports whether a text, as printed, ends with the mark of a sentence or a
// clause, which text does and a heading doesn't.
func EndsSentence(text string) bool {
	text = strings.TrimRight(text, "”’」』）》\"') \u3000\n")
	r, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune("。！？；：…!?;:.", r)
}

// sentenceAt returns the number of the sentence that the character at an offset is in,
// from 0, given the ends of sentences. A mark is part of the sentence that it ends.
func sentenceAt(ends []int, at int) int {
	n, found := slices.BinarySearch(ends, at)
	if found {
		n++
	}
	return n
}

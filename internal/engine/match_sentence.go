package engine

import (
	"slices"
	"strings"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// sentenceMarks are the characters of a folded text that may end a sentence.
const sentenceMarks = "。!?."

// sentenceEnds returns the offsets in a folded text after each mark that ends a
// sentence, in order. A full stop ends one only after a Han character: between letters
// and digits it belongs to a number, an address or a name.
func sentenceEnds(folded string) []int {
	var ends []int
	for at := 0; ; {
		i := strings.IndexAny(folded[at:], sentenceMarks)
		if i < 0 {
			return ends
		}
		before, _ := utf8.DecodeLastRuneInString(folded[:at+i])
		r, size := utf8.DecodeRuneInString(folded[at+i:])
		at += i + size
		if r != '.' || textnorm.IsHan(before) {
			ends = append(ends, at)
		}
	}
}

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

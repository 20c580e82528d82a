package suggest

import (
	"iter"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// Lexicon holds the words and the pairs of neighbouring Han characters that the
// documents of one generation hold, folded, each with the number of documents.
// It is not changed once it is made, and safe for concurrent use.
type Lexicon struct {
	documents int

	// Words in byte order: word i is text[starts[i]:starts[i+1]].
	text   string
	starts []uint32
	counts []uint32
	// byFirst[i] is the first word that begins with chars[i], or would.
	byFirst []uint32

	// Pairs by their first character: the seconds of chars[i] are
	// second[first[i]:first[i+1]], indexes of chars in rising order.
	chars  []rune // in rising order
	first  []uint32
	second []uint16
	pairs  []uint32
	total  []uint64 // by character: documents over all pairs that it begins or ends

	// The same pairs by their second character: the firsts of those that chars[i]
	// ends are before[last[i]:last[i+1]], of pairs that leastMeant documents hold.
	last   []uint32
	before []uint16

	common []uint16 // index of chars, plus 1, by distance from commonFirst
}

// Nearly all characters stand in one block of Unicode; finding them takes no
// search.
const (
	commonFirst = 0x4E00
	commonLast  = 0x9FFF
)

// Documents returns how many documents were counted.
func (l *Lexicon) Documents() int { return l.documents }

// EachWord gives the words in byte order, as NewLexicon takes them.
func (l *Lexicon) EachWord() iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		for i, n := range l.counts {
			if !yield(l.word(i), int(n)) {
				return
			}
		}
	}
}

// EachPair gives the pairs of characters in byte order, as NewLexicon takes
// them.
func (l *Lexicon) EachPair() iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		for i, a := range l.chars {
			for k := l.first[i]; k < l.first[i+1]; k++ {
				if !yield(string([]rune{a, l.chars[l.second[k]]}), int(l.pairs[k])) {
					return
				}
			}
		}
	}
}

// Words returns how many words are held.
func (l *Lexicon) Words() int { return len(l.counts) }

func (l *Lexicon) word(i int) string { return l.text[l.starts[i]:l.starts[i+1]] }

// seek returns the first word that does not sort before s.
func (l *Lexicon) seek(s string) int {
	return sort.Search(len(l.counts), func(i int) bool { return l.word(i) >= s })
}

// count returns how many documents hold a word, 0 if it is not held.
func (l *Lexicon) count(word string) int {
	if i := l.seek(word); i < len(l.counts) && l.word(i) == word {
		return int(l.counts[i])
	}
	return 0
}

// wordsOf calls visit with the length in characters of each word that text begins
// with, from least characters on, and with the documents that hold it. text
// begins with a Han character.
func (l *Lexicon) wordsOf(text []rune, least int, visit func(length, count int)) {
	if len(text) < least {
		return
	}
	from, to := 0, len(l.counts)
	if i := l.char(text[0]); i >= 0 {
		from, to = int(l.byFirst[i]), int(l.byFirst[i+1])
	}
	var buffer [maxWordRunes * utf8.UTFMax]byte
	prefix := buffer[:0]
	for _, r := range text[:least] {
		prefix = utf8.AppendRune(prefix, r)
	}
	for length := least; ; length++ {
		for end := to; from < end; { // the first word that does not sort before prefix
			if middle := int(uint(from+end) / 2); l.word(middle) < string(prefix) {
				from = middle + 1
			} else {
				end = middle
			}
		}
		if from == to || !strings.HasPrefix(l.word(from), string(prefix)) {
			return
		}
		if len(l.word(from)) == len(prefix) {
			visit(length, int(l.counts[from]))
		}
		if length == len(text) {
			return
		}
		prefix = utf8.AppendRune(prefix, text[length])
	}
}

// char returns the index of a Han character, -1 where no pair has it.
func (l *Lexicon) char(r rune) int {
	if commonFirst <= r && r <= commonLast {
		return int(l.common[r-commonFirst]) - 1
	}
	if i, ok := slices.BinarySearch(l.chars, r); ok {
		return i
	}
	return -1
}

// pair returns how many documents hold two characters, indexes of chars, side
// by side.
func (l *Lexicon) pair(a, b int) int {
	if a < 0 || b < 0 {
		return 0
	}
	from, to := l.first[a], l.first[a+1]
	if i, ok := slices.BinarySearch(l.second[from:to], uint16(b)); ok {
		return int(l.pairs[from+uint32(i)])
	}
	return 0
}

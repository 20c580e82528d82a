package suggest

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

// Lexicon has the words and the pairs of adjacent Han characters of the documents
// of one generation, folded, with their document frequencies. It is immutable and
// safe for concurrent use.
type Lexicon struct {
	documents int

	wordList        // the words
	whole    []bool // by word: it may be suggested as a completion; nil if all may
	// compounds are runs of several words that recur (select.go).
	compounds wordList
	spellings map[entry]string // of the texts, where dictionaries spell otherwise
	joint     map[string]bool  // words that most texts write with joiners; not stored
	// firstWord[i] is the index of the first word that begins with chars[i], or
	// where it would be.
	firstWord []uint32

	// Pairs by their first character: chars[i] is followed by
	// followers[followerStart[i]:followerStart[i+1]], sorted indexes of chars.
	chars         []rune // sorted
	followerStart []uint32
	followers     []uint16
	pairCounts    []uint32 // parallel to followers
	pairTotals    []uint64 // by character: the sum over all pairs that contain it

	// The same pairs by their second character: chars[i] is preceded by
	// preceders[precederStart[i]:precederStart[i+1]], of the pairs in at least
	// minCandidateDF documents.
	precederStart []uint32
	preceders     []uint16

	common []uint16 // index of chars, plus 1, by distance from commonFirst
}

// Nearly all characters are in one block of Unicode, where finding their index
// takes no search.
const (
	commonFirst = 0x4E00
	commonLast  = 0x9FFF
)

// Documents returns how many documents were counted.
func (l *Lexicon) Documents() int { return l.documents }

// EachWord yields the words in byte order, as NewLexicon expects them.
func (l *Lexicon) EachWord() iter.Seq2[string, int] { return l.each() }

// EachPair yields the pairs of characters in byte order, as NewLexicon expects
// them.
func (l *Lexicon) EachPair() iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		for i, a := range l.chars {
			for k := l.followerStart[i]; k < l.followerStart[i+1]; k++ {
				if !yield(string([]rune{a, l.chars[l.followers[k]]}), int(l.pairCounts[k])) {
					return
				}
			}
		}
	}
}

// EachCompound yields the compounds in byte order.
func (l *Lexicon) EachCompound() iter.Seq2[string, int] { return l.compounds.each() }

// IsWhole reports whether a word of the lexicon may be suggested as a completion.
func (l *Lexicon) IsWhole(word string) bool {
	i := l.seek(word)
	return i < len(l.counts) && l.word(i) == word && l.isWhole(i)
}

// Has reports whether a word is in the lexicon.
func (l *Lexicon) Has(word string) bool { return l.count(word) > 0 }

func (l *Lexicon) isWhole(i int) bool { return l.whole == nil || l.whole[i] }

// eachPrefix calls visit for each word that is a prefix of text and has at least
// shortest characters, with its length in characters and its count. text begins
// with a Han character.
func (l *Lexicon) eachPrefix(text []rune, shortest int, visit func(length, count int)) {
	if len(text) < shortest {
		return
	}
	from, to := 0, len(l.counts)
	if i := l.char(text[0]); i >= 0 {
		from, to = int(l.firstWord[i]), int(l.firstWord[i+1])
	}
	var buffer [maxWordRunes * utf8.UTFMax]byte
	prefix := buffer[:0]
	for _, r := range text[:shortest] {
		prefix = utf8.AppendRune(prefix, r)
	}
	for length := shortest; ; length++ {
		for end := to; from < end; { // find the first word that is not less than prefix
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

// char returns the index of a Han character, -1 if no pair has it.
func (l *Lexicon) char(r rune) int {
	if commonFirst <= r && r <= commonLast {
		return int(l.common[r-commonFirst]) - 1
	}
	if i, ok := slices.BinarySearch(l.chars, r); ok {
		return i
	}
	return -1
}

// pair returns how many documents contain a pair of characters, given by their
// indexes.
func (l *Lexicon) pair(a, b int) int {
	if a < 0 || b < 0 {
		return 0
	}
	from, to := l.followerStart[a], l.followerStart[a+1]
	if i, ok := slices.BinarySearch(l.followers[from:to], uint16(b)); ok {
		return int(l.pairCounts[from+uint32(i)])
	}
	return 0
}

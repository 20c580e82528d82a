package suggest

import (
	"iter"
	"math/bits"
	"slices"
	"sort"
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

	adjacent pairFilter // of the same pairs

	mostOfWord uint32 // the highest count of a word of several characters

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
	l.eachPrefixIn(l.beginningWith(text[0]), text, shortest, visit)
}

// wordRange is a range of the words of a lexicon, by index.
type wordRange struct{ from, to int }

// beginningWith returns a range that contains the words that begin with a character.
func (l *Lexicon) beginningWith(r rune) wordRange {
	if i := l.char(r); i >= 0 {
		return wordRange{int(l.firstWord[i]), int(l.firstWord[i+1])}
	}
	return wordRange{0, len(l.counts)}
}

// beginningIn returns the words in a range that begin with a text.
func (l *Lexicon) beginningIn(in wordRange, text []rune) wordRange {
	prefix := string(text)
	words := in.to - in.from
	from := in.from + sort.Search(words, func(i int) bool { return l.word(in.from+i) >= prefix })
	return wordRange{from, from + sort.Search(in.to-from, func(i int) bool {
		return !strings.HasPrefix(l.word(from+i), prefix)
	})}
}

// eachPrefixIn is eachPrefix for the words in a range that contains all of them.
func (l *Lexicon) eachPrefixIn(in wordRange, text []rune, shortest int, visit func(length, count int)) {
	from, to := in.from, in.to
	if from == to || len(text) < shortest {
		return
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

// countOfChar returns how many documents contain a Han character as a word.
func (l *Lexicon) countOfChar(r rune) int {
	i := l.char(r)
	if i < 0 {
		return l.count(string(r))
	}
	if first := int(l.firstWord[i]); first < len(l.counts) && l.word(first) == string(r) {
		return int(l.counts[first])
	}
	return 0
}

// pair returns how many documents contain a pair of characters, given by their
// indexes.
func (l *Lexicon) pair(a, b int) int {
	if a < 0 || b < 0 || !l.adjacent.mayHave(uint16(a), uint16(b)) {
		return 0
	}
	from, to := l.followerStart[a], l.followerStart[a+1]
	if i, ok := slices.BinarySearch(l.followers[from:to], uint16(b)); ok {
		return int(l.pairCounts[from+uint32(i)])
	}
	return 0
}

// pairFilter tells of most pairs that no document contains that they are not in a
// lexicon: a Bloom filter with one hash function. Nearly all pairs that spelling
// correction looks up are such.
type pairFilter struct {
	bits  []uint64
	shift int // of the hash
}

// bitsPerPair makes one pair in eight or more pass that is not in the lexicon.
const bitsPerPair = 8

func newPairFilter(pairs int) pairFilter {
	size := max(bits.Len(uint(bitsPerPair*pairs)), 6)
	return pairFilter{make([]uint64, 1<<(size-6)), 32 - size}
}

func (f pairFilter) position(a, b uint16) uint32 {
	const golden = 0x9E3779B1 // 2^32 divided by the golden ratio: multiplicative hashing
	return (uint32(a)<<16 | uint32(b)) * golden >> f.shift
}

func (f pairFilter) add(a, b uint16) {
	at := f.position(a, b)
	f.bits[at/64] |= 1 << (at % 64)
}

func (f pairFilter) mayHave(a, b uint16) bool {
	at := f.position(a, b)
	return f.bits[at/64]>>(at%64)&1 != 0
}

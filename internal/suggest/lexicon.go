package suggest

import (
	"iter"
	"maps"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"xunwen/internal/textnorm"
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

// Bounds on what is kept, so that a lexicon of any index takes some 20 MB at
// most. What few documents hold goes first: it is misspelt as often as not.
const (
	maxWords = 300_000
	maxPairs = 1_000_000
	maxChars = 1<<16 - 2 // indexes are 16 bits wide, one more in Lexicon.common
)

// longestWord is the length in bytes of the longest word that is kept: longer
// ones are addresses and the like.
const longestWord = 60

// NewLexicon keeps the most frequent of words and of grams; both are in byte
// order, without repetitions, with the number of documents that hold each.
// Of grams it takes those of two Han characters.
func NewLexicon(documents int, words, grams iter.Seq2[string, int]) *Lexicon {
	l := &Lexicon{documents: documents}
	l.keepWords(words)
	l.keepPairs(grams)
	l.sum()
	return l
}

func (l *Lexicon) keepWords(words iter.Seq2[string, int]) {
	var text []byte
	var ends, counts []uint32
	for word, n := range words {
		if isKeptWord(word) {
			text = append(text, word...)
			ends, counts = append(ends, uint32(len(text))), append(counts, uint32(n))
		}
	}
	least := leastKept(maxWords, slices.Values(counts))
	var kept []byte
	start := uint32(0)
	for i, n := range counts {
		if n >= least {
			l.starts = append(l.starts, uint32(len(kept)))
			l.counts = append(l.counts, n)
			kept = append(kept, text[start:ends[i]]...)
		}
		start = ends[i]
	}
	l.starts = append(l.starts, uint32(len(kept)))
	l.text = string(kept)
}

func isKeptWord(word string) bool {
	return len(word) <= longestWord && utf8.ValidString(word)
}

// charPair is two neighbouring characters with the documents that hold them.
type charPair struct {
	a, b rune
	n    uint32
}

func (l *Lexicon) keepPairs(grams iter.Seq2[string, int]) {
	var pairs []charPair // in byte order, which is that of code points
	for gram, n := range grams {
		if a, b, ok := hanPair(gram); ok {
			pairs = append(pairs, charPair{a, b, uint32(n)})
		}
	}
	least := leastKept(maxPairs, func(yield func(uint32) bool) {
		for _, p := range pairs {
			if !yield(p.n) {
				return
			}
		}
	})
	seen := map[rune]bool{}
	kept := pairs[:0]
	for _, p := range pairs {
		if p.n >= least && (len(seen) < maxChars-1 || seen[p.a] && seen[p.b]) {
			seen[p.a], seen[p.b] = true, true
			kept = append(kept, p)
		}
	}
	l.chars = slices.Sorted(maps.Keys(seen))
	index := make(map[rune]int, len(l.chars))
	for i, r := range l.chars {
		index[r] = i
	}
	l.first = make([]uint32, len(l.chars)+1)
	for _, p := range kept {
		l.second = append(l.second, uint16(index[p.b]))
		l.pairs = append(l.pairs, p.n)
		l.first[index[p.a]+1] = uint32(len(l.second))
	}
	for i := 1; i < len(l.first); i++ { // characters that begin nothing
		l.first[i] = max(l.first[i], l.first[i-1])
	}
}

// sum fills what is told by the rest.
func (l *Lexicon) sum() {
	l.invert()
	l.byFirst = make([]uint32, len(l.chars)+1)
	for i, r := range l.chars {
		l.byFirst[i] = uint32(l.seek(string(r)))
	}
	l.byFirst[len(l.chars)] = uint32(len(l.counts))
	l.common = make([]uint16, commonLast-commonFirst+1)
	for i, r := range l.chars {
		if commonFirst <= r && r <= commonLast {
			l.common[r-commonFirst] = uint16(i + 1)
		}
	}
	l.total = make([]uint64, len(l.chars))
	for i := range l.chars {
		for k := l.first[i]; k < l.first[i+1]; k++ {
			l.total[i] += uint64(l.pairs[k])
			l.total[l.second[k]] += uint64(l.pairs[k])
		}
	}
}

// invert fills last and before.
func (l *Lexicon) invert() {
	l.last = make([]uint32, len(l.chars)+1)
	for k, second := range l.second {
		if l.pairs[k] >= leastMeant {
			l.last[second+1]++
		}
	}
	for i := 1; i < len(l.last); i++ {
		l.last[i] += l.last[i-1]
	}
	l.before = make([]uint16, l.last[len(l.chars)])
	next := slices.Clone(l.last)
	for i := range l.chars {
		for k := l.first[i]; k < l.first[i+1]; k++ {
			if second := l.second[k]; l.pairs[k] >= leastMeant {
				l.before[next[second]] = uint16(i)
				next[second]++
			}
		}
	}
}

// leastKept returns the least count with which at most limit of counts are
// kept: one, if all can be.
func leastKept(limit int, counts iter.Seq[uint32]) uint32 {
	const highest = 1 << 20 // what more documents hold is never too many
	with := make([]int, highest+1)
	for n := range counts {
		with[min(n, highest)]++
	}
	kept := 0
	for n := uint32(highest); n > 0; n-- {
		if kept += with[n]; kept > limit {
			return n + 1
		}
	}
	return 1
}

func hanPair(gram string) (a, b rune, ok bool) {
	a, size := utf8.DecodeRuneInString(gram)
	if size == len(gram) || !textnorm.IsHan(a) {
		return 0, 0, false
	}
	b, last := utf8.DecodeRuneInString(gram[size:])
	return a, b, size+last == len(gram) && textnorm.IsHan(b)
}

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

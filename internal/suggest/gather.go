package suggest

import (
	"iter"
	"maps"
	"slices"
	"unicode/utf8"

	"xunwen/internal/textnorm"
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

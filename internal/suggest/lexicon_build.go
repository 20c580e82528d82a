package suggest

import (
	"iter"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// Limits, so that a lexicon of any index takes at most about 20 MB. The rarest
// words and pairs are dropped first: about half of them are misspelt.
const (
	maxWords = 300_000
	maxPairs = 1_000_000
	maxChars = 1<<16 - 2 // indexes have 16 bits, and are one higher in Lexicon.common
)

// maxWordBytes is the length of the longest word that is kept: longer ones are
// URLs and the like.
const maxWordBytes = 60

// NewLexicon keeps the most frequent of words and of grams. Both come in byte
// order, without repetitions, with their document frequencies. Only grams of two
// Han characters are used.
func NewLexicon(documents int, words, grams iter.Seq2[string, int]) *Lexicon {
	l := &Lexicon{documents: documents}
	l.keepWords(words)
	l.keepPairs(grams)
	l.derive()
	return l
}

// WithCompletions returns l with what may be suggested as a completion: the words for
// which isWhole reports true, and the most frequent of compounds, which come in byte order.
func (l *Lexicon) WithCompletions(isWhole func(word string) bool, compounds iter.Seq2[string, int]) *Lexicon {
	out := *l
	out.whole = make([]bool, len(l.counts))
	for i := range out.whole {
		out.whole[i] = isWhole(l.word(i))
	}
	out.compounds = newWordList(compounds)
	if lowest := lowestKept(maxCompounds, slices.Values(out.compounds.counts)); lowest > 1 {
		out.compounds = newWordList(out.compounds.atLeast(lowest))
	}
	return &out
}

func (l *Lexicon) keepWords(words iter.Seq2[string, int]) {
	var text []byte
	var ends, counts []uint32
	l.joint = map[string]bool{}
	joint := map[string]int{}
	for word, n := range words { // words with the mark come first
		if bare, ok := strings.CutPrefix(word, jointMark); ok {
			if n >= minGuessedDF && len(joint) < maxWords {
				joint[bare] = n
			}
			continue
		}
		if isKeptWord(word) {
			if 2*joint[word] > n {
				l.joint[word] = true
			}
			text = append(text, word...)
			ends, counts = append(ends, uint32(len(text))), append(counts, uint32(n))
		}
	}
	lowest := lowestKept(maxWords, slices.Values(counts))
	var kept []byte
	start := uint32(0)
	for i, n := range counts {
		if n >= lowest {
			l.starts = append(l.starts, uint32(len(kept)))
			l.counts = append(l.counts, n)
			kept = append(kept, text[start:ends[i]]...)
		}
		start = ends[i]
	}
	l.starts = append(l.starts, uint32(len(kept)))
	l.text = string(kept)
}

// jointMark begins terms which say that a text has joiners inside a word.
const jointMark = "\t"

func isKeptWord(word string) bool { return len(word) <= maxWordBytes && utf8.ValidString(word) }

// charPair is two adjacent characters with their document frequency.
type charPair struct {
	a, b  rune
	count uint32
}

func (l *Lexicon) keepPairs(grams iter.Seq2[string, int]) {
	var pairs []charPair // in byte order, that is in order of code points
	for gram, n := range grams {
		if a, b, ok := hanPair(gram); ok {
			pairs = append(pairs, charPair{a, b, uint32(n)})
		}
	}
	lowest := lowestKept(maxPairs, func(yield func(uint32) bool) {
		for _, p := range pairs {
			if !yield(p.count) {
				return
			}
		}
	})
	seen := map[rune]bool{}
	kept := pairs[:0]
	for _, p := range pairs {
		if p.count >= lowest && (len(seen) < maxChars-1 || seen[p.a] && seen[p.b]) {
			seen[p.a], seen[p.b] = true, true
			kept = append(kept, p)
		}
	}
	l.chars = slices.Sorted(maps.Keys(seen))
	index := make(map[rune]int, len(l.chars))
	for i, r := range l.chars {
		index[r] = i
	}
	l.followerStart = make([]uint32, len(l.chars)+1)
	for _, p := range kept {
		l.followers = append(l.followers, uint16(index[p.b]))
		l.pairCounts = append(l.pairCounts, p.count)
		l.followerStart[index[p.a]+1] = uint32(len(l.followers))
	}
	for i := 1; i < len(l.followerStart); i++ { // characters that begin no pair
		l.followerStart[i] = max(l.followerStart[i], l.followerStart[i-1])
	}
}

// derive fills the fields that are not stored.
func (l *Lexicon) derive() {
	l.adjacent = newPairFilter(len(l.followers))
	l.firstWord = make([]uint32, len(l.chars)+1)
	for i, r := range l.chars {
		l.firstWord[i] = uint32(l.seek(string(r)))
	}
	l.firstWord[len(l.chars)] = uint32(len(l.counts))
	l.common = make([]uint16, commonLast-commonFirst+1)
	for i, r := range l.chars {
		if commonFirst <= r && r <= commonLast {
			l.common[r-commonFirst] = uint16(i + 1)
		}
	}
	for i, n := range l.counts {
		if n > l.mostOfWord && utf8.RuneCountInString(l.word(i)) > 1 {
			l.mostOfWord = n
		}
	}
	l.pairTotals = make([]uint64, len(l.chars))
	for i := range l.chars {
		for k := l.followerStart[i]; k < l.followerStart[i+1]; k++ {
			l.adjacent.add(uint16(i), l.followers[k])
			l.pairTotals[i] += uint64(l.pairCounts[k])
			l.pairTotals[l.followers[k]] += uint64(l.pairCounts[k])
		}
	}
}

// lowestKept returns the lowest count such that at most limit of counts are equal
// or higher: 1 if all can be kept.
func lowestKept(limit int, counts iter.Seq[uint32]) uint32 {
	const highest = 1 << 20 // limit is never reached above this count
	histogram := make([]int, highest+1)
	for n := range counts {
		histogram[min(n, highest)]++
	}
	kept := 0
	for n := uint32(highest); n > 0; n-- {
		if kept += histogram[n]; kept > limit {
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

package suggest

import (
	"math/bits"
	"strings"
)

// latin corrects words of letters by the fewest edits (Damerau's: a letter
// more, less or other, or two neighbours swapped).
type latin struct {
	words []latinWord
}

type latinWord struct {
	text    string
	letters uint32 // which of a to z it has, one bit each
	count   uint32
}

const (
	// leastLatin is the shortest word that is corrected: of shorter ones too many
	// are one letter apart.
	leastLatin = 5
	// longLatin is from where on two edits are allowed for.
	longLatin = 7
	// leastLatinCount is how many documents must hold what is suggested.
	leastLatinCount = 10
	// clearlyMore is how much more frequent a suggestion must be than the word
	// that was typed, by edits: what documents hold is misspelt now and then.
	clearlyMore = 30
)

func newLatin(l *Lexicon) *latin {
	out := &latin{}
	for i, n := range l.counts {
		if word := l.word(i); n >= leastLatinCount && len(word) >= leastLatin-1 && isLatin(word) {
			out.words = append(out.words, latinWord{word, letters(word), n})
		}
	}
	return out
}

// isLatin tells a word of the letters a to z alone: numbers and names of models
// are what they are.
func isLatin(word string) bool {
	return strings.IndexFunc(word, func(r rune) bool { return r < 'a' || r > 'z' }) < 0
}

func letters(word string) uint32 {
	var set uint32
	for i := range len(word) {
		set |= 1 << (word[i] - 'a')
	}
	return set
}

// correct returns the word that was meant, false where the typed one, folded,
// which has documents hold, is as good as any.
func (l *latin) correct(typed string, has int) (string, bool) {
	if len(typed) < leastLatin || !isLatin(typed) {
		return "", false
	}
	allowed := 1
	if len(typed) >= longLatin {
		allowed = 2
	}
	set := letters(typed)
	best, bestScore := "", 0.
	for _, w := range l.words {
		if w.text == typed || w.text[0] != typed[0] {
			continue // the first letter is hardly ever wrong
		}
		if more := len(w.text) - len(typed); more > allowed || -more > allowed {
			continue
		}
		if bits.OnesCount32(w.letters^set) > 2*allowed {
			continue
		}
		edits := distance(typed, w.text, allowed)
		if edits > allowed {
			continue
		}
		score := float64(w.count)
		for range edits {
			score /= clearlyMore
		}
		if score > bestScore {
			best, bestScore = w.text, score
		}
	}
	// Of a word that nothing holds any near one is better.
	return best, best != "" && (has == 0 || bestScore > float64(has))
}

// distance is Damerau's between two words of bytes, allowed+1 for all above
// allowed (optimal string alignment).
func distance(a, b string, allowed int) int {
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	row := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			other := 1
			if a[i-1] == b[j-1] {
				other = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+other)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > allowed {
			return allowed + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

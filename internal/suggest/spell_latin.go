package suggest

import (
	"math/bits"
	"strings"
)

// latin corrects words of the letters a to z by the fewest edits: insertions,
// deletions, substitutions and transpositions (Damerau).
type latin struct {
	words []latinWord
}

type latinWord struct {
	text    string
	letters uint32 // which of a to z it contains, one bit each
	count   uint32
}

const (
	// minLatin is the length of the shortest word that is corrected: among
	// shorter ones too many are one letter apart.
	minLatin = 5
	// minTwoEdits is the length from which two edits are allowed.
	minTwoEdits = 7
	// minLatinDF is the document frequency that a word needs to be suggested.
	minLatinDF = 10
	// editRatio is how many times as frequent as the typed word a suggestion must
	// be, for each edit: documents contain misspelt words too.
	editRatio = 30
)

func newLatin(l *Lexicon) *latin {
	out := &latin{}
	for i, n := range l.counts {
		if word := l.word(i); n >= minLatinDF && len(word) >= minLatin-1 && isLatin(word) {
			out.words = append(out.words, latinWord{word, letterSet(word), n})
		}
	}
	return out
}

// isLatin reports whether a word consists of the letters a to z: numbers and
// names of models are never corrected.
func isLatin(word string) bool {
	return strings.IndexFunc(word, func(r rune) bool { return r < 'a' || r > 'z' }) < 0
}

func letterSet(word string) uint32 {
	var set uint32
	for i := range len(word) {
		set |= 1 << (word[i] - 'a')
	}
	return set
}

// correct returns the correction of a folded word that df documents contain,
// false if no word is better.
func (l *latin) correct(typed string, df int) (string, bool) {
	if len(typed) < minLatin || !isLatin(typed) {
		return "", false
	}
	allowed := 1
	if len(typed) >= minTwoEdits {
		allowed = 2
	}
	set := letterSet(typed)
	best, bestScore := "", 0.0
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
			score /= editRatio
		}
		if score > bestScore {
			best, bestScore = w.text, score
		}
	}
	// Any near word is better than one that no document contains.
	return best, best != "" && (df == 0 || bestScore > float64(df))
}

// distance returns the edit distance of two words of bytes (optimal string
// alignment), allowed+1 if it is greater than allowed.
func distance(a, b string, allowed int) int {
	beforeLast, last := make([]int, len(b)+1), make([]int, len(b)+1)
	row := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		lowest := i
		for j := 1; j <= len(b); j++ {
			substitution := 1
			if a[i-1] == b[j-1] {
				substitution = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+substitution)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], beforeLast[j-2]+1)
			}
			lowest = min(lowest, row[j])
		}
		if lowest > allowed {
			return allowed + 1
		}
		beforeLast, last, row = last, row, beforeLast
	}
	return last[len(b)]
}

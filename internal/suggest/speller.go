package suggest

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// Speller corrects misspelt words with a noisy channel model (Kernighan, Church
// and Gale, A Spelling Correction Program Based on a Noisy Channel Model, 1990):
// of the texts that are one mistake away it suggests the one whose probability in
// the language of the index, times that of the mistake, is far above that of the
// typed text. It is safe for concurrent use.
type Speller struct {
	fold      textnorm.Folder
	lexicon   *Lexicon
	confusion *confusion
	latin     *latin
	completer *Completer
	logTotals []float64 // by character: of its pairs
}

// NewSpeller returns a Speller over the words of a Completer. It takes about
// 20 ms.
func NewSpeller(c *Completer) *Speller {
	s := &Speller{
		fold:      c.fold,
		lexicon:   c.lexicon,
		confusion: newConfusion(c.lexicon),
		latin:     newLatin(c.lexicon),
		completer: c,
		logTotals: make([]float64, len(c.lexicon.chars)),
	}
	for i, n := range c.lexicon.pairTotals {
		s.logTotals[i] = logCount(int(n))
	}
	return s
}

// maxMistakes is how many mistakes in a run are corrected. A run with more is too
// uncertain.
const maxMistakes = 3

// correction is the state of correcting one query.
type correction struct {
	*Speller
	budget   int // characters for which candidates may still be generated
	docFreq  DocFreq
	excluded []string // folded: what the query excludes
}

// operand corrects an operand of a query. What is right keeps its script and
// width. It returns text and false if nothing is clearly better.
func (c *correction) operand(text string) (string, bool) {
	if !utf8.ValidString(text) {
		return text, false
	}
	if han, ok := c.pinyin(text); ok {
		return han, true
	}
	typed := []rune(text)
	folded := make([]rune, len(typed))
	for i, r := range typed {
		one := []rune(c.fold.FoldString(string(r)))
		switch {
		case unicode.IsSpace(r):
			folded[i] = ' '
		case len(one) != 1 || r == utf8.RuneError:
			return text, false // some characters fold to none or to several
		default:
			folded[i] = one[0]
		}
	}
	var out []rune
	changed := false
	for from := 0; from < len(folded); {
		to, isHan := runEnd(folded, from)
		run := slices.Clone(typed[from:to])
		if isHan {
			if accepted := c.han(folded[from:to], to-from == len(folded)); accepted != nil {
				run = c.spelt(run, slices.Clone(folded[from:to]), accepted)
				changed = true
			}
		} else if word, ok := c.letters(string(folded[from:to]), string(typed[from:to])); ok {
			run = []rune(word)
			changed = true
		} else if end := joinedEnd(folded, from); end > to {
			if word, ok := c.joinedLetters(string(folded[from:end]), string(typed[from:end])); ok {
				run, to = []rune(word), end
				changed = true
			}
		}
		out = append(out, run...)
		from = to
	}
	return string(out), changed
}

// spelt returns a typed run with accepted candidates applied. The words that they make are
// spelt as texts spell them, where the script was not typed otherwise.
func (c *correction) spelt(typed, folded []rune, accepted []candidate) []rune {
	isNew := make([]bool, len(typed))
	for _, a := range accepted {
		typed, folded = a.apply(typed), a.apply(folded)
		isNew = slices.Replace(isNew, a.at, a.at+a.size, slices.Repeat([]bool{true}, len(a.with))...)
	}
	for word, at := range newLattice(c.lexicon, folded).words() {
		spelling := c.completer.spellingOf(word)
		if !slices.Contains(isNew[at:at+len(word)], true) || len(spelling) != len(word) {
			continue
		}
		for i, r := range spelling {
			if typed[at+i] == folded[at+i] {
				typed[at+i] = r
			}
		}
	}
	return typed
}

// runEnd returns the end of the run that begins at from: of Han characters, of
// other letters and digits, or of neither.
func runEnd(text []rune, from int) (to int, isHan bool) {
	const han, letter, other = 0, 1, 2
	kind := func(r rune) int {
		switch {
		case textnorm.IsHan(r):
			return han
		case textnorm.IsWordRune(r):
			return letter
		}
		return other
	}
	first := kind(text[from])
	for to = from + 1; to < len(text) && kind(text[to]) == first; {
		to++
	}
	return to, first == han
}

// han returns the candidates that together correct a run of Han characters. Each
// applies to the result of those before it. alone means that the run is the whole
// operand.
func (c *correction) han(run []rune, alone bool) []candidate {
	var accepted []candidate
	name := alone && mayBeName(run)
	corrected := slices.Clone(run)
	for len(accepted) < maxMistakes {
		best, ok := c.bestCandidate(corrected, &c.budget, leastGain(alone, name))
		if !ok || !best.exceedsThreshold(len(corrected), alone, name) {
			break
		}
		accepted = append(accepted, best)
		corrected = best.apply(corrected)
	}
	if len(accepted) == 0 || !c.confirmed(run, corrected, accepted, name) {
		return nil
	}
	return accepted
}

package suggest

import "slices"

// A change is worth a suggestion above a log probability gained, measured on
// words, headlines and names in docs/measurements/suggestions.md: a single word that nothing
// holds is misspelt more often than not, a word of a sentence is more often a
// name that the index has not met.
const (
	sureOfWord  = 3 // all of the operand is one word then
	sureOfShort = 7 // the operand has several words and is short, or may be a name
	sureOfPart  = 8 // all of a run of Han characters between others is one word
	sureInText  = 12

	leastSeveral = 4 // characters of an operand of several words: a shorter one is a name if it is no word
	shortOperand = 8 // characters of a short one
)

// change puts with in the place of size characters.
type change struct {
	at, size int
	with     []rune
	gain     float64 // log probability
	whole    bool    // the run is a single word with it
}

// sure tells whether a change is worth a suggestion in a run of so many
// characters that is all of an operand or not, and a person's name perhaps.
func (c change) sure(length int, alone, name bool) bool {
	switch {
	case alone && c.whole && !name:
		return c.gain > sureOfWord
	case alone && c.whole, alone && leastSeveral <= length && length <= shortOperand:
		return c.gain > sureOfShort
	case c.whole:
		return c.gain > sureOfPart
	}
	return c.gain > sureInText
}

func (c change) apply(run []rune) []rune {
	return slices.Replace(run, c.at, c.at+c.size, c.with...)
}

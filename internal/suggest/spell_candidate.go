package suggest

import "slices"

// The gain in log probability above which a candidate is suggested, measured on
// words, headlines and names in docs/measurements/suggestions.md: a single word
// that no document contains is misspelt more often than not, a word of a
// sentence is more often a name that is new to the index.
const (
	minGainWord  = 3 // the candidate makes one word of the whole operand
	minGainShort = 7 // the operand is short and has several words, or may be a name
	minGainPart  = 8 // the candidate makes one word of a run of Han characters, a part of the operand
	minGainText  = 12

	// Lengths of a short operand of several words, in characters. A shorter one
	// that is not a word is a name.
	minShortOperand = 4
	maxShortOperand = 8
)

// candidate is a change to a run of Han characters: with replaces size
// characters.
type candidate struct {
	at, size int
	with     []rune
	gain     float64 // in log probability
	whole    bool    // it makes the run a single word
}

// exceedsThreshold reports whether the gain is high enough for a run of length
// characters. alone means that the run is the whole operand, name that it may be
// the name of a person.
func (c candidate) exceedsThreshold(length int, alone, name bool) bool {
	short := minShortOperand <= length && length <= maxShortOperand
	switch {
	case alone && c.whole && !name:
		return c.gain > minGainWord
	case alone && c.whole, alone && short:
		return c.gain > minGainShort
	case c.whole:
		return c.gain > minGainPart
	}
	return c.gain > minGainText
}

// leastGain returns a gain that every candidate exceeds whose gain is high enough, for
// any length of the run.
func leastGain(alone, name bool) float64 {
	switch {
	case alone && !name:
		return minGainWord
	case alone:
		return minGainShort
	}
	return minGainPart
}

func (c candidate) apply(run []rune) []rune {
	return slices.Replace(run, c.at, c.at+c.size, c.with...)
}

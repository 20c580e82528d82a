package suggest

// DocFreq returns how many articles contain every word of a text.
type DocFreq func(text string) int

// How many times as many articles must contain the corrected text as contain
// the typed one.
const (
	minRatio       = 10
	minRatioOfWord = 100 // if the typed text is a word of the index: a name, mostly
)

// confirmed reports whether document frequencies confirm a correction of a run:
// candidates that are likely by their characters alone may turn a rare name into
// a common word. name means that the run may be the name of a person.
func (c *correction) confirmed(typed, corrected []rune, accepted []candidate, name bool) bool {
	typedDF, correctedDF := c.docFreq(string(typed)), c.docFreq(string(corrected))
	if name && typedDF > 0 { // there is a person of that name
		return false
	}
	if compareNegations(typed, corrected) != negationsStay && correctedDF < minRatioOfWord*typedDF {
		return false
	}
	for _, a := range accepted {
		tooRare := a.whole && correctedDF < minCandidateDF
		unseen := a.gain <= minGainText && correctedDF == 0
		if tooRare || unseen {
			return false
		}
	}
	if c.lexicon.count(string(typed)) > 0 {
		return correctedDF >= minRatioOfWord*typedDF
	}
	return correctedDF >= minRatio*typedDF
}

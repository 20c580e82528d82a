package suggest

// Holders returns how many articles hold every word of a text.
type Holders func(text string) int

// Of a correction many times as many articles must hold what was meant as hold
// what was typed.
const (
	timesTyped = 10
	timesWord  = 100 // where the index has the typed text as a word: a name, mostly
)

// borneOut tells whether the articles bear out that a run was meant to be what
// changes make of it: a change that is only likely by its letters may lead from a
// name that few have heard of to a word that everybody uses. name says that the
// run may be a person's name.
func (c *correction) borneOut(typed, meant []rune, changes []change, name bool) bool {
	had, has := c.holders(string(typed)), c.holders(string(meant))
	if name && had > 0 { // there is somebody of that name
		return false
	}
	for _, change := range changes {
		switch {
		case change.whole && has < leastMeant, change.gain <= sureInText && has == 0:
			return false
		}
	}
	if c.lexicon.count(string(typed)) > 0 {
		return has >= timesWord*had
	}
	return has >= timesTyped*had
}

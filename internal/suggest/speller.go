package suggest

import (
	"slices"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// Speller corrects misspelt words by a noisy channel (Kernighan, Church and
// Gale, A Spelling Correction Program Based on a Noisy Channel Model, 1990): of
// the texts one mistake away it takes the one whose probability in the index's
// own language, times that of the mistake, is far above the typed text's.
// It is safe for concurrent use.
type Speller struct {
	fold      textnorm.Folder
	lexicon   *Lexicon
	confusion *confusion
	latin     *latin
	completer *Completer
}

// NewSpeller returns a Speller over the words of a Completer. It takes some 20 ms.
func NewSpeller(c *Completer) *Speller {
	return &Speller{fold: c.fold, lexicon: c.lexicon, confusion: newConfusion(c.lexicon), latin: newLatin(c.lexicon), completer: c}
}

// A change is worth a suggestion above a log probability gained, measured on
// words, headlines and names in docs/relevance.md: a single word that nothing
// holds is misspelt more often than not, a word of a sentence is more often a
// name that the index has not met.
const (
	sureOfWord  = 3 // all of the operand is one word then
	sureOfShort = 7 // the operand is no longer than shortOperand, or may be a name
	sureOfPart  = 8 // all of a run of Han characters between others is one word
	sureInText  = 12

	shortOperand = 8 // characters
	shortest     = 4 // of an operand of several words; a shorter one is a name if it is no word
)

// maxChanges is how many mistakes of an operand are corrected: with more, what
// was meant is anyone's guess.
const maxChanges = 3

// correction is one query under way.
type correction struct {
	*Speller
	doubts  int // how many characters may be doubted yet
	holders Holders
}

// Correct corrects an operand of a query. Only what is wrong changes: the rest
// stays in the script and width it was typed in. It returns false, and text,
// where nothing is clearly better.
func (s *Speller) Correct(text string, holders Holders) (string, bool) {
	return (&correction{s, maxDoubts, holders}).operand(text)
}

func (c *correction) operand(text string) (string, bool) {
	typed := []rune(text)
	folded := []rune(c.fold.FoldString(text))
	if len(typed) != len(folded) || !utf8.ValidString(text) {
		return text, false // folding joined characters: no telling which is which
	}
	var out []rune
	changed := false
	for from := 0; from < len(folded); {
		to, han := runEnd(folded, from)
		run := slices.Clone(typed[from:to])
		if han {
			for _, change := range c.changes(folded[from:to], to-from == len(folded)) {
				run = change.apply(run)
				changed = true
			}
		} else if word, ok := c.letters(string(folded[from:to])); ok {
			run = []rune(word)
			changed = true
		}
		out = append(out, run...)
		from = to
	}
	return string(out), changed
}

// letters returns what was meant by a word of letters: pinyin, where the input
// method was not switched on, or a word misspelt.
func (s *Speller) letters(typed string) (string, bool) {
	has := s.lexicon.count(typed)
	if has == 0 {
		if word, ok := s.completer.spelt(typed); ok {
			return word, true
		}
	}
	return s.latin.correct(typed, has)
}

// runEnd returns where the run at from ends: of Han characters, of other
// letters and digits, or of neither.
func runEnd(text []rune, from int) (to int, han bool) {
	kind := func(r rune) int {
		switch {
		case textnorm.IsHan(r):
			return 0
		case textnorm.IsWordRune(r):
			return 1
		}
		return 2
	}
	first := kind(text[from])
	for to = from + 1; to < len(text) && kind(text[to]) == first; {
		to++
	}
	return to, first == 0
}

// changes returns the changes to a run that are clearly better, each to what
// the ones before it made. alone says that the run is all of an operand.
func (c *correction) changes(run []rune, alone bool) []change {
	var out []change
	name := alone && surnamed(run)
	meant := slices.Clone(run)
	for len(out) < maxChanges {
		found, ok := c.best(meant, &c.doubts)
		if !ok || !found.sure(len(meant), alone, name) {
			break
		}
		out = append(out, found)
		meant = found.apply(meant)
	}
	if len(out) == 0 || !c.borneOut(run, meant, out, name) {
		return nil
	}
	return out
}

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
	case alone && c.whole, alone && shortest <= length && length <= shortOperand:
		return c.gain > sureOfShort
	case c.whole:
		return c.gain > sureOfPart
	}
	return c.gain > sureInText
}

func (c change) apply(run []rune) []rune {
	return slices.Replace(run, c.at, c.at+c.size, c.with...)
}

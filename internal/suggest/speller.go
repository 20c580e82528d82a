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
// words and headlines in docs/relevance.md: a single word that nothing holds is
// misspelt more often than not, a word of a sentence is more often a name that
// the index has not met.
const (
	sureOfWord  = 3 // all of the operand is one word then
	sureOfShort = 7 // the operand is no longer than shortOperand
	sureOfPart  = 8 // all of a run of Han characters between others is one word
	sureInText  = 12

	shortOperand = 8 // characters
)

// maxChanges is how many mistakes of an operand are corrected: with more, what
// was meant is anyone's guess.
const maxChanges = 3

// Correct corrects an operand of a query. Only what is wrong changes: the rest
// stays in the script and width it was typed in. It returns false, and text,
// where nothing is clearly better.
func (s *Speller) Correct(text string) (string, bool) {
	doubts := maxDoubts
	return s.correct(text, &doubts)
}

func (s *Speller) correct(text string, doubts *int) (string, bool) {
	typed := []rune(text)
	folded := []rune(s.fold.FoldString(text))
	if len(typed) != len(folded) || !utf8.ValidString(text) {
		return text, false // folding joined characters: no telling which is which
	}
	var out []rune
	changed := false
	for from := 0; from < len(folded); {
		to, han := runEnd(folded, from)
		run := slices.Clone(typed[from:to])
		if han {
			for _, c := range s.changes(folded[from:to], to-from == len(folded), doubts) {
				run = c.apply(run)
				changed = true
			}
		} else if word, ok := s.letters(string(folded[from:to])); ok {
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
func (s *Speller) changes(run []rune, alone bool, doubts *int) []change {
	var out []change
	run = slices.Clone(run)
	for len(out) < maxChanges {
		c, ok := s.best(run, doubts)
		if !ok || !c.sure(len(run), alone) {
			break
		}
		out = append(out, c)
		run = c.apply(run)
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
// characters that is all of an operand or not.
func (c change) sure(length int, alone bool) bool {
	switch {
	case alone && c.whole:
		return c.gain > sureOfWord
	case alone && length <= shortOperand:
		return c.gain > sureOfShort
	case c.whole:
		return c.gain > sureOfPart
	}
	return c.gain > sureInText
}

func (c change) apply(run []rune) []rune {
	return slices.Replace(run, c.at, c.at+c.size, c.with...)
}

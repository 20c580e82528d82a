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

// maxChanges is how many mistakes of an operand are corrected: with more, what
// was meant is anyone's guess.
const maxChanges = 3

// correction is one query under way.
type correction struct {
	*Speller
	doubts  int // how many characters may be doubted yet
	holders Holders
}

// operand corrects an operand of a query. Only what is wrong changes: the rest
// stays in the script and width it was typed in. It returns false, and text,
// where nothing is clearly better.
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

package analyzer

import (
	"strings"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// spellings are how words in normal form are spelt in simplified characters: 着名 is
// 著名, and 颠复 is 颠覆.
type spellings struct {
	fold    textnorm.Folder     // keeps the simplified characters of a class, unlike the Analyzer's
	several runeSet             // what classes with several simplified characters fold to
	others  runeSet             // characters of classes that are not simplified
	of      map[string]spelling // by word in joined form
}

// spelling is how the line of a dictionary with this frequency spells a word.
type spelling struct {
	text      string
	frequency float64
}

// newSpellings returns the spellings for a table of variants, without words.
func newSpellings(variants map[rune]rune) (*spellings, error) {
	s := &spellings{of: map[string]spelling{}}
	others := make(map[rune]rune, len(variants))
	for r, to := range variants {
		if level(r) < notInGB2312 {
			s.several.add(to)
		} else {
			s.others.add(r)
			others[r] = to
		}
	}
	var err error
	s.fold, err = textnorm.NewFolder(others)
	return s, err
}

// add adds a line of a dictionary: its word, and that in joined form. Of several
// spellings of a word the most frequent counts.
func (s *spellings) add(line, word string, frequency float64) {
	if line == word && !s.isAmbiguous(word) {
		return
	}
	if before, ok := s.of[word]; !ok || before.frequency < frequency {
		s.of[word] = spelling{s.fold.FoldString(line), frequency}
	}
}

// rareLine is the frequency up to which jieba's dictionary is not relied on: it has
// words from traditional texts of which not all characters were simplified (乾旱地区).
const rareLine = 3

// end drops the words that are spelt as they are in normal form, after it has corrected
// rare ones by the words that they are made of. frequencies are those of all words.
func (s *spellings) end(frequencies map[string]float64) {
	for word, rare := range s.of {
		if rare.frequency > rareLine {
			continue
		}
		best := 0.0
		for i := range word {
			left, right := word[:i], word[i:]
			least := min(frequencies[left], frequencies[right])
			if least > max(best, rareLine) && s.isCertain(left) && s.isCertain(right) {
				best = least
				s.of[word] = spelling{s.spelt(left) + s.spelt(right), rare.frequency}
			}
		}
	}
	for word, spelling := range s.of {
		if spelling.text == word {
			delete(s.of, word)
		}
	}
}

// isCertain reports whether a part of a word is spelt alike in other words.
func (s *spellings) isCertain(word string) bool {
	return utf8.RuneCountInString(word) > 1 || !s.isAmbiguous(word)
}

func (s *spellings) spelt(word string) string {
	if known, ok := s.of[word]; ok {
		return known.text
	}
	return word
}

func (s *spellings) isAmbiguous(folded string) bool {
	return strings.ContainsFunc(folded, s.several.has)
}

// Simplify returns a text in normal form, but with the simplified characters that it
// has: 著名 stays.
func (a *Analyzer) Simplify(text string) string { return a.spellings.fold.FoldString(text) }

// IsSimplified reports whether a text has no traditional characters or variants.
func (a *Analyzer) IsSimplified(text string) bool {
	return !strings.ContainsFunc(text, a.spellings.others.has)
}

// IsAmbiguous reports whether a folded text has a character for which simplified texts
// have several, so that it may be spelt in several ways.
func (a *Analyzer) IsAmbiguous(folded string) bool { return a.spellings.isAmbiguous(folded) }

// Spelling returns how the dictionaries spell a joined text of one or more words, in
// lower case. What is in no dictionary stays as it is.
func (a *Analyzer) Spelling(joined string) string {
	if text := a.spellings.spelt(joined); text != joined {
		return text
	}
	if !a.IsAmbiguous(joined) || a.IsWord(joined) {
		return joined
	}
	var out strings.Builder
	copied := 0
	for _, t := range a.Segment(joined) {
		if s, ok := a.spellings.of[t.Term]; ok {
			out.WriteString(joined[copied:t.Start])
			out.WriteString(s.text)
			copied = t.End
		}
	}
	out.WriteString(joined[copied:])
	return out.String()
}

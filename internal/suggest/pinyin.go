package suggest

import "strings"

// spelt returns the most frequent word of two or more Han characters that
// letters spell in full, false where none is beyond doubt.
func (c *Completer) spelt(letters string) (string, bool) {
	if len(letters) < leastSpelt || !isLatin(letters) {
		return "", false
	}
	for _, w := range c.byLetter[letters[0]-'a'] {
		if w.weight < leastKnown {
			return "", false // the most frequent come first
		}
		if word := c.lexicon.word(int(w.word)); c.spells(word, letters) {
			return word, true
		}
	}
	return "", false
}

// leastSpelt is the length of the shortest pinyin that is taken for a word:
// less may be anything.
const leastSpelt = 4

// spells reports whether letters are the whole pinyin of a word of Han
// characters, by their usual readings.
func (c *Completer) spells(word, letters string) bool {
	for _, r := range word {
		said := c.said(r)
		if len(said) == 0 {
			return false
		}
		rest, ok := strings.CutPrefix(letters, said[0])
		if !ok {
			return false
		}
		letters = rest
	}
	return letters == ""
}

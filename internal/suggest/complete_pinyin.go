package suggest

import "strings"

// minPinyin is the length of the shortest pinyin that is taken for a word:
// shorter letters may mean anything.
const minPinyin = 4

// wordOfPinyin returns the most frequent word of Han characters whose full pinyin
// is letters, false if there is none that is frequent enough.
func (c *Completer) wordOfPinyin(letters string) (string, bool) {
	if len(letters) < minPinyin || !isLatin(letters) {
		return "", false
	}
	for _, w := range c.byLetter[letters[0]-'a'] {
		if w.weight < minReliableDF {
			return "", false // the most frequent come first
		}
		if word := c.lexicon.word(int(w.word)); c.isPinyinOf(letters, word) {
			return word, true
		}
	}
	return "", false
}

// isPinyinOf reports whether letters are the full pinyin of a word of Han
// characters, by their usual readings.
func (c *Completer) isPinyinOf(letters, word string) bool {
	for _, r := range word {
		syllables := c.syllables(r)
		if len(syllables) == 0 {
			return false
		}
		rest, ok := strings.CutPrefix(letters, syllables[0])
		if !ok {
			return false
		}
		letters = rest
	}
	return letters == ""
}

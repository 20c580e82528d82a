package suggest

import (
	"math"
	"strings"
)

// minPinyin is the length of the shortest pinyin that is taken for a word:
// shorter letters may mean anything.
const minPinyin = 4

// maxPinyin is the length of the longest pinyin that is taken for words.
const maxPinyin = 40

// hanOfPinyin returns the words whose pinyin was typed: the most probable ones, if
// all of it is the full pinyin of words of two or more characters that are frequent
// enough. A blank stays where two words meet at it: qinghe daqiao is 青禾大桥 if it
// is in the index, else 青禾 大桥. It returns false if there are none.
// It also returns the articles with the rarest of them.
func (c *Completer) hanOfPinyin(typed string) (text string, count int, ok bool) {
	patterns := c.patterns(typed)
	last := patterns[len(patterns)-1].text
	letters := strings.ReplaceAll(string(last), string(separator), "")
	if len(letters) < minPinyin || len(letters) > maxPinyin || !isLatin(letters) {
		return "", 0, false
	}
	for _, p := range patterns {
		if text, count, ok = c.segmentPinyin(p); ok {
			return text, count, true
		}
	}
	return "", 0, false
}

// pinyinPath is the most probable sequence of words for a part of a pattern.
type pinyinPath struct {
	log    float64
	text   string
	lowest int
}

// segmentPinyin finds the most probable sequence of words for a pattern.
func (c *Completer) segmentPinyin(p pattern) (string, int, bool) {
	n := len(p.text)
	best := make([]pinyinPath, n+1) // by end in p.text
	best[0].lowest = math.MaxInt
	for start := 0; start < n; start++ {
		from := best[start]
		if start > 0 && from.text == "" {
			continue
		}
		if p.text[start] == separator {
			if from.text += " "; best[start+1].text == "" || from.log > best[start+1].log {
				best[start+1] = from
			}
			continue
		}
		if !isLowerLatin(p.text[start]) {
			return "", 0, false
		}
		for end, e := range c.wordsOfPinyin(p.after(start)) {
			df := int(c.count(e))
			log := from.log + math.Log(float64(df)/float64(c.lexicon.documents+1))
			if to := &best[start+end]; to.text == "" || log > to.log {
				*to = pinyinPath{log, from.text + c.shown(e), min(from.lowest, df)}
			}
		}
	}
	last := best[n]
	return last.text, last.lowest, last.text != ""
}

// wordsOfPinyin returns the most frequent word for each number of characters of
// the pattern that are the full pinyin of one.
func (c *Completer) wordsOfPinyin(p pattern) map[int]entry {
	out := map[int]entry{}
	least := uint32(c.leastPinyinDF())
	for _, w := range c.byLetter[p.text[0]-'a'] {
		if w.weight < least {
			break // the most frequent come first
		}
		if end, ok := c.spells(p, c.shown(w.entry)); ok {
			if _, has := out[end]; !has {
				out[end] = w.entry
			}
		}
	}
	return out
}

// leastPinyinDF is the document frequency that a word needs to be suggested for its
// pinyin: less in a small index, where most words are rare.
func (c *Completer) leastPinyinDF() int {
	return min(max(c.lexicon.documents/documentsPerDF, 1), minReliableDF)
}

// documentsPerDF is how many documents raise leastPinyinDF by one.
const documentsPerDF = 200

// spells reports whether a pattern begins with the full pinyin of a word of Han
// characters, by their usual readings, and how long that is.
func (c *Completer) spells(p pattern, word string) (end int, ok bool) {
	for _, r := range word {
		if strings.ContainsRune(wordJoiners, r) {
			continue
		}
		syllables := c.syllablesOf(r)
		if len(syllables) == 0 {
			return 0, false
		}
		if end < len(p.text) && end > 0 && p.text[end] == separator {
			end++
		}
		if p.after(end).shared(syllables[0]) < len(syllables[0]) {
			return 0, false
		}
		end += len(syllables[0])
	}
	return end, true
}

// wordOfMixed returns the most frequent word for characters and full pinyin (北jing),
// false if there is none that is frequent enough.
func (c *Completer) wordOfMixed(typed string) (text string, count int, ok bool) {
	for _, p := range c.patterns(typed) {
		if len(p.text) < 3 || len(p.text) > maxTypedRunes {
			continue
		}
		p.whole = true
		find := c.byPrefix
		if isLowerLatin(p.text[0]) {
			find = c.byPinyin
		}
		if found := find(p, 1); len(found) > 0 && int(c.count(found[0])) >= c.leastPinyinDF() {
			return c.shown(found[0]), int(c.count(found[0])), true
		}
	}
	return "", 0, false
}

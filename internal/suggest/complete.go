package suggest

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// Completion is a word with the number of documents that contain it.
type Completion struct {
	Text  string
	Count int
}

// Completer completes words from their first characters, from their pinyin in
// full or abbreviated (hangtian, htian, ht), or from both (航tian). It is safe for
// concurrent use.
type Completer struct {
	fold     textnorm.Folder
	lexicon  *Lexicon
	readings [][]string                   // by character: syllables, the usual one first
	byLetter [lastLetter + 1][]rankedWord // words by the first letter of their pinyin, in order of their weight
}

// lastLetter is the index of z in byLetter, where a is 0.
const lastLetter = 'z' - 'a'

// maxReadings is how many readings of a character count: the others occur in
// old texts and place names.
const maxReadings = 3

// NewCompleter returns a Completer over the words of l, which were folded by
// fold. It never suggests a word for which skip reports true, a stop word for
// example. It takes about 50 ms.
func NewCompleter(l *Lexicon, fold textnorm.Folder, skip func(word string) bool) *Completer {
	c := &Completer{fold: fold, lexicon: l, readings: make([][]string, len(l.chars))}
	for i, r := range l.chars {
		for _, reading := range readings(r) {
			if !slices.Contains(c.readings[i], reading.syllable) && len(c.readings[i]) < maxReadings {
				c.readings[i] = append(c.readings[i], reading.syllable)
			}
		}
	}
	for i := range l.counts {
		word := l.word(i)
		if !isCompletable(word) || skip(word) {
			continue
		}
		first, _ := utf8.DecodeRuneInString(word)
		for _, letter := range c.letters(first) {
			c.byLetter[letter] = append(c.byLetter[letter], rankedWord{uint32(i), c.weight(uint32(i), letter)})
		}
	}
	for _, words := range c.byLetter {
		slices.SortFunc(words, func(a, b rankedWord) int {
			return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.word, b.word))
		})
	}
	return c
}

// rankedWord is a word with its weight among the words of a letter.
type rankedWord struct{ word, weight uint32 }

// rareReadingPenalty divides the count of a word under a letter that begins a
// rare reading of its first character: ht is 航天 before 共同, where hong is an
// old reading of 共.
const rareReadingPenalty = 20

// weight ranks a word among the words of a letter.
func (c *Completer) weight(i uint32, letter int) uint32 {
	word := c.lexicon.word(int(i))
	first, _ := utf8.DecodeRuneInString(word)
	if syllables := c.syllables(first); len(syllables) > 0 && int(syllables[0][0]-'a') != letter {
		return c.lexicon.counts[i] / rareReadingPenalty
	}
	return c.lexicon.counts[i]
}

// isCompletable reports whether a word has two or more characters and is not a
// number.
func isCompletable(word string) bool {
	if utf8.RuneCountInString(word) < 2 {
		return false
	}
	return strings.IndexFunc(word, func(r rune) bool { return r < '0' || r > '9' }) >= 0
}

// letters returns the letters, as indexes of byLetter, that typing a word which
// begins with r may begin with.
func (c *Completer) letters(r rune) []int {
	var out []int
	if 'a' <= r && r <= 'z' {
		return append(out, int(r-'a'))
	}
	for _, syllable := range c.syllables(r) {
		letter := int(syllable[0] - 'a')
		if letter <= lastLetter && !slices.Contains(out, letter) {
			out = append(out, letter)
		}
	}
	return out
}

// syllables returns the readings of a Han character of the lexicon, the usual one
// first.
func (c *Completer) syllables(r rune) []string {
	if i := c.lexicon.char(r); i >= 0 {
		return c.readings[i]
	}
	return nil
}

// maxTypedRunes is longer than what anyone types of a word.
const maxTypedRunes = 32

// Complete returns at most size words that begin as typed, the most frequent
// first, but last those whose first character is rarely read so. White space and
// apostrophes separate syllables: xi'an matches 西安 only, xian matches 现 too.
func (c *Completer) Complete(typed string, size int) []Completion {
	pattern := c.pattern(typed)
	if len(pattern) == 0 || len(pattern) > maxTypedRunes || size < 1 {
		return nil
	}
	var found []uint32
	if first := pattern[0]; 'a' <= first && first <= 'z' {
		found = c.byPinyin(pattern, size)
	} else {
		found = c.byPrefix(pattern, size)
	}
	out := make([]Completion, len(found))
	for k, i := range found {
		out[k] = Completion{c.lexicon.word(int(i)), int(c.lexicon.counts[i])}
	}
	return out
}

// separator separates syllables in a pattern.
const separator = ' '

// pattern folds what was typed and writes one separator for any sequence of
// signs that separate syllables.
func (c *Completer) pattern(typed string) []rune {
	var out []rune
	pending := false
	for _, r := range c.fold.FoldString(typed) {
		if r == ' ' || r == '"' { // to which apostrophes fold
			pending = len(out) > 0
			continue
		}
		if pending {
			out, pending = append(out, separator), false
		}
		if r == 'ü' {
			r = 'v'
		}
		out = append(out, r)
	}
	return out
}

// byPinyin returns the first words that match a pattern which begins with a
// letter, by weight.
func (c *Completer) byPinyin(pattern []rune, size int) []uint32 {
	var found []uint32
	for _, w := range c.byLetter[pattern[0]-'a'] {
		if c.matches(c.lexicon.word(int(w.word)), pattern) {
			if found = append(found, w.word); len(found) == size {
				break
			}
		}
	}
	return found
}

// byPrefix returns the most frequent words that match a pattern which begins with
// other characters than letters.
func (c *Completer) byPrefix(pattern []rune, size int) []uint32 {
	l := c.lexicon
	end := 1
	for end < len(pattern) && pattern[end] != separator && (pattern[end] < 'a' || pattern[end] > 'z') {
		end++
	}
	prefix := string(pattern[:end])
	var found []uint32
	for i := l.seek(prefix); i < len(l.counts); i++ {
		word := l.word(i)
		if !strings.HasPrefix(word, prefix) {
			break
		}
		if isCompletable(word) && c.matches(word[len(prefix):], pattern[end:]) {
			found = append(found, uint32(i))
		}
	}
	slices.SortStableFunc(found, func(a, b uint32) int { return cmp.Compare(l.counts[b], l.counts[a]) })
	return found[:min(size, len(found))]
}

// matches reports whether a word begins with pattern: each character is matched
// by itself or by its syllable in full or its initial, and at the end of the
// pattern by any prefix of its syllable.
func (c *Completer) matches(word string, pattern []rune) bool {
	if len(pattern) > 0 && pattern[0] == separator {
		pattern = pattern[1:]
	}
	if len(pattern) == 0 {
		return true
	}
	r, size := utf8.DecodeRuneInString(word)
	if size == 0 {
		return false
	}
	rest := word[size:]
	if r == pattern[0] && c.matches(rest, pattern[1:]) {
		return true
	}
	for _, syllable := range c.syllables(r) {
		shared := 0
		for shared < len(syllable) && shared < len(pattern) && rune(syllable[shared]) == pattern[shared] {
			shared++
		}
		for used := shared; used > 0; used-- {
			full := used == len(syllable) || used == len(pattern)
			initial := used == 1 || used == 2 && syllable[1] == 'h'
			if (full || initial) && c.matches(rest, pattern[used:]) {
				return true
			}
		}
	}
	return false
}

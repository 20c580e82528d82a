package suggest

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// Completion is a word with the number of documents that hold it.
type Completion struct {
	Text  string
	Count int
}

// Completer completes words by their first characters, by their pinyin whole
// or in part (hangtian, htian, ht) or by both (航tian). It is safe for
// concurrent use.
type Completer struct {
	fold     textnorm.Folder
	lexicon  *Lexicon
	sounds   [][]string                // by character: syllables
	byLetter [lastLetter + 1][]weighed // words by what their pinyin begins with, the most frequent first (weight)
}

// lastLetter counts the letters a to z from 0.
const lastLetter = 'z' - 'a'

// maxReadings is how many of a character's readings are completed by: what
// follows is of old texts and names of places.
const maxReadings = 3

// NewCompleter returns a Completer over l, whose words fold made, that never
// offers what skip tells, such as stop words. It takes some 50 ms.
func NewCompleter(l *Lexicon, fold textnorm.Folder, skip func(word string) bool) *Completer {
	c := &Completer{fold: fold, lexicon: l, sounds: make([][]string, len(l.chars))}
	for i, r := range l.chars {
		for _, said := range readings(r) {
			if !slices.Contains(c.sounds[i], said.syllable) && len(c.sounds[i]) < maxReadings {
				c.sounds[i] = append(c.sounds[i], said.syllable)
			}
		}
	}
	for i := range l.counts {
		word := l.word(i)
		if !offered(word) || skip(word) {
			continue
		}
		first, _ := utf8.DecodeRuneInString(word)
		for _, letter := range c.letters(first) {
			c.byLetter[letter] = append(c.byLetter[letter], weighed{uint32(i), c.weight(uint32(i), letter)})
		}
	}
	for _, words := range c.byLetter {
		slices.SortFunc(words, func(a, b weighed) int {
			return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.word, b.word))
		})
	}
	return c
}

// weighed is a word with what orders it among those that a letter begins.
type weighed struct{ word, weight uint32 }

// rarely is how much less a word counts where its first character is seldom
// read so: ht is 航天 before 共同, which hong once was a reading of.
const rarely = 20

// weight orders the words that a letter begins.
func (c *Completer) weight(i uint32, letter int) uint32 {
	word := c.lexicon.word(int(i))
	first, _ := utf8.DecodeRuneInString(word)
	if said := c.said(first); len(said) > 0 && int(said[0][0]-'a') != letter {
		return c.lexicon.counts[i] / rarely
	}
	return c.lexicon.counts[i]
}

// offered tells a word of two or more characters that is no number.
func offered(word string) bool {
	if utf8.RuneCountInString(word) < 2 {
		return false
	}
	return strings.IndexFunc(word, func(r rune) bool { return r < '0' || r > '9' }) >= 0
}

// letters returns what a word that begins with r is typed by, as places in
// byLetter.
func (c *Completer) letters(r rune) []int {
	var out []int
	if 'a' <= r && r <= 'z' {
		return append(out, int(r-'a'))
	}
	for _, syllable := range c.said(r) {
		letter := int(syllable[0] - 'a')
		if letter <= lastLetter && !slices.Contains(out, letter) {
			out = append(out, letter)
		}
	}
	return out
}

// said returns the syllables that a Han character of the lexicon is read as, the
// usual one first.
func (c *Completer) said(r rune) []string {
	if i := c.lexicon.char(r); i >= 0 {
		return c.sounds[i]
	}
	return nil
}

// maxTypedRunes is more than anyone types of a word.
const maxTypedRunes = 32

// Complete returns at most size words that begin as typed, the most frequent
// first, those whose first character is seldom read so behind. White space and
// apostrophes part syllables: xi'an is 西安, xian 现 as well.
func (c *Completer) Complete(typed string, size int) []Completion {
	pattern := c.pattern(typed)
	if len(pattern) == 0 || len(pattern) > maxTypedRunes || size < 1 {
		return nil
	}
	var found []uint32
	if first := pattern[0]; 'a' <= first && first <= 'z' {
		for _, w := range c.byLetter[first-'a'] {
			if c.matches(c.lexicon.word(int(w.word)), pattern) {
				if found = append(found, w.word); len(found) == size {
					break
				}
			}
		}
	} else {
		found = c.beginning(pattern, size)
	}
	out := make([]Completion, len(found))
	for k, i := range found {
		out[k] = Completion{c.lexicon.word(int(i)), int(c.lexicon.counts[i])}
	}
	return out
}

// parting stands in a pattern between two syllables that were typed apart.
const parting = ' '

// pattern folds what was typed, with one parting for whatever parts syllables.
func (c *Completer) pattern(typed string) []rune {
	var out []rune
	apart := false
	for _, r := range c.fold.FoldString(typed) {
		if r == ' ' || r == '\'' || r == '’' {
			apart = len(out) > 0
			continue
		}
		if apart {
			out, apart = append(out, parting), false
		}
		switch r {
		case 'ü':
			out = append(out, 'v')
		default:
			out = append(out, r)
		}
	}
	return out
}

// beginning returns the most frequent words that begin with the first of
// pattern, which is no letter of pinyin, and match the rest.
func (c *Completer) beginning(pattern []rune, size int) []uint32 {
	l := c.lexicon
	end := 1
	for end < len(pattern) && pattern[end] != parting && (pattern[end] < 'a' || pattern[end] > 'z') {
		end++
	}
	prefix := string(pattern[:end])
	var found []uint32
	for i := l.seek(prefix); i < len(l.counts); i++ {
		word := l.word(i)
		if !strings.HasPrefix(word, prefix) {
			break
		}
		if offered(word) && c.matches(word[len(prefix):], pattern[end:]) {
			found = append(found, uint32(i))
		}
	}
	slices.SortStableFunc(found, func(a, b uint32) int { return cmp.Compare(l.counts[b], l.counts[a]) })
	return found[:min(size, len(found))]
}

// matches reports whether word begins as pattern says: each of its characters
// by itself or by the syllable it is read as, whole, by its initial, or, at the
// end of the pattern, by any beginning.
func (c *Completer) matches(word string, pattern []rune) bool {
	if len(pattern) > 0 && pattern[0] == parting {
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
	for _, syllable := range c.said(r) {
		shared := 0
		for shared < len(syllable) && shared < len(pattern) && rune(syllable[shared]) == pattern[shared] {
			shared++
		}
		for take := shared; take > 0; take-- {
			whole := take == len(syllable) || take == len(pattern)
			initial := take == 1 || take == 2 && syllable[1] == 'h'
			if (whole || initial) && c.matches(rest, pattern[take:]) {
				return true
			}
		}
	}
	return false
}

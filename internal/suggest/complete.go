package suggest

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// Completion is a word or compound with the number of documents that contain it.
type Completion struct {
	Text  string
	Count int
}

// Completer completes words and compounds from their first characters, from their
// pinyin in full or abbreviated (hangtian, hángtiān, hang2tian1, htian, ht), or from
// both (航tian). It is safe for concurrent use.
type Completer struct {
	fold      textnorm.Folder
	lexicon   *Lexicon
	spelt     map[entry]string              // entries that are spelt otherwise than in normal form
	readings  [][]string                    // by character: syllables, the usual one first
	variants  map[rune][]string             // the same of the other characters in spelt
	syllables map[string]bool               // all readings
	byLetter  [lastLetter + 1][]rankedEntry // by the first letter of their pinyin, in order of their weight
}

// An entry is the index of a word of the lexicon or, after those, of a compound.
type entry uint32

// rankedEntry is an entry with its weight among those of a letter.
type rankedEntry struct {
	entry
	weight uint32
}

// lastLetter is the index of z in byLetter, where a is 0.
const lastLetter = 'z' - 'a'

// maxReadings is how many readings of a character count: the others occur in
// old texts and place names.
const maxReadings = 3

// NewCompleter returns a Completer over the words of l, which were folded by
// fold and are spelt by spell where the texts show no other spelling. It never suggests
// a word for which skip reports true, a stop word for example. It takes about 50 ms.
func NewCompleter(
	l *Lexicon, fold textnorm.Folder, skip func(word string) bool, spell func(word string) string,
) *Completer {
	c := &Completer{
		fold: fold, lexicon: l, spelt: map[entry]string{}, readings: make([][]string, len(l.chars)),
		variants: map[rune][]string{}, syllables: map[string]bool{},
	}
	for i, r := range l.chars {
		c.readings[i] = c.read(r)
	}
	c.spellAll(spell)
	for e := range entry(len(l.counts) + len(l.compounds.counts)) {
		if text := c.text(e); c.isOffered(e) && !skip(text) {
			for _, letter := range c.letters(c.shown(e)) {
				c.byLetter[letter] = append(c.byLetter[letter], rankedEntry{e, c.weight(e, letter)})
			}
		}
	}
	for _, entries := range c.byLetter {
		slices.SortFunc(entries, func(a, b rankedEntry) int {
			return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.entry, b.entry))
		})
	}
	return c
}

func (c *Completer) text(e entry) string { return c.lexicon.entryText(e) }

// spellAll fills in spelt and variants.
func (c *Completer) spellAll(spell func(word string) string) {
	for e := range entry(len(c.lexicon.counts) + len(c.lexicon.compounds.counts)) {
		text := c.text(e)
		spelling, ok := c.lexicon.spellings[e]
		if !ok {
			spelling = spell(text)
		}
		if spelling == text {
			continue
		}
		c.spelt[e] = spelling
		for _, r := range spelling {
			if _, known := c.variants[r]; !known && c.lexicon.char(r) < 0 {
				c.variants[r] = c.read(r)
			}
		}
	}
}

// shown returns an entry as texts spell it.
func (c *Completer) shown(e entry) string {
	if spelling, ok := c.spelt[e]; ok {
		return spelling
	}
	return c.text(e)
}

// shownWord returns a word of the lexicon as texts spell it.
func (c *Completer) shownWord(word string) string {
	i := c.lexicon.seek(word)
	if i == len(c.lexicon.counts) || c.lexicon.word(i) != word {
		return word
	}
	return c.shown(entry(i))
}

// spellingOf returns the characters of a word of the lexicon as texts spell it, without
// signs.
func (c *Completer) spellingOf(word []rune) []rune {
	return []rune(withoutJoiners(c.shownWord(string(word))))
}

// read returns the syllables of a character, the usual one first.
func (c *Completer) read(r rune) []string {
	var out []string
	for _, reading := range readings(r) {
		if !slices.Contains(out, reading.syllable) && len(out) < maxReadings {
			out = append(out, reading.syllable)
			c.syllables[reading.syllable] = true
		}
	}
	return out
}

func (c *Completer) count(e entry) uint32 {
	l, i := c.lexicon.list(e)
	return l.counts[i]
}

// isOffered reports whether an entry is whole, has two or more characters and is not
// a number.
func (c *Completer) isOffered(e entry) bool {
	if words := len(c.lexicon.counts); int(e) < words && !c.lexicon.isWhole(int(e)) {
		return false
	}
	text := c.text(e)
	if utf8.RuneCountInString(text) < 2 {
		return false
	}
	return strings.Trim(text, "0123456789.,") != ""
}

const (
	// rareReadingPenalty divides the count of a word under a letter that begins a
	// rare reading of its first character: ht is 航天 before 共同, where hong is an
	// old reading of 共.
	rareReadingPenalty = 20
	// compoundPenalty divides the count of a compound: what was typed is more often
	// the beginning of a word.
	compoundPenalty = 2
)

// rank returns the weight of an entry among those that begin alike.
func (c *Completer) rank(e entry) uint32 {
	if int(e) >= len(c.lexicon.counts) {
		return c.count(e) / compoundPenalty
	}
	return c.count(e)
}

// weight ranks an entry among those of a letter.
func (c *Completer) weight(e entry, letter int) uint32 {
	first, _ := utf8.DecodeRuneInString(c.shown(e))
	if syllables := c.syllablesOf(first); len(syllables) > 0 && int(syllables[0][0]-'a') != letter {
		return c.rank(e) / rareReadingPenalty
	}
	return c.rank(e)
}

// letters returns the letters, as indexes of byLetter, that typing a text may begin
// with.
func (c *Completer) letters(text string) []int {
	var out []int
	r, _ := utf8.DecodeRuneInString(text)
	if 'a' <= r && r <= 'z' {
		return append(out, int(r-'a'))
	}
	for _, syllable := range c.syllablesOf(r) {
		letter := int(syllable[0] - 'a')
		if letter <= lastLetter && !slices.Contains(out, letter) {
			out = append(out, letter)
		}
	}
	return out
}

// syllablesOf returns the readings of a Han character of an entry, the usual one first.
func (c *Completer) syllablesOf(r rune) []string {
	if i := c.lexicon.char(r); i >= 0 {
		return c.readings[i]
	}
	return c.variants[r]
}

// maxTypedRunes is longer than what anyone types of a word.
const maxTypedRunes = 32

// Complete returns at most size words and compounds that begin as typed, spelt as texts
// spell them. Those that are spelt as typed come first, then the most frequent, and last
// those whose first character is rarely read so. White space, apostrophes and tones
// separate syllables: xi'an matches 西安 only, xian matches 现 too. After those come the
// ones that begin with lü if lu was typed.
func (c *Completer) Complete(typed string, size int) []Completion {
	if size < 1 {
		return nil
	}
	var found []entry
	for _, p := range c.patterns(typed) {
		if len(p.text) == 0 || len(p.text) > maxTypedRunes {
			continue
		}
		var more []entry
		if isLowerLatin(p.text[0]) {
			more = c.byPinyin(p, size)
		} else {
			more = c.byPrefix(p, size)
		}
		for _, e := range more {
			if len(found) < size && !slices.Contains(found, e) {
				found = append(found, e)
			}
		}
		if len(found) == size {
			break
		}
	}
	var out []Completion
	for _, e := range found {
		out = append(out, Completion{c.shown(e), int(c.count(e))})
	}
	return out
}

// byPinyin returns the first entries that match a pattern which begins with a
// letter, by weight.
func (c *Completer) byPinyin(p pattern, size int) []entry {
	var found []entry
	for _, w := range c.byLetter[p.text[0]-'a'] {
		if c.matches(c.shown(w.entry), p) {
			if found = append(found, w.entry); len(found) == size {
				break
			}
		}
	}
	return found
}

// byPrefix returns the most frequent entries that match a pattern which begins with
// other characters than letters, first those that are spelt as it was typed: 覆盖 before 复兴
// for 覆.
func (c *Completer) byPrefix(p pattern, size int) []entry {
	end := 1
	for end < len(p.text) && p.text[end] != separator && !isLowerLatin(p.text[end]) {
		end++
	}
	prefix := string(p.text[:end])
	rest := p
	rest.text = p.text[end:]
	var asTyped, others []entry
	words := entry(len(c.lexicon.counts))
	for _, from := range []entry{entry(c.lexicon.seek(prefix)), words + entry(c.lexicon.compounds.seek(prefix))} {
		l, i := &c.lexicon.wordList, int(from)
		if from >= words {
			l, i = &c.lexicon.compounds, int(from-words)
		}
		for e := from; i < len(l.counts) && strings.HasPrefix(l.word(i), prefix); e, i = e+1, i+1 {
			switch {
			case !c.isOffered(e) || !c.matches(l.word(i)[len(prefix):], rest):
			case strings.HasPrefix(withoutJoiners(c.shown(e)), p.typed):
				asTyped = append(asTyped, e)
			default:
				others = append(others, e)
			}
		}
	}
	for _, list := range [][]entry{asTyped, others} {
		slices.SortStableFunc(list, func(a, b entry) int { return cmp.Compare(c.rank(b), c.rank(a)) })
	}
	found := append(asTyped, others...)
	return found[:min(size, len(found))]
}

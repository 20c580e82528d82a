package suggest

import (
	"slices"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// Tally counts in folded texts given strings of two or more characters and the
// characters before and after them. It is for one goroutine.
type Tally struct {
	trie     *trie
	contexts []context // by number in the trie
	document uint32    // the current one, from 1

	finder  finder
	classes *[1 << 16]class // of the characters of the basic multilingual plane
}

// context counts the occurrences of a string and the characters around them.
type context struct {
	documents, last uint32 // last is the last document with an occurrence
	occurrences     uint32
	ends            uint32 // occurrences before a sign, a particle or the end of the text
	before, after   frequent
}

// NewTally returns a Tally for strings.
func NewTally(strings []string) *Tally {
	return newTally(newTrie(slices.Compact(slices.Sorted(slices.Values(strings)))))
}

func newTally(t *trie) *Tally {
	out := &Tally{trie: t, contexts: make([]context, len(t.list)), document: 1, classes: new([1 << 16]class)}
	for r := range out.classes {
		out.classes[r] = classOf(rune(r))
	}
	return out
}

// Clone returns a Tally of the same strings that has counted nothing.
func (t *Tally) Clone() *Tally {
	return &Tally{trie: t.trie, contexts: make([]context, len(t.contexts)), document: 1, classes: t.classes}
}

// EndDocument ends a document.
func (t *Tally) EndDocument() { t.document++ }

// Text counts a joined text of the current document.
func (t *Tally) Text(joined string) {
	t.finder.read(joined)
	for _, o := range t.finder.find(t.trie) {
		t.count(t.finder.runes, o)
	}
}

// count counts an occurrence of a string in a text, unless it is only a part of a run of
// letters or digits.
func (t *Tally) count(text []rune, o occurrence) {
	before, after := noCharacter, noCharacter
	if o.start > 0 {
		before = t.character(text[o.start-1])
	}
	if int(o.end) < len(text) {
		after = t.character(text[o.end])
	}
	if before.class == letter && t.character(text[o.start]).class == letter ||
		after.class == letter && t.character(text[o.end-1]).class == letter {
		return
	}
	t.contexts[o.s].count(t.document, before, after)
}

// count counts an occurrence in a document between two characters.
func (c *context) count(document uint32, before, after character) {
	c.occurrences++
	if c.last != document {
		c.documents++
		c.last = document
	}
	if after.class == sign || isEndParticle(after.rune) {
		c.ends++
	}
	c.before.add(before)
	c.after.add(after)
}

// merge adds the counts of other documents.
func (c *context) merge(other *context) {
	c.documents += other.documents
	c.occurrences += other.occurrences
	c.ends += other.ends
	c.before.merge(other.before)
	c.after.merge(other.after)
}

// isEndParticle reports whether a character follows the end of a phrase.
func isEndParticle(r rune) bool {
	switch r {
	case '的', '和', '与', '及', '或', '等':
		return true
	}
	return false
}

// character is a character beside a string.
type character struct {
	rune
	class
}

func (t *Tally) character(r rune) character {
	if int(r) < len(t.classes) {
		return character{r, t.classes[r]}
	}
	return character{r, classOf(r)}
}

// noCharacter is what is beside the ends of a text.
var noCharacter = character{utf8.RuneError, sign}

// class is what matters of a character here.
type class uint8

const (
	sign class = iota
	han
	letter // or digit
)

func classOf(r rune) class {
	switch {
	case r < utf8.RuneSelf:
		if textnorm.IsWordRune(r) {
			return letter
		}
		return sign
	case '\u3000' <= r && r <= '\u3004', '\u3008' <= r && r <= '\u3020': // most signs of texts
		return sign
	case textnorm.IsHan(r):
		return han
	case textnorm.IsWordRune(r):
		return letter
	}
	return sign
}

// Add adds the counts of a Tally of the same strings.
func (t *Tally) Add(other *Tally) {
	for i := range t.contexts {
		t.contexts[i].merge(&other.contexts[i])
	}
}

// context returns what was counted of a string.
func (t *Tally) context(s string) context {
	if i, ok := t.trie.index(s); ok {
		return t.contexts[i]
	}
	return context{}
}

// Documents returns in how many documents a string occurs.
func (t *Tally) Documents(s string) int {
	if i, ok := t.trie.index(s); ok {
		return int(t.contexts[i].documents)
	}
	return 0
}

// incompleteShare is the share of the occurrences of an incomplete word that the same
// character continues. What frequent counts may be a twentieth too low for a share
// of 0.9.
const incompleteShare = 0.86

// isIncomplete reports whether nearly all occurrences of a string are a part of one
// and the same longer string.
func (c *context) isIncomplete() bool {
	limit := incompleteShare * float64(c.occurrences)
	return float64(c.before.highest()) >= limit || float64(c.after.highest()) >= limit
}

// endShare returns the share of the occurrences that end a phrase.
func (c *context) endShare() float64 { return float64(c.ends) / float64(max(c.occurrences, 1)) }

// frequent estimates how often the most frequent characters of a sequence occur
// (Misra and Gries, Finding Repeated Elements, 1982), at most a third of all others
// too low. Signs and the ends of texts are all different.
type frequent struct {
	chars  [2]rune
	counts [2]uint32
}

func (f *frequent) add(c character) {
	if c.class == sign {
		return
	}
	r := c.rune
	for i := range f.chars {
		if f.counts[i] > 0 && f.chars[i] == r {
			f.counts[i]++
			return
		}
	}
	for i := range f.chars {
		if f.counts[i] == 0 {
			f.chars[i], f.counts[i] = r, 1
			return
		}
	}
	f.counts[0]--
	f.counts[1]--
}

// merge adds the counts of another sequence (Agarwal, Cormode, Huang, Phillips, Wei and Yi,
// Mergeable Summaries, 2012).
func (f *frequent) merge(other frequent) {
	chars, counts := [4]rune{f.chars[0], f.chars[1]}, [4]uint32{f.counts[0], f.counts[1]}
	for i, r := range other.chars {
		at := 2 + i
		for k := range f.chars {
			if f.counts[k] > 0 && f.chars[k] == r {
				at = k
			}
		}
		chars[at] = r
		counts[at] += other.counts[i]
	}
	for range f.chars { // the highest two come first
		for i := len(counts) - 1; i > 0; i-- {
			if counts[i] > counts[i-1] {
				chars[i], chars[i-1], counts[i], counts[i-1] = chars[i-1], chars[i], counts[i-1], counts[i]
			}
		}
	}
	third := max(counts[2], counts[3])
	*f = frequent{[2]rune{chars[0], chars[1]}, [2]uint32{counts[0] - third, counts[1] - third}}
}

func (f *frequent) highest() uint32 { return max(f.counts[0], f.counts[1]) }

// top returns the most frequent character.
func (f *frequent) top() rune {
	if f.counts[1] > f.counts[0] {
		return f.chars[1]
	}
	return f.chars[0]
}

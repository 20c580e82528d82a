package suggest

import (
	"slices"
	"strings"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// Tally counts in folded texts given strings of two or more characters and the
// characters before and after them. It is for one goroutine.
type Tally struct {
	trie     *trie
	contexts []context // by number in the trie
	document uint32    // the current one, from 1
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
	return &Tally{trie: t, contexts: make([]context, len(t.list)), document: 1}
}

// Clone returns a Tally of the same strings that has counted nothing.
func (t *Tally) Clone() *Tally { return newTally(t.trie) }

// EndDocument ends a document.
func (t *Tally) EndDocument() { t.document++ }

// Text counts a joined text of the current document.
func (t *Tally) Text(joined string) {
	before := rune(0)
	for i, first := range joined {
		n := trieRoot
		for k, r := range joined[i:] {
			if n = t.trie.next(n, r); n < 0 {
				break
			}
			if s := t.trie.at[n]; s >= 0 {
				after, _ := utf8.DecodeRuneInString(joined[i+k+utf8.RuneLen(r):])
				t.count(int(s), before, first, r, after)
			}
		}
		before = first
	}
}

// count counts an occurrence of a string that begins and ends with two characters
// and is between two others, unless it is only a part of a run of letters or digits.
func (t *Tally) count(i int, before, first, last, after rune) {
	if isLetter(before) && isLetter(first) || isLetter(last) && isLetter(after) {
		return
	}
	c := &t.contexts[i]
	c.occurrences++
	if c.last != t.document {
		c.documents++
		c.last = t.document
	}
	if !textnorm.IsHan(after) && !textnorm.IsWordRune(after) || strings.ContainsRune(endParticles, after) {
		c.ends++
	}
	c.before.add(before)
	c.after.add(after)
}

// endParticles follow the end of a phrase.
const endParticles = "的和与及或等"

// isLetter reports whether r is a letter or digit and no Han character.
func isLetter(r rune) bool { return textnorm.IsWordRune(r) && !textnorm.IsHan(r) }

// Add adds the counts of a Tally of the same strings.
func (t *Tally) Add(other *Tally) {
	for i := range t.contexts {
		a, b := &t.contexts[i], &other.contexts[i]
		a.documents += b.documents
		a.occurrences += b.occurrences
		a.ends += b.ends
		a.before.merge(b.before)
		a.after.merge(b.after)
	}
}

// context returns what was counted of a string.
func (t *Tally) context(s string) context {
	if i, ok := slices.BinarySearch(t.trie.list, s); ok {
		return t.contexts[i]
	}
	return context{}
}

// Documents returns in how many documents a string occurs.
func (t *Tally) Documents(s string) int { return int(t.context(s).documents) }

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

func (f *frequent) add(r rune) {
	if !textnorm.IsHan(r) && !textnorm.IsWordRune(r) {
		return
	}
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

// merge adds the counts of another sequence for the characters that f has.
func (f *frequent) merge(other frequent) {
	for i, r := range other.chars {
		n := other.counts[i]
		for k := range f.chars {
			if n > 0 && (f.counts[k] == 0 || f.chars[k] == r) {
				f.chars[k], f.counts[k] = r, f.counts[k]+n
				break
			}
		}
	}
}

func (f *frequent) highest() uint32 { return max(f.counts[0], f.counts[1]) }

// top returns the most frequent character.
func (f *frequent) top() rune {
	if f.counts[1] > f.counts[0] {
		return f.chars[1]
	}
	return f.chars[0]
}

package suggest

import (
	"slices"

	"xunwen/internal/textnorm"
)

// Tally counts in how many folded texts given strings of two or more characters are. It is for
// one goroutine.
type Tally struct {
	trie     *trie
	counts   []tallyCount // by number in the trie
	document uint32       // the current one, from 1

	finder finder
}

// tallyCount is in how many documents a string is, and the last one.
type tallyCount struct{ documents, last uint32 }

// NewTally returns a Tally for strings.
func NewTally(strings []string) *Tally {
	return newTally(newTrie(slices.Compact(slices.Sorted(slices.Values(strings)))))
}

func newTally(t *trie) *Tally {
	return &Tally{trie: t, counts: make([]tallyCount, len(t.list)), document: 1}
}

// Clone returns a Tally of the same strings that has counted nothing.
func (t *Tally) Clone() *Tally { return newTally(t.trie) }

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
	c := &t.counts[o.s]
	if c.last != t.document && !isCut(text, int(o.start)) && !isCut(text, int(o.end)) {
		*c = tallyCount{c.documents + 1, t.document}
	}
}

// isCut reports whether a place of a text is inside a run of letters or digits.
func isCut(text []rune, at int) bool {
	return at > 0 && at < len(text) && textnorm.IsWordRune(text[at-1]) && textnorm.IsWordRune(text[at])
}

// Add adds the counts of a Tally of the same strings.
func (t *Tally) Add(other *Tally) {
	for i := range t.counts {
		t.counts[i].documents += other.counts[i].documents
	}
}

// Documents returns in how many documents a string occurs.
func (t *Tally) Documents(s string) int {
	if i, ok := t.trie.index(s); ok {
		return int(t.counts[i].documents)
	}
	return 0
}

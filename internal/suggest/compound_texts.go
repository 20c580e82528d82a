package suggest

import (
	"slices"

	"xunwen/internal/textnorm"
)

// TextTally is a Tally and a SpellingTally that find their strings together: reading a text
// takes longer than counting. It is for one goroutine.
type TextTally struct {
	Strings   *Tally
	Spellings *SpellingTally
	uses      []tallyUse // by number in the trie
}

// tallyUse says which tallies count a string.
type tallyUse uint8

const (
	isCounted tallyUse = 1 << iota
	isSpelt
)

// NewTextTally returns a TextTally that counts strings and the spellings of some others,
// which may be the same.
func NewTextTally(strings, maySpell []string, words Spelling) *TextTally {
	all := slices.Concat(strings, maySpell)
	slices.Sort(all)
	t := newTrie(slices.Compact(all))
	out := &TextTally{newTally(t), newSpellingTally(t, words), make([]tallyUse, len(t.list))}
	for use, list := range map[tallyUse][]string{isCounted: strings, isSpelt: maySpell} {
		for _, s := range list {
			if i, ok := t.index(s); ok {
				out.uses[i] |= use
			}
		}
	}
	return out
}

// Clone returns a TextTally of the same strings that has counted nothing.
func (t *TextTally) Clone() *TextTally {
	return &TextTally{t.Strings.Clone(), t.Spellings.Clone(), t.uses}
}

// Text counts a text of the current document of Strings, which is also given in joined form.
func (t *TextTally) Text(text string, joined textnorm.Joined) {
	f := &t.Strings.finder
	f.read(joined.Text)
	spelt := speltText{text: text, joined: joined}
	for _, o := range f.find(t.Strings.trie) {
		use := t.uses[o.s]
		if use&isCounted != 0 {
			t.Strings.count(f.runes, o)
		}
		if use&isSpelt != 0 {
			t.Spellings.add(&spelt, o.s, int(f.starts[o.start]), int(f.starts[o.end]))
		}
	}
}

// Add adds the counts of a TextTally of the same strings.
func (t *TextTally) Add(other *TextTally) {
	t.Strings.Add(other.Strings)
	t.Spellings.Add(other.Spellings)
}

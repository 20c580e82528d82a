package engine

import (
	"iter"
	"strings"

	"xunwen/internal/numeral"
	"xunwen/internal/textnorm"
)

// nearCharacters is how many characters there may be on average between two words of an
// operand that are next to each other, and don't belong to it. Measured in
// docs/measurements/together.md.
const nearCharacters = 4

// in reports whether a text has a variant. Most that have it are spared folding.
func (v variant) in(t *looseText) bool {
	if isHan(v.text) && !v.uncut {
		if strings.Contains(t.loose, v.text) {
			return true
		}
		if t.left&(textnorm.LeftBlanks|textnorm.LeftRuns) == 0 && !v.mayBeNear(t.loose) {
			return false // there are no white space and no joiners in it
		}
	}
	joined := textnorm.Join(t.T())
	for range v.occurrences(joined) {
		return true
	}
	v.nearness(&t.near, joined)
	return t.near.found(v.nearDistance())
}

// mayBeNear reports whether a text without joiners has the words of Han characters that may be
// near one another.
func (v variant) mayBeNear(text string) bool {
	for _, p := range v.near {
		if isHan(p.text) && !strings.Contains(text, p.text) {
			return false
		}
	}
	return len(v.near) > 0
}

// occurrences yields where a variant is contiguous in a joined text.
func (v variant) occurrences(text textnorm.Joined) iter.Seq[int] {
	if v.uncut {
		return uncut(text, v.text)
	}
	return text.Occurrences(v.text)
}

// uncut yields where a word is in a joined text and doesn't cut a number, as 八日 does in
// 十八日.
func uncut(text textnorm.Joined, word string) iter.Seq[int] {
	if !numeral.Edges(word) {
		return text.Occurrences(word)
	}
	return func(yield func(int) bool) {
		for at := range text.Occurrences(word) {
			if !numeral.Cuts(text.Text, at, at+len(word)) && !yield(at) {
				return
			}
		}
	}
}

// find returns where a variant is contiguous in a joined text, at most maxMarks times.
func (v variant) find(text textnorm.Joined) []occurrence {
	var out []occurrence
	for at := range v.occurrences(text) {
		if out = append(out, occurrence{start: at, end: at + len(v.text)}); len(out) == maxMarks {
			break
		}
	}
	return out
}

// nearIn returns the occurrences of the words of a variant that are near one another in
// one sentence of a joined text.
func (v variant) nearIn(text textnorm.Joined) []occurrence {
	var n nearness
	v.nearness(&n, text)
	return n.spans(v.nearDistance())
}

// nearness looks for the words of a variant, which don't overlap, in the sentences of a
// joined text.
func (v variant) nearness(n *nearness, text textnorm.Joined) {
	n.words = n.words[:0]
	for _, p := range v.near {
		n.words = append(n.words, p.text)
	}
	n.apart, n.within = true, true
	n.find(text.Text, n.words, func(word string) iter.Seq[int] { return uncut(text, word) })
}

func (v variant) nearDistance() int { return nearCharacters * (len(v.near) - 1) }

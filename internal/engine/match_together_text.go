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
		if len(v.near) == 0 && t.left&(textnorm.LeftBlanks|textnorm.LeftRuns) == 0 {
			return false // no white space or joiners are in it
		}
	}
	joined := textnorm.Join(t.T())
	for range v.occurrences(joined) {
		return true
	}
	return v.nearness(joined).found(v.nearDistance())
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
	return v.nearness(text).spans(v.nearDistance())
}

// nearness looks for the words of a variant, which don't overlap, in the sentences of a
// joined text.
func (v variant) nearness(text textnorm.Joined) *nearness {
	words := make([]string, len(v.near))
	for i, p := range v.near {
		words[i] = p.text
	}
	n := nearnessOf(text.Text, words, func(word string) iter.Seq[int] { return uncut(text, word) })
	if n.apart = true; len(n.all) > 0 {
		n.ends = sentenceEnds(text.Text)
	}
	return n
}

func (v variant) nearDistance() int { return nearCharacters * (len(v.near) - 1) }

package analyzer

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// groupPrefix begins, after JointPrefix, the term of a group of digits next to a
// separator of thousands.
const groupPrefix = ","

// groups visits the groups of digits of an atom that are next to a separator of thousands.
func (g *jointScanner) groups(e *element) {
	if from, to := g.joined.Span(e.start, e.end); to-from == e.end-e.start &&
		!g.joined.Separates(e.start) && !g.joined.Separates(e.end) {
		return
	}
	start := e.start
	for at := e.start + 1; at <= e.end; at++ {
		if at < e.end && !g.joined.Boundary(at) && !g.joined.Separates(at) {
			continue
		}
		if g.joined.Separates(start) || g.joined.Separates(at) {
			from, to := g.joined.Span(start, at)
			g.visit(Token{g.term(groupPrefix, g.joined.Text[start:at]), from, to})
		}
		start = at
	}
}

// GroupGrams returns the grams of the texts in which a joined word may be only a part of a
// longer number though they have all grams of WordGrams: 100人 of 1,100人.
func GroupGrams(word string) []string {
	var grams []string
	for start, end := range wordRuns(word) {
		for at := start; at < end; {
			next, _ := elementEnd(word[:end], at)
			if isGroup(word[at:next]) {
				grams = append(grams, JointPrefix+groupPrefix+word[at:next])
			}
			at = next
		}
	}
	return grams
}

// isGroup reports whether an atom may be a group of digits next to a separator.
func isGroup(atom string) bool {
	other := func(r rune) bool { return !unicode.IsNumber(r) }
	return utf8.RuneCountInString(atom) <= 3 && strings.IndexFunc(atom, other) < 0
}

package analyzer

import (
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// Grams returns the terms of the gram channel in the order of Start, then End.
//
// A run of Han characters gives its overlapping bigrams and then its last
// character alone, the end-marked gram (文化厅: 文化 化厅 厅), so that every
// character of the run begins a gram. A run of other letters, digits and marks
// is one term (covid-19: covid 19), but for endless ones (see maxRun). Where the two touch, the run with the Han
// character beside it is a term too (第17号: 第17 17 17号), so that all grams of
// 17号 stand only where it does. Everything else parts runs and is in no gram.
func Grams(folded string) []Token {
	all := make([]Token, 0, len(folded)/3+1)
	EachGram(folded, func(t Token) { all = append(all, t) })
	return all
}

// EachGram gives Grams' tokens to visit one by one.
func EachGram(folded string, visit func(Token)) {
	g := grams{text: folded, visit: visit, han: none, word: none, before: none}
	for i, r := range folded {
		switch {
		case textnorm.IsHan(r):
			g.character(i, i+utf8.RuneLen(r))
		case textnorm.IsWordRune(r):
			if g.word == none {
				g.endHan(i)
				g.word = i
			}
		default:
			g.endHan(i)
			g.endWord(i)
			g.before = none
		}
	}
	g.endHan(len(folded))
	g.endWord(len(folded))
}

// grams is a text under way. Offsets are none where there is no such thing.
type grams struct {
	text   string
	visit  func(Token)
	han    int // where the last Han character of the run under way begins
	word   int // where the run of letters and digits under way begins
	before int // where the Han character that touches word begins
}

func (g *grams) add(start, end int) {
	g.visit(Token{g.text[start:end], start, end})
}

// character takes the Han character at text[start:end].
func (g *grams) character(start, end int) {
	switch {
	case g.han != none:
		g.add(g.han, end)
	case g.word != none:
		word := g.word
		g.endWord(start)
		g.add(lastTerm(g.text, word, start), end)
	}
	g.han = start
}

// endHan ends the run of Han characters before at.
func (g *grams) endHan(at int) {
	if g.han != none {
		g.add(g.han, at)
		g.before, g.han = g.han, none
	}
}

// endWord ends the run of letters and digits before at.
func (g *grams) endWord(at int) {
	if g.word == none {
		return
	}
	if g.before != none {
		g.add(g.before, firstTerm(g.text, g.word, at))
	}
	for s := range runTerms(g.text, g.word, at) {
		g.add(s.start, s.end)
	}
	g.word, g.before = none, none
}

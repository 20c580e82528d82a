package analyzer

// Grams returns the terms of the gram channel in the order of Start, then End.
//
// A run of Han characters gives its overlapping bigrams and then its last
// character alone, the end mark (文化厅: 文化 化厅 厅), so that every character of
// the run begins a gram. A run of other letters, digits and marks is one term
// (covid-19: covid 19), except very long ones (see maxRun). Where the two touch,
// the run with the adjacent Han character is a term too (第17号: 第17 17 17号), so
// that all grams of 17号 occur only where it does. Everything else separates runs
// and is in no gram.
func Grams(folded string) []Token {
	all := make([]Token, 0, len(folded)/3+1)
	EachGram(folded, func(t Token) { all = append(all, t) })
	return all
}

// EachGram calls visit with each token of Grams.
func EachGram(folded string, visit func(Token)) {
	g := gramScanner{text: folded, visit: visit, han: none, word: none, before: none}
	for i, size := 0, 0; i < len(folded); i += size {
		var class class
		class, size = classAt(folded, i)
		switch class {
		case classOfHan:
			g.addHan(i, i+size)
		case classOfSign:
			g.endHan(i)
			g.endWord(i)
			g.before = none
		default:
			if g.word == none {
				g.endHan(i)
				g.word = i
			}
		}
	}
	g.endHan(len(folded))
	g.endWord(len(folded))
}

// gramScanner is the state of one pass over a text; an offset is none if there
// is no such run.
type gramScanner struct {
	text   string
	visit  func(Token)
	han    int // start of the last Han character of the current run
	word   int // start of the current run of letters and digits
	before int // start of the Han character directly before word
}

func (g *gramScanner) add(start, end int) {
	g.visit(Token{g.text[start:end], start, end})
}

// addHan continues with the Han character text[start:end].
func (g *gramScanner) addHan(start, end int) {
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
func (g *gramScanner) endHan(at int) {
	if g.han != none {
		g.add(g.han, at)
		g.before, g.han = g.han, none
	}
}

// endWord ends the run of letters and digits before at.
func (g *gramScanner) endWord(at int) {
	if g.word == none {
		return
	}
	if g.before != none {
		g.add(g.before, firstTerm(g.text, g.word, at))
	}
	for s := range runTerms(g.text, g.word, at) {
		g.add(s.Start, s.End)
	}
	g.word, g.before = none, none
}

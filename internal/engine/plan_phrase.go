package engine

import (
	"slices"
	"strings"
	"unicode/utf8"

	"xunwen/internal/analyzer"
	"xunwen/internal/textnorm"
)

// phrase is a text to be found as it is, with the grams by which its candidates
// are found.
type phrase struct {
	asked string // as typed
	text  string // folded
	alone bool   // a Han character alone
	inner []string
	edges []edge

	// Its grams are the phrase: it is two Han characters, or a run of letters and
	// digits, of which each run that contains it is a term.
	exact bool
}

// edge is what is at a phrase's end of which a text may have more: a Han
// character or a run of letters and digits, with the Han character next to it
// where the phrase has one.
type edge struct {
	text          string
	opens, closes bool // a text may go on to the left, to the right
}

func newPhrase(s Segmenter, asked string) phrase {
	p := phrase{asked: asked, text: s.FoldString(asked)}
	if p.alone = isSingleHan(p.text); p.alone {
		return p
	}
	p.inner, p.edges = phraseGrams(p.text)
	p.exact = isHanBigram(p.text) || len(p.inner) == 0 && len(p.edges) > 0 && p.edges[0].text == p.text
	return p
}

// gramText names what candidates are found by.
func (p phrase) gramText() string {
	switch {
	case p.alone:
		return "terms with the character"
	case len(p.inner)+len(p.edges) == 0:
		return "symbols"
	}
	grams := slices.Clone(p.inner)
	for _, e := range p.edges {
		grams = append(grams, e.String())
	}
	return "grams " + strings.Join(grams, " ")
}

// String marks with … where a text may have more of an edge.
func (e edge) String() string {
	text := e.text
	if e.opens {
		text = "…" + text
	}
	if e.closes {
		text += "…"
	}
	return text
}

func isHanBigram(s string) bool {
	return utf8.RuneCountInString(s) == 2 && isHan(s)
}

// phraseGrams splits a folded phrase into the grams that every text has which
// contains it, and the edges that may be parts of longer grams. The
// right edge, which is cheap to look up, comes first.
func phraseGrams(phrase string) (inner []string, edges []edge) {
	var left, right edge
	for _, g := range analyzer.Grams(phrase) {
		first, last := g.Start == 0, g.End == len(phrase)
		mixed, run := isMixed(g.Term), isRun(g.Term)
		switch {
		case run && first && last:
			right = edge{text: g.Term, opens: true, closes: true}
		case run && first: // the longer term, with the Han character, comes later
			left = edge{text: g.Term, opens: true}
		case last && (mixed && !run || run && !mixed && right.text == ""):
			right = edge{text: g.Term, closes: true}
		case last && (run && !mixed):
		case isEndGram(g.Term) && last:
			if !endsInWord(phrase[:g.Start]) { // a character alone
				right = edge{text: g.Term, closes: true}
			}
		default:
			inner = append(inner, g.Term)
		}
	}
	for _, e := range []edge{right, left} {
		if e.text != "" {
			edges = append(edges, e)
		}
	}
	return inner, edges
}

// endsInWord reports whether s ends in a character that a gram joins to a Han
// character after it.
func endsInWord(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return textnorm.IsHan(r) || textnorm.IsWordRune(r)
}

// isMixed reports whether a gram is a run with the Han character next to it.
func isMixed(term string) bool {
	first, _ := utf8.DecodeRuneInString(term)
	last, _ := utf8.DecodeLastRuneInString(term)
	return textnorm.IsHan(first) != textnorm.IsHan(last)
}

// isRun reports whether a gram begins with a run of letters and digits.
func isRun(term string) bool {
	r, _ := utf8.DecodeRuneInString(term)
	return !textnorm.IsHan(r)
}

package engine

import (
	"slices"
	"strings"
	"unicode"

	"xunwen/internal/search"
)

const (
	snippetRunes = 120 // about three lines of a result
	wholeRunes   = 140 // a paragraph up to this length is shown whole
	contextRunes = 20  // what a fragment should have beside its marks
	maxFragments = 3
	joinRunes    = 10 // a gap this short is shown: it is not worth the break

	// lossBreak is the share of its weight that a snippet may lose for each
	// fragment less: what is read in one piece reads better.
	lossBreak = .1
)

// firstLimits are the lengths that a snippet's first window is tried with, in
// characters, beside snippetRunes: one that leaves room to begin and end well,
// a half and a third.
var firstLimits = [...]int{snippetRunes - 2*contextRunes, snippetRunes/2 - contextRunes, snippetRunes/3 - contextRunes/2}

// snippet chooses about snippetRunes characters of text: up to maxFragments
// stretches that hold most of the marks' weight, each mark's piece counted
// once, grown to where sentences or clauses begin and end.
//
// It takes time in proportion to the marks and to what is shown.
func snippet(text string, marks []mark) search.Snippet {
	whole := seams{text, spans(marks)}
	if length(text, 0, len(text)) <= wholeRunes {
		return fragments(whole, []stretch{{0, len(text)}})
	}
	cores := []stretch{{}} // no mark: the text's beginning
	if len(marks) > 0 {
		cores = choose(gather(text, marks)).cores()
	}
	return fragments(whole, growAll(whole, cores))
}

// stretch is a half-open range of a text, in bytes.
type stretch struct{ start, end int }

// fragments makes a snippet of stretches, which are in order and apart.
func fragments(of seams, parts []stretch) search.Snippet {
	var s search.Snippet
	for _, p := range parts {
		f := search.Fragment{Start: p.start, Text: of.text[p.start:p.end]}
		first, _ := slices.BinarySearchFunc(of.marks, p.start, func(m search.Span, start int) int { return m.End - start - 1 })
		last, _ := slices.BinarySearchFunc(of.marks, p.end, func(m search.Span, end int) int { return m.Start - end })
		f.Marks = make([]search.Span, 0, last-first)
		for _, m := range of.marks[first:last] {
			f.Marks = append(f.Marks, search.Span{Start: max(m.Start, p.start) - p.start, End: min(m.End, p.end) - p.start})
		}
		s.Fragments = append(s.Fragments, f)
	}
	s.Before = !isBlank(of.text[:parts[0].start])
	s.After = !isBlank(of.text[parts[len(parts)-1].end:])
	return s
}

// isBlank stops at the first character that is not white space.
func isBlank(s string) bool { return strings.IndexFunc(s, notSpace) < 0 }

func notSpace(r rune) bool { return !unicode.IsSpace(r) }

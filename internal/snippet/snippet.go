package snippet

import (
	"slices"
	"strings"
	"unicode"

	"xunwen/internal/search"
)

const (
	maxRunes      = 120 // about three lines of a result
	maxWholeRunes = 140 // a paragraph up to this length is shown whole
	contextRunes  = 20  // what a fragment should have around its marks
	maxFragments  = 3
	joinRunes     = 10 // a gap this short is shown: it is not worth a break

	// breakLoss is the share of its weight that a snippet may lose to have one
	// fragment fewer: contiguous text reads better.
	breakLoss = 0.1
)

// Mark is a match in a text: its range in bytes and the query term that matched.
// Marks may overlap.
type Mark struct {
	search.Span
	Term   int     // numbers the terms of a query from 0
	Weight float64 // of the term: what a snippet gains by showing it once
}

// Builder makes snippets. Its memory is used again for each; the zero value is ready. It is not
// for concurrent use.
type Builder struct {
	merged   []search.Span
	clusters []cluster
	selector selector
	expander expander
}

// Build returns about 120 characters of text: up to three fragments that hold
// most of the weight of the terms, each counted once, expanded to where
// sentences or clauses begin and end. Marks must be sorted by their start.
//
// It takes time in proportion to the marks and to what is shown.
func (m *Builder) Build(text string, marks []Mark) search.Snippet {
	m.merged = appendMerged(m.merged[:0], marks)
	b := breaker{text, m.merged}
	if length(text, 0, len(text)) <= maxWholeRunes {
		return b.snippet([]search.Span{{Start: 0, End: len(text)}})
	}
	seeds := []search.Span{{}} // no mark: the beginning of the text
	if len(marks) > 0 {
		m.clusters = appendClusters(m.clusters[:0], text, marks)
		seeds = m.selector.selectWindows(m.clusters).spans()
	}
	m.expander.breaker = b
	return b.snippet(m.expander.expandAll(seeds))
}

// Build is Builder.Build for a single snippet.
func Build(text string, marks []Mark) search.Snippet { return new(Builder).Build(text, marks) }

// Merge joins marks that overlap or touch. Marks must be sorted by their start.
func Merge(marks []Mark) []search.Span {
	return appendMerged(make([]search.Span, 0, len(marks)), marks)
}

func appendMerged(out []search.Span, marks []Mark) []search.Span {
	for _, m := range marks {
		if n := len(out); n > 0 && m.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, m.End)
		} else {
			out = append(out, m.Span)
		}
	}
	return out
}

// snippet makes fragments of parts, which are sorted and disjoint.
func (b breaker) snippet(parts []search.Span) search.Snippet {
	s := search.Snippet{Fragments: make([]search.Fragment, 0, len(parts))}
	for _, p := range parts {
		s.Fragments = append(s.Fragments, b.fragment(p))
	}
	s.Before = !isBlank(b.text[:parts[0].Start])
	s.After = !isBlank(b.text[parts[len(parts)-1].End:])
	return s
}

func (b breaker) fragment(p search.Span) search.Fragment {
	first, _ := slices.BinarySearchFunc(b.marks, p.Start,
		func(m search.Span, start int) int { return m.End - start - 1 })
	end, _ := slices.BinarySearchFunc(b.marks, p.End, func(m search.Span, end int) int { return m.Start - end })
	f := search.Fragment{Start: p.Start, Text: b.text[p.Start:p.End], Marks: make([]search.Span, 0, end-first)}
	for _, m := range b.marks[first:end] {
		f.Marks = append(f.Marks, search.Span{Start: max(m.Start, p.Start) - p.Start, End: min(m.End, p.End) - p.Start})
	}
	return f
}

// isBlank stops at the first character that is not white space.
func isBlank(s string) bool { return strings.IndexFunc(s, notSpace) < 0 }

func notSpace(r rune) bool { return !unicode.IsSpace(r) }

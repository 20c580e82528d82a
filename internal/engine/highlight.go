package engine

import (
	"slices"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/snippet"
	"xunwen/internal/textnorm"
)

// highlight is an operand of a plan that is highlighted in a zone.
type highlight struct {
	zone    zone
	operand highlighted
}

// highlighted is an operand or leaf of a plan that is looked for in texts.
type highlighted interface {
	// addTo adds what finds the operand in a text.
	addTo(h *highlighter, in zone, weight func(unit) float64)
}

// highlighter finds in a text what a plan matches there. It looks for the matched
// characters themselves, not for tokens, so that a mark never depends on how the
// text was segmented. It is not for concurrent use.
type highlighter struct {
	segmenter Segmenter
	by        search.By
	matchers  []termMatcher
	needles   needles         // what the matchers find in joined texts
	operands  []*unitMatcher  // the matchers of units
	names     map[string]bool // joined, that are marked in bylines
	inByline  []string        // normal forms of texts that are marked there
	begins    []func(a *news.Article)
	texts     int // that were marked so far
	lead      int // the number of the lead's paragraph

	// Memory that is used again for each text.
	folded textnorm.Scratch
	found  []occurrence
	marked []snippet.Mark
}

// termMatcher finds one term. Its number among the matchers is the term's for the
// choice of a snippet.
type termMatcher struct {
	zone   zone    // anywhere, or in titles, sections or leads only
	stop   bool    // a stop word: it is marked only where there is nothing else
	weight float64 // the gain of a snippet that shows the term
	find   func(folded string) []occurrence

	// appendJoined appends those in a joined text that the needles were looked for in, where
	// find is nil.
	appendJoined func(out []occurrence, text textnorm.Joined) []occurrence
}

// newHighlighter returns the highlighter of a plan for hits by article or paragraph;
// weight is that of a unit.
func newHighlighter(p *plan, s Segmenter, by search.By, weight func(unit) float64) *highlighter {
	h := &highlighter{segmenter: s, by: by, names: map[string]bool{}}
	for _, x := range p.highlights {
		x.operand.addTo(h, x.zone, weight)
	}
	isStop := func(m termMatcher) bool { return m.stop }
	if content := slices.DeleteFunc(slices.Clone(h.matchers), isStop); len(content) > 0 {
		h.matchers = content
	}
	h.findInOperands()
	return h
}

func (h *highlighter) add(m termMatcher) { h.matchers = append(h.matchers, m) }

// begin prepares for the texts of an article, first the matchers that depend on all of it.
func (h *highlighter) begin(a *news.Article) {
	h.lead = LeadParagraph(a)
	for _, f := range h.begins {
		f(a)
	}
}

// phraseWeight makes a snippet prefer a phrase to any word: no idf of an index of
// less than e^20 articles is higher.
const phraseWeight = 20

func (n *phraseNode) addTo(h *highlighter, in zone, _ func(unit) float64) {
	find := func(s string) []occurrence { return contained(s, n.text) }
	h.add(termMatcher{zone: in, weight: phraseWeight, find: find})
}

func (n *nearNode) addTo(h *highlighter, in zone, _ func(unit) float64) {
	find := func(s string) []occurrence { return nearSpans(s, n.words, n.distance) }
	h.add(termMatcher{zone: in, weight: phraseWeight, find: find})
}

func (n *prefixNode) addTo(h *highlighter, in zone, _ func(unit) float64) {
	find := func(s string) []occurrence { return prefixed(s, n.text) }
	h.add(termMatcher{zone: in, weight: 1, find: find})
}

// paragraph returns the marks of the text of the paragraph number n, from 1, of the article that
// began, sorted by their start; they may overlap. They are valid until the next text is marked.
func (h *highlighter) paragraph(n int, text string) []snippet.Mark {
	if n == h.lead {
		return h.marks(text, inLead)
	}
	return h.marks(text, anywhere)
}

// title and section return the marks of those, merged.
func (h *highlighter) title(s string) []search.Span   { return snippet.Merge(h.marks(s, inTitle)) }
func (h *highlighter) section(s string) []search.Span { return snippet.Merge(h.marks(s, inSection)) }

// byline returns the marks of a byline: the names that a word of the query is, and what
// byline: looks for.
func (h *highlighter) byline(s string) []search.Span {
	var marks []snippet.Mark
	mark := func(start, end int) {
		marks = append(marks, snippet.Mark{Span: search.Span{Start: start, End: end}})
	}
	if len(h.names) > 0 {
		for _, n := range bylineNames(h.segmenter, s) {
			if h.names[n.text] {
				mark(n.start, n.end)
			}
		}
	}
	if len(h.inByline) > 0 {
		f := h.segmenter.Fold(s)
		for _, text := range h.inByline {
			for _, o := range contained(f.Text, text) {
				mark(f.Span(o.start, o.end))
			}
		}
	}
	slices.SortFunc(marks, func(a, b snippet.Mark) int { return a.Start - b.Start })
	return snippet.Merge(marks)
}

// marks returns the marks of a text in a zone, as paragraph does.
func (h *highlighter) marks(s string, in zone) []snippet.Mark {
	if len(h.matchers) == 0 || s == "" {
		return nil
	}
	h.texts++
	f := h.segmenter.FoldIn(&h.folded, s)
	joined := textnorm.Join(f.Text)
	h.needles.scan(joined)
	out := h.marked[:0]
	for i := range h.matchers {
		m := &h.matchers[i]
		if m.zone != anywhere && m.zone != in && !(m.zone == inLead && in == inTitle) {
			continue
		}
		h.found = m.appendTo(h.found[:0], f.Text, joined)
		for _, o := range h.found[:min(len(h.found), maxMarks)] {
			start, end := o.start, o.end
			if m.find == nil {
				start, end = joined.Span(start, end)
			}
			start, end = f.Span(start, end)
			out = append(out, snippet.Mark{Span: search.Span{Start: start, End: end}, Term: i, Weight: m.weight})
		}
	}
	slices.SortFunc(out, func(a, b snippet.Mark) int { return a.Start - b.Start })
	h.marked = out
	return out
}

// appendTo appends the occurrences of a term in a folded text or, where find is nil, in its
// joined form.
func (m *termMatcher) appendTo(out []occurrence, folded string, joined textnorm.Joined) []occurrence {
	if m.find != nil {
		return append(out, m.find(folded)...)
	}
	return m.appendJoined(out, joined)
}

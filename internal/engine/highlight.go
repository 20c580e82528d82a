package engine

import (
	"slices"
	"strings"

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
	names     map[string]bool // joined, that are marked in bylines
	begins    []func(a *news.Article)
}

// termMatcher finds one term. Its number among the matchers is the term's for the
// choice of a snippet.
type termMatcher struct {
	zone   zone    // anywhere, or in titles, sections or leads only
	stop   bool    // a stop word: it is marked only where there is nothing else
	weight float64 // the gain of a snippet that shows the term
	find   func(folded string) []occurrence
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
	return h
}

func (h *highlighter) add(m termMatcher) { h.matchers = append(h.matchers, m) }

// begin prepares the matchers that depend on the whole article for its texts.
func (h *highlighter) begin(a *news.Article) {
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

// addTo adds the units of an operand, and the whole of it, which is worth half as
// much again to a snippet.
func (o *operand) addTo(h *highlighter, in zone, weight func(unit) float64) {
	if in == anywhere && h.by == search.ByArticle {
		h.names[textnorm.Join(o.text).Text] = true
	}
	m := &operandMatcher{segmenter: h.segmenter, operand: o.text}
	units := distinct(o.units)
	add := func(weight float64, find func(string) []occurrence) {
		h.add(termMatcher{zone: in, stop: o.stop, weight: weight, find: find})
	}
	sum := 0.0
	for _, u := range units {
		w := weight(u)
		sum += w
		add(w, func(s string) []occurrence { return m.unit(s, u) })
	}
	if len(units) < 2 {
		sum = 0
	}
	add(sum/2, func(s string) []occurrence { return withLength(m.occurrences(s), len(o.text)) })
	for _, syn := range o.synonyms {
		word := syn.units[0]
		add(synonymShare*weight(word), func(s string) []occurrence { return m.synonym(s, word) })
		for _, u := range syn.units[1:] {
			add(weight(u), func(s string) []occurrence { return m.unit(s, u) })
		}
	}
}

// operandMatcher finds an operand and its units. It keeps where the whole operand
// is in the text that it looked at last, which each of the units asks for.
type operandMatcher struct {
	segmenter Segmenter
	operand   string // folded
	text      string
	at        []int
}

func (m *operandMatcher) occurrences(folded string) []int {
	if m.text != folded {
		m.text, m.at = folded, occurrences(folded, m.operand)
	}
	return m.at
}

// unit finds a unit of the operand. In a text with the whole operand, that is what
// matched, and a unit elsewhere is not marked: 里亚布科夫 is segmented 里亚布/科夫,
// and other names end in 科夫 too.
func (m *operandMatcher) unit(folded string, u unit) []occurrence {
	at := m.occurrences(folded)
	if at == nil {
		return unitOccurrences(m.segmenter, folded, u)
	}
	var out []occurrence
	for _, start := range at {
		for _, o := range unitOccurrences(m.segmenter, folded[start:start+len(m.operand)], u) {
			out = append(out, occurrence{start: start + o.start, end: start + o.end})
		}
	}
	return out
}

// synonym finds a synonym of a part of the operand. In a text with the whole
// operand, that is what matched, and the synonym is marked only where it occurs as
// it is.
func (m *operandMatcher) synonym(folded string, u unit) []occurrence {
	if at := occurrences(folded, u.text); at != nil || m.occurrences(folded) != nil {
		return withLength(at, len(u.text))
	}
	return unitOccurrences(m.segmenter, folded, u)
}

// unitOccurrences finds a unit. Where a text has its grams but not the unit, the
// document matched by the grams, and they are marked. So is a word that jieba
// segmented out of a run of letters and digits, 3.14 of 3.14ま.
func unitOccurrences(s Segmenter, folded string, u unit) []occurrence {
	out := withLength(occurrences(folded, u.text), len(u.text))
	if len(out) == 0 && strings.Contains(folded, u.text) {
		for _, t := range s.Segment(folded) {
			if t.Term == u.text {
				out = append(out, occurrence{start: t.Start, end: t.End})
			}
		}
	}
	if len(out) > 0 || len(u.grams) < 2 {
		return out
	}
	for _, g := range u.grams {
		at := occurrences(folded, g)
		if at == nil {
			return nil
		}
		out = append(out, withLength(at, len(g))...)
	}
	return out
}

// paragraph returns the marks of the text of an article's paragraph number n, from 1,
// sorted by their start; they may overlap.
func (h *highlighter) paragraph(a *news.Article, n int) []snippet.Mark {
	if n == leadParagraph(a) {
		return h.marks(a.Paragraphs[n-1].Text, inLead)
	}
	return h.marks(a.Paragraphs[n-1].Text, anywhere)
}

// title and section return the marks of those, merged.
func (h *highlighter) title(s string) []search.Span   { return snippet.Merge(h.marks(s, inTitle)) }
func (h *highlighter) section(s string) []search.Span { return snippet.Merge(h.marks(s, inSection)) }

// byline returns the marks of a byline: the names that a word of the query is.
func (h *highlighter) byline(s string) []search.Span {
	var marks []snippet.Mark
	if len(h.names) > 0 {
		for _, n := range bylineNames(h.segmenter, s) {
			if h.names[n.text] {
				marks = append(marks, snippet.Mark{Span: search.Span{Start: n.start, End: n.end}})
			}
		}
	}
	return snippet.Merge(marks)
}

func (h *highlighter) marks(s string, in zone) []snippet.Mark {
	if len(h.matchers) == 0 || s == "" {
		return nil
	}
	f := h.segmenter.Fold(s)
	var out []snippet.Mark
	for i, m := range h.matchers {
		if m.zone != anywhere && m.zone != in && !(m.zone == inLead && in == inTitle) {
			continue
		}
		found := m.find(f.Text)
		found = found[:min(len(found), maxMarks)]
		out = slices.Grow(out, len(found))
		for _, o := range found {
			span := search.Span{Start: f.Original(o.start), End: f.Original(o.end)}
			out = append(out, snippet.Mark{Span: span, Term: i, Weight: m.weight})
		}
	}
	slices.SortFunc(out, func(a, b snippet.Mark) int { return a.Start - b.Start })
	return out
}

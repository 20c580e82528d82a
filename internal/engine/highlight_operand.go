package engine

import (
	"xunwen/internal/search"
	"xunwen/internal/textnorm"
)

// addTo adds the units of an operand, and the whole of it, which is worth half as
// much again to a snippet.
func (o *operand) addTo(h *highlighter, in zone, weight func(unit) float64) {
	if in == anywhere && h.by == search.ByArticle {
		h.names[o.text] = true
	}
	whole := h.needles.add(o.text)
	units := distinct(o.units)
	add := func(weight float64, find func([]occurrence, textnorm.Joined) []occurrence) {
		h.add(termMatcher{zone: in, stop: o.stop, weight: weight, appendJoined: find})
	}
	sum := 0.0
	for _, u := range units {
		w := weight(u)
		sum += w
		m := &unitMatcher{highlighter: h, whole: whole, unit: h.addUnit(u)}
		h.operands = append(h.operands, m)
		add(w, m.appendTo)
	}
	if len(units) < 2 {
		sum = 0
	}
	add(sum/2, func(out []occurrence, _ textnorm.Joined) []occurrence { return h.needles.appendTo(out, whole) })
	for _, syn := range o.synonyms {
		word := h.addUnit(syn.units[0])
		find := func(out []occurrence, t textnorm.Joined) []occurrence { return h.appendSynonym(out, t, whole, word) }
		add(synonymShare*weight(syn.units[0]), find)
		for _, u := range syn.units[1:] {
			m := &unitMatcher{highlighter: h, whole: whole, unit: h.addUnit(u)}
			h.operands = append(h.operands, m)
			add(weight(u), m.appendTo)
		}
	}
}

// unitMatcher finds a unit of an operand. In a text with the whole operand, that is what
// matched, and a unit elsewhere is not marked: 里亚布科夫 is segmented 里亚布/科夫,
// and other names end in 科夫 too.
type unitMatcher struct {
	highlighter *highlighter
	whole       int // the needle of the operand
	unit        unitNeedles
	inside      []occurrence // of the unit in the operand
}

func (m *unitMatcher) appendTo(out []occurrence, text textnorm.Joined) []occurrence {
	whole := &m.highlighter.needles.list[m.whole]
	if len(whole.at) == 0 {
		return m.highlighter.appendUnit(out, text, m.unit)
	}
	for _, start := range whole.at {
		for _, o := range m.inside {
			out = append(out, occurrence{start: start + o.start, end: start + o.end})
		}
	}
	return out
}

// appendSynonym appends where a synonym of a part of an operand is. In a text with the whole
// operand, that is what matched, and the synonym is marked only where it occurs as
// it is.
func (h *highlighter) appendSynonym(
	out []occurrence, text textnorm.Joined, whole int, u unitNeedles,
) []occurrence {
	if len(h.needles.list[u.text].at) > 0 || len(h.needles.list[whole].at) > 0 {
		return h.needles.appendTo(out, u.text)
	}
	return h.appendUnit(out, text, u)
}

// unitNeedles are the needles of a unit: its text and its grams.
type unitNeedles struct {
	text  int
	grams []int
}

func (h *highlighter) addUnit(u unit) unitNeedles {
	out := unitNeedles{text: h.needles.add(u.text)}
	if len(u.grams) < 2 {
		return out
	}
	for _, g := range u.grams {
		out.grams = append(out.grams, h.needles.add(g))
	}
	return out
}

// appendUnit appends where a unit is in the text that was scanned last. Where a text has its
// grams but not the unit, the document matched by the grams, and they are marked. So is a word
// that jieba segmented out of a run of letters and digits, 3.14 of 3.14ま.
func (h *highlighter) appendUnit(out []occurrence, text textnorm.Joined, u unitNeedles) []occurrence {
	n, before := &h.needles.list[u.text], len(out)
	out = h.needles.appendTo(out, u.text)
	if len(out) == before && n.inside {
		for _, t := range h.segmenter.Segment(text.Text) {
			if t.Term == n.text {
				out = append(out, occurrence{start: t.Start, end: t.End})
			}
		}
	}
	if len(out) > before {
		return out
	}
	for _, g := range u.grams {
		if len(h.needles.list[g].at) == 0 {
			return out[:before]
		}
		out = h.needles.appendTo(out, g)
	}
	return out
}

// findInOperands finds the units inside their operands.
func (h *highlighter) findInOperands() {
	last := -1
	for _, m := range h.operands {
		text := textnorm.Joined{Text: h.needles.list[m.whole].text}
		if m.whole != last {
			h.needles.scan(text)
			last = m.whole
		}
		m.inside = h.appendUnit(nil, text, m.unit)
	}
}

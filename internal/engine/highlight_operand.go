package engine

import (
	"strings"

	"xunwen/internal/search"
	"xunwen/internal/textnorm"
)

// addTo adds the units of an operand, and the whole of it, which is worth half as
// much again to a snippet.
func (o *operand) addTo(h *highlighter, in zone, weight func(unit) float64) {
	if in == anywhere && h.by == search.ByArticle {
		h.names[o.text] = true
	}
	m := &operandMatcher{highlighter: h, operand: o.text}
	units := distinct(o.units)
	add := func(weight float64, find func(textnorm.Joined) []occurrence) {
		h.add(termMatcher{zone: in, stop: o.stop, weight: weight, findJoined: find})
	}
	sum := 0.0
	for _, u := range units {
		w := weight(u)
		sum += w
		add(w, func(t textnorm.Joined) []occurrence { return m.unit(t, u) })
	}
	if len(units) < 2 {
		sum = 0
	}
	add(sum/2, func(t textnorm.Joined) []occurrence { return withLength(m.occurrences(t), len(m.operand)) })
	for _, syn := range o.synonyms {
		word := syn.units[0]
		add(synonymShare*weight(word), func(t textnorm.Joined) []occurrence { return m.synonym(t, word) })
		for _, u := range syn.units[1:] {
			add(weight(u), func(t textnorm.Joined) []occurrence { return m.unit(t, u) })
		}
	}
}

// operandMatcher finds an operand and its units. It keeps where the whole operand
// is in the text that it looked at last, which each of the units asks for.
type operandMatcher struct {
	highlighter *highlighter
	operand     string // joined
	text        int    // number of the text that was looked at last
	at          []int  // where the operand is in it
}

func (m *operandMatcher) occurrences(text textnorm.Joined) []int {
	if m.text != m.highlighter.texts {
		m.text, m.at = m.highlighter.texts, wordsIn(text, m.operand)
	}
	return m.at
}

// wordsIn returns where a word begins in a joined text, at most maxMarks times.
func wordsIn(text textnorm.Joined, word string) []int {
	var out []int
	for at := range text.Occurrences(word) {
		if out = append(out, at); len(out) == maxMarks {
			break
		}
	}
	return out
}

// unit finds a unit of the operand. In a text with the whole operand, that is what
// matched, and a unit elsewhere is not marked: 里亚布科夫 is segmented 里亚布/科夫,
// and other names end in 科夫 too.
func (m *operandMatcher) unit(text textnorm.Joined, u unit) []occurrence {
	at := m.occurrences(text)
	if at == nil {
		return unitOccurrences(m.highlighter.segmenter, text, u)
	}
	inside := unitOccurrences(m.highlighter.segmenter, textnorm.Joined{Text: m.operand}, u)
	var out []occurrence
	for _, start := range at {
		for _, o := range inside {
			out = append(out, occurrence{start: start + o.start, end: start + o.end})
		}
	}
	return out
}

// synonym finds a synonym of a part of the operand. In a text with the whole
// operand, that is what matched, and the synonym is marked only where it occurs as
// it is.
func (m *operandMatcher) synonym(text textnorm.Joined, u unit) []occurrence {
	if at := wordsIn(text, u.text); at != nil || m.occurrences(text) != nil {
		return withLength(at, len(u.text))
	}
	return unitOccurrences(m.highlighter.segmenter, text, u)
}

// unitOccurrences finds a unit. Where a text has its grams but not the unit, the
// document matched by the grams, and they are marked. So is a word that jieba
// segmented out of a run of letters and digits, 3.14 of 3.14ま.
func unitOccurrences(s Segmenter, text textnorm.Joined, u unit) []occurrence {
	out := withLength(wordsIn(text, u.text), len(u.text))
	if len(out) == 0 && strings.Contains(text.Text, u.text) {
		for _, t := range s.Segment(text.Text) {
			if t.Term == u.text {
				out = append(out, occurrence{start: t.Start, end: t.End})
			}
		}
	}
	if len(out) > 0 || len(u.grams) < 2 {
		return out
	}
	for _, g := range u.grams {
		at := wordsIn(text, g)
		if at == nil {
			return nil
		}
		out = append(out, withLength(at, len(g))...)
	}
	return out
}

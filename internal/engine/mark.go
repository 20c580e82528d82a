package engine

import (
	"slices"
	"strings"

	"xunwen/internal/analyzer"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/snippet"
)

// marker finds in a text what a query matched there. It looks for the matched
// characters themselves, not for tokens, so that a mark never depends on how a
// text was cut. It is not for concurrent use.
type marker struct {
	cut    Segmenter
	pieces []piece
}

// piece is one thing to mark. find returns where it stands in folded text.
type piece struct {
	in     zone    // anywhere, or in titles or sections only
	stop   bool    // a stop word: it is marked only where nothing else is asked for
	weight float64 // what a snippet gains by holding it
	find   func(folded string) []place
}

// newMarker prepares the marks of a query; of its run, if there is one, it
// takes the weights of words, else all weigh the same.
func (e *Engine) newMarker(n query.Node, r *run) *marker {
	m := &marker{cut: e.cut}
	if n != nil {
		m.add(e, r, n, anywhere)
	}
	if content := slices.DeleteFunc(slices.Clone(m.pieces), func(p piece) bool { return p.stop }); len(content) > 0 {
		m.pieces = content
	}
	return m
}

func (m *marker) add(e *Engine, r *run, n query.Node, in zone) {
	put := func(weight float64, find func(string) []place) {
		m.pieces = append(m.pieces, piece{in: in, weight: weight, find: find})
	}
	switch n := n.(type) {
	case *query.And:
		for _, sub := range n.Nodes {
			m.add(e, r, sub, in)
		}
	case *query.Or:
		for _, sub := range n.Nodes {
			m.add(e, r, sub, in)
		}
	case *query.Field:
		switch n.Name {
		case query.Title:
			m.add(e, r, n.Node, inTitle)
		case query.Section:
			m.add(e, r, n.Node, inSection)
		}
	case *query.Word:
		m.addWord(e, r, n, in)
	case *query.Phrase:
		want := e.cut.FoldString(n.Text)
		put(phraseWeight, func(s string) []place { return contained(s, want) })
	case *query.Near:
		words := make([]string, len(n.Words))
		for i, w := range n.Words {
			words[i] = e.cut.FoldString(w)
		}
		put(phraseWeight, func(s string) []place { return nearSpans(s, words, n.Distance) })
	case *query.Prefix:
		want := e.cut.FoldString(n.Text)
		put(1, func(s string) []place { return prefixed(s, want) })
	}
}

// addWord adds an operand: its units, and the whole of it, which a snippet
// gains half as much again by holding.
func (m *marker) addWord(e *Engine, r *run, n *query.Word, in zone) {
	whole := e.cut.FoldString(n.Text)
	t := e.expand(n.Text)
	units := distinct(t.units)
	stop := !slices.ContainsFunc(e.cut.Segment(whole), func(t analyzer.Token) bool { return isNumber(t.Term) || !e.cut.IsStopWord(t.Term) })
	o := &written{engine: e, whole: whole}
	sum := 0.
	for _, u := range units {
		weight := r.unitWeight(u)
		sum += weight
		m.pieces = append(m.pieces, piece{in, stop, weight, func(s string) []place { return o.unitPlaces(s, u) }})
	}
	if len(units) < 2 {
		sum = 0
	}
	m.pieces = append(m.pieces, piece{in, stop, sum / 2, func(s string) []place { return places(o.occurrences(s), len(whole)) }})
	m.addSynonyms(r, t.synonyms, o, piece{in: in, stop: stop})
}

// phraseWeight makes a snippet keep a phrase before any word: no idf of a
// corpus of less than e^20 articles is higher.
const phraseWeight = 20

// unitWeight is the idf of u if the run has looked it up, else 1.
func (r *run) unitWeight(u unit) float64 {
	if r != nil {
		if set, ok := r.held[cacheKey{unitKinds[r.by][anywhere], u.text}]; ok {
			return r.weight(set)
		}
	}
	return 1
}

// written is an operand as a whole. It keeps where it stands in
// the text that was last looked at, which each of its units asks for.
type written struct {
	engine *Engine
	whole  string // folded
	text   string
	at     []int
}

func (o *written) occurrences(folded string) []int {
	if o.text != folded {
		o.text, o.at = folded, occurrences(folded, o.whole)
	}
	return o.at
}

// unitPlaces finds a unit of the operand. In a text where the operand stands
// whole that is what matched, and a unit that stands apart is not marked:
// 里亚布科夫 is cut 里亚布/科夫, and 科夫 ends other names.
func (o *written) unitPlaces(folded string, u unit) []place {
	at := o.occurrences(folded)
	if at == nil {
		return o.engine.unitPlaces(folded, u)
	}
	var out []place
	for _, start := range at {
		for _, p := range o.engine.unitPlaces(folded[start:start+len(o.whole)], u) {
			out = append(out, place{start: start + p.start, end: start + p.end})
		}
	}
	return out
}

// unitPlaces finds a unit; where its grams stand in the text but not it, the
// document held it by those, and they are marked. So is a word that jieba cut
// out of a run of letters and digits, 3.14 of 3.14ま.
func (e *Engine) unitPlaces(folded string, u unit) []place {
	out := places(occurrences(folded, u.text), len(u.text))
	if len(out) == 0 && strings.Contains(folded, u.text) {
		for _, t := range e.cut.Segment(folded) {
			if t.Term == u.text {
				out = append(out, place{start: t.Start, end: t.End})
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
		out = append(out, places(at, len(g))...)
	}
	return out
}

// text returns the marks of a paragraph's text by their start; they may
// overlap.
func (m *marker) text(s string) []snippet.Mark { return m.marks(s, anywhere) }

// title and section return the marks of those, merged.
func (m *marker) title(s string) []search.Span   { return snippet.Merge(m.marks(s, inTitle)) }
func (m *marker) section(s string) []search.Span { return snippet.Merge(m.marks(s, inSection)) }

func (m *marker) marks(s string, in zone) []snippet.Mark {
	if len(m.pieces) == 0 || s == "" {
		return nil
	}
	f := m.cut.Fold(s)
	var out []snippet.Mark
	for i, p := range m.pieces {
		if p.in != anywhere && p.in != in {
			continue
		}
		found := p.find(f.Text)
		found = found[:min(len(found), maxMarks)]
		out = slices.Grow(out, len(found))
		for _, at := range found {
			span := search.Span{Start: f.Original(at.start), End: f.Original(at.end)}
			out = append(out, snippet.Mark{Span: span, Term: i, Weight: p.weight})
		}
	}
	slices.SortFunc(out, func(a, b snippet.Mark) int { return a.Start - b.Start })
	return out
}

package engine

import (
	"xunwen/internal/search"
	"xunwen/internal/textnorm"
)

// addTo adds what finds a short operand. In a text that has a variant contiguously, those
// occurrences are marked; in another, the words of a variant that are near one another;
// where the text does not match, nothing.
func (n *togetherNode) addTo(h *highlighter, in zone, weight func(unit) float64) {
	if in == anywhere && h.by == search.ByArticle {
		h.names[n.variants[0].text] = true
	}
	looked := 0                                    // number of the text that was looked at last
	found := make([][]occurrence, len(n.variants)) // in it
	look := func(text textnorm.Joined) {
		if looked == h.texts {
			return
		}
		looked = h.texts
		whole := false
		for i, v := range n.variants {
			found[i] = v.find(text)
			whole = whole || len(found[i]) > 0
		}
		if whole {
			return
		}
		for i, v := range n.variants {
			found[i] = v.nearIn(text)
		}
	}
	for i, v := range n.variants {
		w := weight(unit{text: v.text, grams: v.grams})
		if i > 0 {
			w *= synonymShare
		}
		appendTo := func(out []occurrence, text textnorm.Joined) []occurrence {
			look(text)
			return append(out, found[i]...)
		}
		h.add(termMatcher{zone: in, stop: n.stop, weight: w, appendJoined: appendTo})
	}
}

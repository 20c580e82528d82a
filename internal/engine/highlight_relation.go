package engine

import (
	"slices"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

func (n *proximityNode) addTo(h *highlighter, in zone, _ func(unit) float64) {
	find := n.find
	if n.acrossParagraphs() {
		across := map[string][]occurrence{} // of the article's paragraphs, by folded text
		h.begins = append(h.begins, func(a *news.Article) {
			clear(across)
			numbers := make([]int, len(a.Paragraphs))
			for i := range numbers {
				numbers[i] = i + 1
			}
			for _, p := range n.across(h.segmenter, a, numbers) {
				text := h.segmenter.FoldString(a.Paragraphs[p.number-1].Text)
				across[text] = slices.Concat(across[text], p.left, p.right)
			}
		})
		find = func(folded string) []occurrence { return slices.Concat(n.find(folded), across[folded]) }
	}
	h.add(termMatcher{zone: in, weight: phraseWeight, find: find})
}

// addTo adds what finds the operand in an article, or by paragraph in a text, in which it
// occurs often enough.
func (n *occurrencesNode) addTo(h *highlighter, in zone, _ func(unit) float64) {
	enough := true // by paragraph, each text decides
	find := func(folded string) []occurrence {
		found := n.operand.find(folded)
		if !enough || h.by == search.ByParagraph && !n.zone.ofArticle() && n.operand.count(folded) < n.min {
			return nil
		}
		return found
	}
	if h.by == search.ByArticle || n.zone.ofArticle() {
		h.begins = append(h.begins, func(a *news.Article) { enough = n.enough(h.segmenter, a) })
	}
	h.add(termMatcher{zone: in, weight: phraseWeight, find: find})
}

package engine

import (
	"slices"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// shownParagraphs is how many paragraphs an article shows under a hit.
const shownParagraphs = 3

// hit fills in what is shown of a ranked member.
func (q *run) hit(h ranked, marks *marker) (search.Hit, error) {
	article := h.place
	a, err := q.records.Get(int(article))
	if err != nil {
		return search.Hit{}, err
	}
	hit := search.Hit{Article: metadata(a), Score: h.score, TitleMarks: marks.title(a.Title), Paragraphs: []search.Match{}}
	for _, doc := range q.shown(h, a, marks) {
		n := int(q.columns.Paragraph[doc])
		p := a.Paragraphs[n-1]
		m := search.Match{N: n, Section: p.Section, Kind: p.Kind, Snippet: snippet(p.Text, marks.text(p.Text))}
		if h.of.score != nil {
			m.Score = h.of.score.doc[doc]
		}
		hit.Paragraphs = append(hit.Paragraphs, m)
	}
	return hit, nil
}

// shown chooses the paragraphs to show: by paragraph the one, by article the
// best of those where something is marked, else the first.
func (q *run) shown(h ranked, a news.Article, marks *marker) []uint32 {
	if q.by == search.ByParagraph {
		return []uint32{h.member}
	}
	var allowed, marked []uint32
	for _, doc := range q.columns.documents(h.member)[1:] {
		if h.of.shown != nil && !h.of.shown.Contains(doc) {
			continue
		}
		allowed = append(allowed, doc)
		if len(marks.text(a.Paragraphs[q.columns.Paragraph[doc]-1].Text)) > 0 {
			marked = append(marked, doc)
		}
	}
	if len(marked) == 0 {
		return allowed[:min(1, len(allowed))]
	}
	if h.of.score != nil {
		slices.SortStableFunc(marked, func(x, y uint32) int {
			switch sx, sy := h.of.score.doc[x], h.of.score.doc[y]; {
			case sx > sy:
				return -1
			case sx < sy:
				return 1
			}
			return 0
		})
	}
	return marked[:min(shownParagraphs, len(marked))]
}

package engine

import (
	"cmp"
	"slices"

	"xunwen/internal/search"
)

// explainer computes the parts of a hit's score again, from the posting lists, so
// that an explanation checks the scorer rather than repeating it.
type explainer struct {
	scope scope
	lists []weightedList
}

// explain returns the parts of a hit's score; without a score there are none.
func (s *searcher) explain(of *ranking, h scored) *search.Explanation {
	if of.scorer == nil {
		return &search.Explanation{Parts: []search.ScorePart{}}
	}
	return &search.Explanation{Parts: explainer{s.scope, of.lists}.parts(h)}
}

func (x explainer) parts(h scored) []search.ScorePart {
	head, end := x.scope.columns.documents(h.article)
	if x.scope.by == search.ByParagraph {
		return []search.ScorePart{
			x.document(search.PartText, 1, h.member, head),
			x.document(search.PartTitle, titleShare, head, head),
			x.coverage(h.member, h.member+1),
		}
	}
	best := x.document(search.PartBest, headShare, head, head)
	for doc := head + 1; doc < end; doc++ {
		if p := x.document(search.PartBest, bestShare, doc, head); p.Score > best.Score {
			best = p
		}
	}
	return []search.ScorePart{x.article(h.article, head, end), best, x.coverage(head, end)}
}

// article is the part A.
func (x explainer) article(article, head, end uint32) search.ScorePart {
	c := x.scope.columns
	p := search.ScorePart{Name: search.PartArticle, Share: 1}
	for doc := head; doc < end; doc++ {
		p.Words += int(c.WordLength[doc])
		p.Grams += int(c.GramLength[doc])
	}
	for _, l := range x.lists {
		if tf := l.frequency(head, end); tf > 0 {
			p.Terms = append(p.Terms, l.explain(tf, l.inArticle, bm25(tf, c.lengths(l.field).ofArticle(article))))
		}
	}
	return summed(p)
}

// document is the part of one document of the article that begins with head.
func (x explainer) document(name search.PartName, share float64, doc, head uint32) search.ScorePart {
	c := x.scope.columns
	p := search.ScorePart{
		Name:      name,
		Share:     share,
		Paragraph: int(doc - head),
		Words:     int(c.WordLength[doc]),
		Grams:     int(c.GramLength[doc]),
	}
	for _, l := range x.lists {
		if tf := l.frequency(doc, doc+1); tf > 0 {
			p.Terms = append(p.Terms, l.explain(tf, l.inDocument, bm25(tf, c.lengths(l.field).ofDocument(doc, head))))
		}
	}
	return summed(p)
}

// coverage is the part for how much of the query the documents have. It also lists
// the terms that they don't have.
func (x explainer) coverage(head, end uint32) search.ScorePart {
	p := search.ScorePart{Name: search.PartCoverage, Share: coverShare}
	present, weight := 0.0, 0.0
	for _, l := range x.lists {
		w, tf, share := l.inArticle, l.frequency(head, end), 0.0 // share is 1 for a term that is present
		if x.scope.by == search.ByParagraph {
			w = l.inDocument
		}
		if tf > 0 || l.inHeading(head, end) {
			share = 1
		}
		weight += w
		present += w * share
		p.Terms = append(p.Terms, l.explain(tf, w, share))
	}
	p = summed(p)
	p.Value = coverage(present, weight)
	p.Score = p.Share * p.Value
	return p
}

// summed fills in what follows from a part's terms.
func summed(p search.ScorePart) search.ScorePart {
	for _, t := range p.Terms {
		p.Value += t.Score
	}
	p.Score = p.Share * p.Value
	slices.SortStableFunc(p.Terms, func(a, b search.TermScore) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Term, b.Term))
	})
	return p
}

// frequency is how often the term occurs in the documents [head, end).
func (l weightedList) frequency(head, end uint32) float64 {
	sum := 0.0
	for i := seek(l.docs, 0, head); i < len(l.docs) && l.docs[i] < end; i++ {
		sum += float64(l.frequencies[i])
	}
	return sum
}

// inHeading reports whether a section's heading has the term for one of the documents
// [head, end).
func (l weightedList) inHeading(head, end uint32) bool {
	i := seek(l.sections, 0, head)
	return i < len(l.sections) && l.sections[i] < end
}

func (l weightedList) explain(tf, weight, score float64) search.TermScore {
	return search.TermScore{
		Term:      l.text,
		Channel:   l.field,
		Frequency: int(tf),
		Weight:    weight,
		Score:     weight * score,
	}
}

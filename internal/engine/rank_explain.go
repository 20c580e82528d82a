package engine

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/search"
)

// explainer computes the parts of a hit's score again, from the posting lists, so
// that an explanation checks the scorer rather than repeating it.
type explainer struct {
	scope    scope
	lists    []explainedList
	matching *roaring.Bitmap // the items that match, nil for all
}

// explain returns the parts of a hit's score; without a score there are none.
func (s *searcher) explain(of *ranking, h scored) (*search.Explanation, error) {
	if of.scorer == nil {
		return &search.Explanation{Parts: []search.ScorePart{}}, nil
	}
	head, end := s.scope.columns.documents(h.article)
	lists := make([]explainedList, len(of.lists))
	for i, l := range of.lists {
		lists[i].weightedList = l
		if err := l.within(&lists[i].postings, []DocumentRange{{head, end}}); err != nil {
			return nil, err
		}
	}
	return &search.Explanation{Parts: explainer{s.scope, lists, of.matching}.parts(h)}, nil
}

// explainedList is a term with its postings in an article.
type explainedList struct {
	weightedList
	postings
}

func (x explainer) parts(h scored) []search.ScorePart {
	head, _ := x.scope.columns.documents(h.article)
	if x.scope.by == search.ByParagraph {
		return []search.ScorePart{
			x.document(search.PartText, 1, h.member, head),
			x.document(search.PartTitle, titleShare, head, head),
			x.coverage(h.member, DocumentRange{h.member, h.member + 1}),
		}
	}
	var best []search.ScorePart
	highest := -1.0
	for _, item := range x.scope.columns.appendMatching(nil, h.article, x.matching) {
		parts := x.item(head, item)
		if x.scope.columns.items.isRoundUp(h.article) {
			parts[0].Paragraph, parts[2].Paragraph = int(item.From-head), int(item.From-head)
		}
		if score := parts[0].Score + parts[1].Score + parts[2].Score; score > highest {
			best, highest = parts, score
		}
	}
	return best
}

// item returns the parts of an article's score if it were one of its items alone.
func (x explainer) item(head uint32, item DocumentRange) []search.ScorePart {
	best := x.document(search.PartBest, headShare, head, head)
	for doc := item.From; doc < item.End; doc++ {
		if p := x.document(search.PartBest, bestShare, doc, head); p.Score > best.Score {
			best = p
		}
	}
	return []search.ScorePart{x.article(head, item), best, x.coverage(head, item)}
}

// article is the part A, of a round-up that of an item.
func (x explainer) article(head uint32, item DocumentRange) search.ScorePart {
	c := x.scope.columns
	p := search.ScorePart{
		Name:  search.PartArticle,
		Share: 1,
		Words: int(c.WordLength[head]),
		Grams: int(c.GramLength[head]),
	}
	for doc := item.From; doc < item.End; doc++ {
		p.Words += int(c.WordLength[doc])
		p.Grams += int(c.GramLength[doc])
	}
	for _, l := range x.lists {
		if tf := l.frequency(head, item); tf > 0 {
			p.Terms = append(p.Terms, l.explain(tf, l.inArticle, bm25(tf, c.lengths(l.field).ofItem(head, item))))
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
		if tf := l.frequency(doc, DocumentRange{doc, doc + 1}); tf > 0 {
			lengths := c.lengths(l.field)
			norm := lengths.normOf(lengths.document[doc], doc == head)
			p.Terms = append(p.Terms, l.explain(tf, l.inDocument, bm25(tf, norm)))
		}
	}
	return summed(p)
}

// coverage is the part for how much of the query an item with a head has. It also lists
// the terms that they don't have.
func (x explainer) coverage(head uint32, item DocumentRange) search.ScorePart {
	p := search.ScorePart{Name: search.PartCoverage, Share: coverShare}
	present, weight := 0.0, 0.0
	for _, l := range x.lists {
		w, tf, share := l.inArticle, l.frequency(head, item), 0.0 // share is 1 for a term that is present
		if x.scope.by == search.ByParagraph {
			w = l.inDocument
		}
		if tf > 0 || anyIn(l.sections, 0, item) {
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

// frequency is how often the term occurs in an item and in the head before it.
func (l explainedList) frequency(head uint32, item DocumentRange) float64 {
	return l.inItem(seek(l.docs, 0, head), head, item)
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

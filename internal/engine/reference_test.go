package engine

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/search"
)

// reference ranks by the formula in the plainest way: every term of every
// member, with nothing left out and nothing kept.
type reference struct {
	r   *run
	m   *memory
	set *roaring.Bitmap
}

// frequency maps the documents that hold a term to its frequency there.
func (f reference) frequency(t term) map[uint32]float64 {
	out := map[uint32]float64{}
	if l := f.m.fields[t.field][t.text]; l != nil {
		for i, doc := range l.docs {
			out[doc] = float64(l.frequencies[i])
		}
	}
	return out
}

// onlyHeaded returns the members that hold a term in the heading of a section
// alone.
func (f reference) onlyHeaded(t term, inDocument, inArticle map[uint32]float64) map[uint32]bool {
	out := map[uint32]bool{}
	grams := innerGrams(t.text)
	says := map[uint32]int{} // how many of them a heading above a document holds
	for _, g := range grams {
		for doc := range f.frequency(term{SectionGrams, g}) {
			says[doc]++
		}
	}
	for doc, n := range says {
		a := f.m.columns.Article[doc]
		switch {
		case n < len(grams) || isSingleHan(t.text):
		case f.r.by == search.ByParagraph && inDocument[doc] == 0:
			out[doc] = true
		case f.r.by == search.ByArticle && inArticle[a] == 0:
			out[a] = true
		}
	}
	return out
}

// scores returns every member's score.
func (f reference) scores() map[uint32]float64 {
	c := f.m.columns
	articles, docs := map[uint32]float64{}, map[uint32]float64{}
	held, weight := map[uint32]float64{}, 0. // by member
	for _, t := range f.r.weights() {
		length, byDoc := c.words, c.WordLength
		if t.field == Grams {
			length, byDoc = c.grams, c.GramLength
		}
		inDocument := f.frequency(t.term)
		inArticle := map[uint32]float64{}
		for doc, tf := range inDocument {
			inArticle[c.Article[doc]] += tf
		}
		if len(inDocument) == 0 {
			continue
		}
		ofDocument := t.weight * idf(len(c.Article), len(inDocument))
		ofArticle := t.weight * idf(len(c.Day), len(inArticle))
		for doc, tf := range inDocument {
			mean := length.meanParagraph
			if c.paragraph(doc) == 0 {
				mean = length.meanHead
			}
			docs[doc] += ofDocument * tf * (k1 + 1) / (tf + k1*(1-b+b*float64(byDoc[doc])/mean))
			if f.r.by == search.ByParagraph {
				held[doc] += ofDocument
			}
		}
		for a, tf := range inArticle {
			articles[a] += ofArticle * tf * (k1 + 1) / (tf + k1*(1-b+b*float64(length.article[a])/length.meanArticle))
			if f.r.by == search.ByArticle {
				held[a] += ofArticle
			}
		}
		for member := range f.onlyHeaded(t.term, inDocument, inArticle) {
			if held[member] += ofArticle; f.r.by == search.ByParagraph {
				held[member] += ofDocument - ofArticle
			}
		}
		if weight += ofArticle; f.r.by == search.ByParagraph {
			weight += ofDocument - ofArticle
		}
	}
	out := map[uint32]float64{}
	for _, member := range f.set.ToArray() {
		cover := 0.
		if weight > 0 {
			cover = held[member] / weight * held[member] / weight * weight
		}
		if f.r.by == search.ByParagraph {
			head, _ := c.documents(c.Article[member])
			out[member] = docs[member] + titleShare*docs[head] + coverShare*cover
			continue
		}
		head, end := c.documents(member)
		best := headShare * docs[head] // the title, or a paragraph
		for doc := head + 1; doc < end; doc++ {
			best = max(best, bestShare*docs[doc])
		}
		out[member] = articles[member] + best + coverShare*cover
	}
	return out
}

// best returns the first n hits, best first.
func (f reference) best(sort search.Sort, n int) []scored {
	scores := f.scores()
	less := order(sort, false)
	var hits []scored
	for _, m := range f.set.ToArray() {
		s := f.r.place(m)
		s.score = scores[m]
		hits = append(hits, s)
	}
	slices.SortFunc(hits, func(a, b scored) int {
		if less(a, b) {
			return -1
		}
		return 1
	})
	seen := map[uint32]bool{}
	hits = slices.DeleteFunc(hits, func(s scored) bool {
		group := f.m.columns.Group[s.place]
		again := f.r.folds && seen[group]
		seen[group] = true
		return again
	})
	return hits[:min(n, len(hits))]
}

package engine

import (
	"slices"
	"testing"

	"xunwen/internal/search"
)

// reference ranks by the formula in the plainest way: every term of every member,
// with nothing pruned and nothing cached.
type reference struct {
	m        *memory
	scope    scope
	terms    []weightedTerm
	members  []uint32 // that match
	collapse bool
}

// newReference finds what a request matches by an engine without a cache.
func newReference(t *testing.T, m *memory, words Segmenter, r search.Request) reference {
	t.Helper()
	s := newTestSearcher(t, New("plain", m, m, m.columns, words, Options{}), r)
	found, err := s.match(t.Context(), r.Filter, nil)
	if err != nil {
		t.Fatal(err)
	}
	terms, err := s.weights()
	if err != nil {
		t.Fatal(err)
	}
	return reference{m, s.scope, terms, found.base.members.ToArray(), r.By != search.ByParagraph && !r.Uncollapsed}
}

func newTestSearcher(t *testing.T, e *Engine, r search.Request) *searcher {
	t.Helper()
	p, err := compile(r.Query, e.index.segmenter, r.Match)
	if err != nil {
		t.Fatal(err)
	}
	s, err := newSearcher(t.Context(), e.index, p, newScope(e.index.columns, r.By, r.Uncollapsed))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// pruned is how many members an engine didn't score to the end.
func (f reference) pruned(t *testing.T, e *Engine, r search.Request) int {
	t.Helper()
	s := newTestSearcher(t, e, r)
	got, err := s.rank(t.Context(), r, start{})
	if err != nil {
		t.Fatal(err)
	}
	if got.scorer == nil {
		return 0
	}
	return len(f.members) - len(got.scorer.members)
}

// frequency maps the documents with a term to its frequency there.
func (f reference) frequency(t term) map[uint32]float64 {
	out := map[uint32]float64{}
	if l := f.m.fields[t.field][t.text]; l != nil {
		for i, doc := range l.docs {
			out[doc] = float64(l.frequencies[i])
		}
	}
	return out
}

// onlyHeaded returns the members with a term in the heading of a section alone.
func (f reference) onlyHeaded(t term, inDocument, inArticle map[uint32]float64) map[uint32]bool {
	out := map[uint32]bool{}
	grams := innerGrams(t.text)
	present := map[uint32]int{} // how many of them the heading above a document has
	for _, g := range grams {
		for doc := range f.frequency(term{SectionGrams, g}) {
			present[doc]++
		}
	}
	for doc, n := range present {
		a := f.m.columns.Article[doc]
		switch {
		case n < len(grams) || isSingleHan(t.text):
		case f.scope.by == search.ByParagraph && inDocument[doc] == 0:
			out[doc] = true
		case f.scope.by == search.ByArticle && inArticle[a] == 0:
			out[a] = true
		}
	}
	return out
}

// scores returns every member's score.
func (f reference) scores() map[uint32]float64 {
	c := f.m.columns
	articles, docs := map[uint32]float64{}, map[uint32]float64{}
	present, weight := map[uint32]float64{}, 0. // by member
	for _, t := range f.terms {
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
			if f.scope.by == search.ByParagraph {
				present[doc] += ofDocument
			}
		}
		for a, tf := range inArticle {
			articles[a] += ofArticle * tf * (k1 + 1) / (tf + k1*(1-b+b*float64(length.article[a])/length.meanArticle))
			if f.scope.by == search.ByArticle {
				present[a] += ofArticle
			}
		}
		for member := range f.onlyHeaded(t.term, inDocument, inArticle) {
			if present[member] += ofArticle; f.scope.by == search.ByParagraph {
				present[member] += ofDocument - ofArticle
			}
		}
		if weight += ofArticle; f.scope.by == search.ByParagraph {
			weight += ofDocument - ofArticle
		}
	}
	out := map[uint32]float64{}
	for _, member := range f.members {
		cover := 0.
		if weight > 0 {
			cover = present[member] / weight * present[member] / weight * weight
		}
		if f.scope.by == search.ByParagraph {
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
	var hits []scored
	for _, m := range f.members {
		s := f.scope.ranked(m)
		s.score = scores[m]
		hits = append(hits, s)
	}
	slices.SortFunc(hits, order(sort, false))
	seen := map[uint32]bool{}
	hits = slices.DeleteFunc(hits, func(s scored) bool {
		group := f.m.columns.Group[s.article]
		again := f.collapse && seen[group]
		seen[group] = true
		return again
	})
	return hits[:min(n, len(hits))]
}

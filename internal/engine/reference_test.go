package engine

import (
	"slices"
	"strings"

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

// scores returns every member's score.
func (f reference) scores() map[uint32]float64 {
	c := f.m.columns
	articles, docs := map[uint32]float64{}, map[uint32]float64{}
	for _, t := range f.r.weights() {
		length, byDoc := c.words, c.WordLength
		if t.field == Grams {
			length, byDoc = c.grams, c.GramLength
		}
		inDocument := f.frequency(t.term)
		inArticle := map[uint32]float64{}
		for doc, tf := range inDocument {
			inArticle[c.Article[doc]] += tf
			mean := length.meanParagraph
			if c.paragraph(doc) == 0 {
				mean = length.meanHead
			}
			docs[doc] += t.weight * idf(len(c.Article), len(inDocument)) *
				tf * (k1 + 1) / (tf + k1*(1-b+b*float64(byDoc[doc])/mean))
		}
		for a, tf := range inArticle {
			articles[a] += t.weight * idf(len(c.Day), len(inArticle)) *
				tf * (k1 + 1) / (tf + k1*(1-b+b*float64(length.article[a])/length.meanArticle))
		}
	}
	cover := f.coverage()
	out := map[uint32]float64{}
	for _, member := range f.set.ToArray() {
		if f.r.by == search.ByParagraph {
			head, _ := c.documents(c.Article[member])
			out[member] = docs[member] + titleShare*docs[head] + coverShare*cover[member]
			continue
		}
		head, end := c.documents(member)
		title, lead, best := docs[head], 0., 0.
		for doc := head + 1; doc < end; doc++ {
			if doc == head+1 {
				lead = docs[doc]
			}
			best = max(best, docs[doc])
		}
		out[member] = articles[member] + bestShare*best + leadShare*max(lead, title) + coverShare*cover[member]
	}
	return out
}

func (f reference) coverage() map[uint32]float64 {
	var units []unit
	for _, t := range f.r.ranked {
		units = append(units, t.units...)
	}
	out := map[uint32]float64{}
	all := 0.
	for _, u := range distinct(units) {
		holders := f.holders(u)
		w := idf(f.r.members(), len(holders))
		all += w
		for m := range holders {
			out[m] += w
		}
	}
	for m, held := range out {
		if all > 0 {
			out[m] = held / all * held / all * all
		}
	}
	return out
}

// holders returns the members that hold u anywhere.
func (f reference) holders(u unit) map[uint32]bool {
	c := f.m.columns
	out := map[uint32]bool{}
	for doc := range f.documents(u, Words, Grams) {
		if f.r.by == search.ByArticle {
			out[c.Article[doc]] = true
		} else if c.paragraph(doc) > 0 {
			out[doc] = true
		}
	}
	if f.r.by == search.ByArticle {
		for doc := range f.documents(u, "", SectionGrams) {
			out[c.Article[doc]] = true
		}
	}
	return out
}

// documents returns those that hold u as a word or all its grams.
func (f reference) documents(u unit, words, grams string) map[uint32]bool {
	out := map[uint32]bool{}
	hold := func(field, text string) []uint32 {
		if l := f.m.fields[field][text]; l != nil {
			return l.docs
		}
		return nil
	}
	for _, doc := range hold(words, u.text) {
		out[doc] = true
	}
	if isSingleHan(u.text) {
		for t := range f.m.fields[grams] {
			if strings.HasPrefix(t, u.text) {
				for _, doc := range hold(grams, t) {
					out[doc] = true
				}
			}
		}
	}
	all := map[string]bool{}
	count := map[uint32]int{}
	for _, g := range u.grams {
		if !all[g] {
			for _, doc := range hold(grams, g) {
				count[doc]++
			}
		}
		all[g] = true
	}
	for doc, n := range count {
		if n == len(all) {
			out[doc] = true
		}
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

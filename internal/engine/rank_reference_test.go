package engine

import (
	"maps"
	"slices"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/analyzer"
	"xunwen/internal/news"
	"xunwen/internal/search"
)

// reference ranks by the formula in the plainest way: every term of every member,
// with nothing pruned and nothing cached.
type reference struct {
	m        *memory
	scope    scope
	terms    []weightedTerm
	members  []uint32        // that match
	plan     *roaring.Bitmap // by article, the items that do; nil for all
	first    []uint32        // by article, the number of its first item
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
	collapse := r.By != search.ByParagraph && !r.Uncollapsed
	return reference{m, s.scope, terms, found.base.members.ToArray(), found.plan, m.firstItems(), collapse}
}

func newTestSearcher(t *testing.T, e *Engine, r search.Request) *searcher {
	t.Helper()
	p, err := compile(r.Query, e.index.segmenter, r.Match)
	if err != nil {
		t.Fatal(err)
	}
	s, err := newSearcher(t.Context(), e.index, p, newScope(e.index.columns, r.By, r.Uncollapsed), nil)
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
	if t.field == operandChannel {
		for n, g := range innerGrams(t.text) {
			of := f.frequency(term{Grams, g})
			if n == 0 {
				maps.Copy(out, of)
			}
			for doc := range out {
				if out[doc] = min(out[doc], of[doc]); out[doc] == 0 {
					delete(out, doc)
				}
			}
		}
		return out
	}
	for _, text := range []string{t.text, analyzer.JointPrefix + t.text} {
		if l := f.m.fields[t.field][text]; l != nil {
			for i, doc := range l.docs {
				out[doc] += float64(l.frequencies[i])
			}
		}
	}
	return out
}

// inHeadings returns the documents below a section's heading with a term.
func (f reference) inHeadings(t term) map[uint32]bool {
	out := map[uint32]bool{}
	grams := innerGrams(t.text)
	present := map[uint32]int{} // how many of them the heading above a document has
	for _, g := range grams {
		for doc := range f.frequency(term{SectionGrams, g}) {
			present[doc]++
			out[doc] = present[doc] == len(grams) && !isSingleHan(t.text)
		}
	}
	return out
}

// plainTerm is a term that is scored, with where it is.
type plainTerm struct {
	length                  *lengths
	byDoc                   []uint32
	frequency               map[uint32]float64
	inHeading               map[uint32]bool
	weightInDoc, weightInAr float64
}

// occurring returns the terms that the index has.
func (f reference) occurring() []plainTerm {
	c := f.m.columns
	var out []plainTerm
	for _, t := range f.terms {
		p := plainTerm{length: c.words, byDoc: c.WordLength}
		p.frequency, p.inHeading = f.frequency(t.term), f.inHeadings(t.term)
		if t.field != Words {
			p.length, p.byDoc = c.grams, c.GramLength
		}
		if len(p.frequency) == 0 {
			continue
		}
		articles := map[uint32]bool{}
		for doc := range p.frequency {
			articles[c.Article[doc]] = true
		}
		p.weightInDoc = t.weight * idf(len(c.Article), len(p.frequency))
		p.weightInAr = t.weight * idf(len(c.Day), len(articles))
		out = append(out, p)
	}
	return out
}

// scores returns every member's score.
func (f reference) scores() map[uint32]float64 {
	c := f.m.columns
	terms := f.occurring()
	out := map[uint32]float64{}
	for _, member := range f.members {
		if f.scope.by == search.ByParagraph {
			head, _ := c.documents(c.Article[member])
			_, cover := f.whole(terms, []uint32{member}, func(p plainTerm) float64 { return p.weightInDoc })
			out[member] = f.document(terms, member) + titleShare*f.document(terms, head) + coverShare*cover
			continue
		}
		for _, docs := range f.items(member) {
			head := docs[0]
			best := headShare * f.document(terms, head) // the title, or a paragraph
			for _, doc := range docs[1:] {
				best = max(best, bestShare*f.document(terms, doc))
			}
			article, cover := f.whole(terms, docs, func(p plainTerm) float64 { return p.weightInAr })
			out[member] = max(out[member], article+best+coverShare*cover)
		}
	}
	return out
}

// document is BM25 of one document.
func (f reference) document(terms []plainTerm, doc uint32) float64 {
	sum := 0.
	for _, p := range terms {
		mean := p.length.paragraph.mean
		if f.m.columns.paragraph(doc) == 0 {
			mean = p.length.head.mean
		}
		sum += p.weightInDoc * plainBM25(p.frequency[doc], float64(p.byDoc[doc])/mean)
	}
	return sum
}

// whole is BM25 of documents as one text, and their coverage of the query.
func (f reference) whole(
	terms []plainTerm, docs []uint32, weightOf func(plainTerm) float64,
) (score, cover float64) {
	present, weight := 0., 0.
	for _, p := range terms {
		tf, length, has := 0., 0., false
		for _, doc := range docs {
			tf += p.frequency[doc]
			length += float64(p.byDoc[doc])
			has = has || p.frequency[doc] > 0 || p.inHeading[doc]
		}
		score += p.weightInAr * plainBM25(tf, length/p.length.whole.mean)
		weight += weightOf(p)
		if has {
			present += weightOf(p)
		}
	}
	if weight > 0 {
		cover = present / weight * present / weight * weight
	}
	return score, cover
}

func plainBM25(tf, length float64) float64 {
	if tf == 0 {
		return 0
	}
	return tf * (k1 + 1) / (tf + k1*(1-b+b*length))
}

// items lists the documents of each item that matches, of which an article that is no
// round-up has one; each has the head.
func (f reference) items(article uint32) [][]uint32 {
	head, end := f.m.columns.documents(article)
	var out [][]uint32
	for i, paragraphs := range f.m.plainItems(f.m.articles[article], f.m.columns.GramLength[head:end]) {
		if f.plan != nil && !f.plan.Contains(f.first[article]+uint32(i)) {
			continue
		}
		docs := []uint32{head}
		for _, n := range paragraphs {
			docs = append(docs, head+uint32(n))
		}
		out = append(out, docs)
	}
	return out
}

// firstItems numbers the items of all articles and returns the first of each.
func (m *memory) firstItems() []uint32 {
	out := make([]uint32, len(m.articles)+1)
	for a := range m.articles {
		head, end := m.columns.documents(uint32(a))
		out[a+1] = out[a] + uint32(len(m.plainItems(m.articles[a], m.columns.GramLength[head:end])))
	}
	return out
}

// plainItems lists the paragraphs, from 1, of each item of an article; lengths are those of
// its documents.
func (m *memory) plainItems(a news.Article, lengths []uint32) [][]int {
	var whole []int
	length := 0.0
	for i := range a.Paragraphs {
		whole = append(whole, i+1)
		length += float64(lengths[i+1])
	}
	isOther := func(n int) bool {
		kind := a.Paragraphs[n-1].Kind
		return kind == news.Caption || kind == news.Table
	}
	ends := func(n int) bool { return EndsSentence(a.Paragraphs[n-1].Text) }
	var bySection, byHeading [][]int
	for _, n := range whole {
		p := a.Paragraphs[n-1]
		if n == 1 || m.fold(p.Section) != m.fold(a.Paragraphs[n-2].Section) {
			bySection = append(bySection, nil)
		}
		if n == 1 || lengths[n] <= 36 && !isOther(n) && !ends(n) {
			byHeading = append(byHeading, nil)
		}
		bySection[len(bySection)-1] = append(bySection[len(bySection)-1], n)
		byHeading[len(byHeading)-1] = append(byHeading[len(byHeading)-1], n)
	}
	areNews := func(items [][]int) bool {
		for _, item := range items {
			text := slices.DeleteFunc(slices.Clone(item), isOther)
			if len(text) == 0 || !ends(text[len(text)-1]) {
				return false
			}
		}
		mean := length / float64(len(items))
		return len(items) >= 3 && 30 <= mean && mean <= 250
	}
	bare := func(p news.Paragraph) bool { return p.Section == "" }
	begins := len(whole) > 0 && lengths[1] <= 36 && !isOther(1) && !ends(1)
	switch {
	case !slices.ContainsFunc(a.Paragraphs, bare) && areNews(bySection):
		return bySection
	case len(bySection) == 1 && bare(a.Paragraphs[0]) && begins && areNews(byHeading):
		return byHeading
	}
	return [][]int{whole}
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

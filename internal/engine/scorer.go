package engine

import (
	"cmp"
	"slices"

	"xunwen/internal/search"
)

// scorer sums up scores, one term after another.
type scorer struct {
	*run
	members []uint32 // articles or, by paragraph, documents, rising
	places  []uint32 // by member, its article's place in articles

	articles []scoredArticle // the members', rising
	whole    []float64       // A by place in articles
	docs     []float64       // BM25 of the articles' documents
	held     []float64       // what is held of the query's weight: by place, by paragraph like docs
	weight   float64         // the query's
}

// scoredArticle is an article with its documents' numbers, and where the first
// of them has its score in scorer.docs.
type scoredArticle struct{ number, head, end, slot uint32 }

// weightedList is a term's postings with what they weigh in an article and in
// one document.
type weightedList struct {
	*termList
	term
	inArticle, inDocument float64
	sections              []uint32 // the documents below a section's heading that holds the term, rising
}

// scorer returns the scorer of members, of which nothing is scored yet.
func (r *run) scorer(members []uint32) *scorer {
	s := &scorer{run: r, members: members, places: make([]uint32, len(members))}
	slots := uint32(0)
	for i, m := range members {
		a := m
		if r.by == search.ByParagraph {
			a = r.columns.Article[m]
		}
		if n := len(s.articles); n == 0 || s.articles[n-1].number != a {
			head, end := r.columns.documents(a)
			s.articles = append(s.articles, scoredArticle{a, head, end, slots})
			slots += end - head
		}
		s.places[i] = uint32(len(s.articles) - 1)
	}
	s.whole, s.docs = make([]float64, len(s.articles)), make([]float64, slots)
	s.held = make([]float64, s.holders())
	return s
}

// lists returns the lists of the query's terms, the shortest first: they weigh
// most, and what they leave makes the long ones cheap.
func (r *run) lists() ([]weightedList, error) {
	var out []weightedList
	for _, t := range r.weights() {
		if err := r.ctx.Err(); err != nil {
			return nil, err
		}
		l, err := r.list(t.field, t.text)
		if err != nil {
			return nil, err
		}
		if len(l.docs) == 0 {
			continue
		}
		sections, err := r.headed(t.text)
		if err != nil {
			return nil, err
		}
		out = append(out, weightedList{
			termList: l, term: t.term, sections: sections,
			inArticle:  t.weight * idf(len(r.columns.Day), l.articles),
			inDocument: t.weight * idf(len(r.columns.Article), len(l.docs)),
		})
	}
	slices.SortStableFunc(out, func(a, b weightedList) int { return cmp.Compare(len(a.docs), len(b.docs)) })
	return out, nil
}

// headed returns the documents below a section's heading that holds a term. A
// character alone, which is dear to look up, says too little there.
func (r *run) headed(term string) ([]uint32, error) {
	if isSingleHan(term) {
		return nil, nil
	}
	return r.gramDocuments(SectionGrams, unit{text: term, grams: innerGrams(term)})
}

// holders is how many are told apart by what they hold of the query.
func (s *scorer) holders() int {
	if s.by == search.ByParagraph {
		return len(s.docs)
	}
	return len(s.articles)
}

// add adds one term's part to all scores.
func (s *scorer) add(l weightedList) {
	lengths := s.columns.lengths(l.field)
	byParagraph := s.by == search.ByParagraph
	docs, i := l.docs, 0
	for place, a := range s.articles {
		if i = seek(docs, i, a.head); i == len(docs) {
			return
		}
		sum := 0.
		for ; i < len(docs) && docs[i] < a.end; i++ {
			tf := float64(l.frequencies[i])
			sum += tf
			slot := a.slot + docs[i] - a.head
			s.docs[slot] += l.inDocument * bm25(tf, lengths.ofDocument(docs[i], a.head))
			if byParagraph {
				s.held[slot] += l.inDocument
			}
		}
		if sum > 0 && !byParagraph {
			s.whole[place] += l.inArticle * bm25(sum, lengths.ofArticle(a.number))
			s.held[place] += l.inArticle
		}
	}
}

// addSections counts a term as held where only a section's heading says it.
func (s *scorer) addSections(l weightedList) {
	i := 0 // place in l.docs
	for n := 0; n < len(l.sections); {
		article := s.columns.Article[l.sections[n]]
		place, ours := slices.BinarySearchFunc(s.articles, article, func(a scoredArticle, number uint32) int { return cmp.Compare(a.number, number) })
		head, end := s.columns.documents(article)
		i = seek(l.docs, i, head)
		if ours && s.by == search.ByArticle && (i == len(l.docs) || l.docs[i] >= end) {
			s.held[place] += l.inArticle
		}
		for ; n < len(l.sections) && l.sections[n] < end; n++ {
			doc := l.sections[n]
			i = seek(l.docs, i, doc)
			if ours && s.by == search.ByParagraph && (i == len(l.docs) || l.docs[i] != doc) {
				s.held[s.articles[place].slot+doc-head] += l.inDocument
			}
		}
	}
}

// of returns the score of member i if it had all that rest can add.
func (s *scorer) of(i int, rest rest) float64 {
	place := s.places[i]
	a := s.articles[place]
	docs := s.docs[a.slot : a.slot+a.end-a.head]
	if s.by == search.ByParagraph {
		n := s.members[i] - a.head
		return paragraphScore(docs[n]+rest.document, docs[0]+rest.document, s.held[a.slot+n]+rest.weight, s.weight)
	}
	best := 0. // an article may have a title alone
	for _, score := range docs[1:] {
		best = max(best, score)
	}
	return articleScore(s.whole[place]+rest.article, best+rest.document, docs[0]+rest.document, s.held[place]+rest.weight, s.weight)
}

// document returns the BM25 score of a document of one of the scored articles.
func (s *scorer) document(doc uint32) float64 {
	place, _ := slices.BinarySearchFunc(s.articles, doc, func(a scoredArticle, doc uint32) int {
		switch {
		case a.end <= doc:
			return -1
		case a.head > doc:
			return 1
		}
		return 0
	})
	a := s.articles[place]
	return s.docs[a.slot+doc-a.head]
}

package engine

import (
	"cmp"
	"slices"

	"xunwen/internal/search"
)

// scorer sums up the scores of members, term by term.
type scorer struct {
	scope    scope
	keepNear bool     // near-duplicates are not dropped
	members  []uint32 // sorted
	at       []uint32 // by member, the index of its article in articles

	articles  []scoredArticle // the members', sorted
	ofArticle []float64       // A, by index in articles
	docs      []float64       // BM25 of the articles' documents
	present   []float64       // what members have of the query's weight: by article, by paragraph like docs
	weight    float64         // the query's
}

// scoredArticle is an article with its documents' numbers. The score of the first
// of them is at slot in scorer.docs.
type scoredArticle struct{ number, head, end, slot uint32 }

// newScorer returns a scorer of members, which are sorted; nothing is scored yet.
func newScorer(scope scope, members []uint32, keepNear bool) *scorer {
	s := &scorer{scope: scope, keepNear: keepNear, members: members, at: make([]uint32, len(members))}
	slots := uint32(0)
	for i, m := range members {
		a := scope.article(m)
		if n := len(s.articles); n == 0 || s.articles[n-1].number != a {
			head, end := scope.columns.documents(a)
			s.articles = append(s.articles, scoredArticle{a, head, end, slots})
			slots += end - head
		}
		s.at[i] = uint32(len(s.articles) - 1)
	}
	s.ofArticle, s.docs = make([]float64, len(s.articles)), make([]float64, slots)
	s.present = make([]float64, s.presentSize())
	return s
}

// presentSize is how many values present needs.
func (s *scorer) presentSize() int {
	if s.scope.by == search.ByParagraph {
		return len(s.docs)
	}
	return len(s.articles)
}

// add adds one term's part to all scores.
func (s *scorer) add(l weightedList) {
	lengths := s.scope.columns.lengths(l.field)
	byParagraph := s.scope.by == search.ByParagraph
	docs, i := l.docs, 0
	for at, a := range s.articles {
		if i = seek(docs, i, a.head); i == len(docs) {
			return
		}
		sum := 0.0
		for ; i < len(docs) && docs[i] < a.end; i++ {
			tf := float64(l.frequencies[i])
			sum += tf
			slot := a.slot + docs[i] - a.head
			s.docs[slot] += l.inDocument * bm25(tf, lengths.ofDocument(docs[i], a.head))
			if byParagraph {
				s.present[slot] += l.inDocument
			}
		}
		if sum > 0 && !byParagraph {
			s.ofArticle[at] += l.inArticle * bm25(sum, lengths.ofArticle(a.number))
			s.present[at] += l.inArticle
		}
	}
}

// addSections counts a term as present where only a section's heading has it.
func (s *scorer) addSections(l weightedList) {
	i := 0 // index in l.docs
	for n := 0; n < len(l.sections); {
		number := s.scope.columns.Article[l.sections[n]]
		at, scored := slices.BinarySearchFunc(s.articles, number, func(a scoredArticle, number uint32) int {
			return cmp.Compare(a.number, number)
		})
		head, end := s.scope.columns.documents(number)
		i = seek(l.docs, i, head)
		if scored && s.scope.by == search.ByArticle && (i == len(l.docs) || l.docs[i] >= end) {
			s.present[at] += l.inArticle
		}
		for ; n < len(l.sections) && l.sections[n] < end; n++ {
			doc := l.sections[n]
			i = seek(l.docs, i, doc)
			if scored && s.scope.by == search.ByParagraph && (i == len(l.docs) || l.docs[i] != doc) {
				s.present[s.articles[at].slot+doc-head] += l.inDocument
			}
		}
	}
}

// score returns the score of member i if it had all that more allows.
func (s *scorer) score(i int, more bound) float64 {
	at := s.at[i]
	a := s.articles[at]
	docs := s.docs[a.slot : a.slot+a.end-a.head]
	title := docs[0] + more.document
	if s.scope.by == search.ByParagraph {
		n := s.members[i] - a.head
		return paragraphScore(docs[n]+more.document, title, s.present[a.slot+n]+more.weight, s.weight)
	}
	best := 0.0 // an article may have a title alone
	for _, score := range docs[1:] {
		best = max(best, score)
	}
	return articleScore(s.ofArticle[at]+more.article, best+more.document, title, s.present[at]+more.weight, s.weight)
}

// document returns the BM25 score of a document of one of the scored articles.
func (s *scorer) document(doc uint32) float64 {
	at, _ := slices.BinarySearchFunc(s.articles, doc, func(a scoredArticle, doc uint32) int {
		switch {
		case a.end <= doc:
			return -1
		case a.head > doc:
			return 1
		}
		return 0
	})
	a := s.articles[at]
	return s.docs[a.slot+doc-a.head]
}

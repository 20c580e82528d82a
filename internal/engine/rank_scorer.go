package engine

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/search"
)

// scorer sums up the scores of members, term by term.
type scorer struct {
	scope    scope
	keepNear bool     // near-duplicates are not dropped
	members  []uint32 // sorted
	at       []uint32 // by member, the index of its article in articles

	articles []scoredArticle // the members', sorted
	ranges   []DocumentRange // by index in articles, their documents
	docs     []float64       // BM25 of the articles' documents
	present  []float64       // what members have of the query's weight: like items, by paragraph like docs
	weight   float64         // the query's

	// By article, the items that match, of which the best makes the score.
	items  []DocumentRange
	ofItem []float64 // A, by index in items
}

// scoredArticle is an article with its documents' numbers. The score of the first
// of them is at slot in scorer.docs; by article its items are [item, endItem) of
// scorer.items.
type scoredArticle struct {
	number, head, end, slot, item, endItem uint32

	roundUp bool // it has several items, though one alone may match
}

// newScorer returns a scorer of members, which are sorted; nothing is scored yet. By
// article, matching are the items that match, nil for all.
func newScorer(scope scope, members []uint32, matching *roaring.Bitmap, keepNear bool) *scorer {
	s := &scorer{scope: scope, keepNear: keepNear, members: members, at: make([]uint32, len(members))}
	slots := uint32(0)
	for i, m := range members {
		number := scope.article(m)
		if n := len(s.articles); n == 0 || s.articles[n-1].number != number {
			head, end := scope.columns.documents(number)
			a := scoredArticle{number: number, head: head, end: end, slot: slots, item: uint32(len(s.items))}
			if scope.by == search.ByArticle {
				a.roundUp = scope.columns.items.isRoundUp(number)
				s.items = scope.columns.appendMatching(s.items, number, matching)
			}
			a.endItem = uint32(len(s.items))
			s.articles, s.ranges = append(s.articles, a), append(s.ranges, DocumentRange{head, end})
			slots += end - head
		}
		s.at[i] = uint32(len(s.articles) - 1)
	}
	s.ofItem, s.docs = make([]float64, len(s.items)), make([]float64, slots)
	s.present = make([]float64, s.presentSize())
	return s
}

// presentSize is how many values present needs.
func (s *scorer) presentSize() int {
	if s.scope.by == search.ByParagraph {
		return len(s.docs)
	}
	return len(s.items)
}

// add adds one term's part to all scores; its postings are those in ranges.
func (s *scorer) add(l weightedList, in *postings) {
	lengths := s.scope.columns.lengths(l.field)
	byParagraph := s.scope.by == search.ByParagraph
	docs, i := in.docs, 0
	for _, a := range s.articles {
		if i = seek(docs, i, a.head); i == len(docs) {
			return
		}
		first, sum := i, 0.0
		for ; i < len(docs) && docs[i] < a.end; i++ {
			tf := float64(in.frequencies[i])
			sum += tf
			slot := a.slot + docs[i] - a.head
			s.docs[slot] += l.inDocument * bm25(tf, lengths.ofDocument(docs[i], a.head))
			if byParagraph {
				s.present[slot] += l.inDocument
			}
		}
		switch {
		case i == first || byParagraph:
		case a.roundUp:
			s.addToItems(a, l, in, first)
		default:
			s.ofItem[a.item] += l.inArticle * bm25(sum, lengths.ofArticle(a.number))
			s.present[a.item] += l.inArticle
		}
	}
}

// addToItems adds the part of one term, whose postings in a round-up begin at an index, to
// its items.
func (s *scorer) addToItems(a scoredArticle, l weightedList, in *postings, first int) {
	lengths := s.scope.columns.lengths(l.field)
	for n := a.item; n < a.endItem; n++ {
		if tf := in.inItem(first, a.head, s.items[n]); tf > 0 {
			s.ofItem[n] += l.inArticle * bm25(tf, lengths.ofItem(a.head, s.items[n]))
			s.present[n] += l.inArticle
		}
	}
}

// addSections counts a term as present where only a section's heading has it.
func (s *scorer) addSections(l weightedList, in *postings) {
	i := 0 // index in in.docs
	for n := 0; n < len(l.sections); {
		number := s.scope.columns.Article[l.sections[n]]
		at, scored := slices.BinarySearchFunc(s.articles, number, func(a scoredArticle, number uint32) int {
			return cmp.Compare(a.number, number)
		})
		head, end := s.scope.columns.documents(number)
		i = seek(in.docs, i, head)
		if scored && s.scope.by == search.ByArticle && (i == len(in.docs) || in.docs[i] != head) {
			for k := s.articles[at].item; k < s.articles[at].endItem; k++ {
				if r := s.items[k]; !anyIn(in.docs, i, r) && anyIn(l.sections, n, r) {
					s.present[k] += l.inArticle
				}
			}
		}
		for ; n < len(l.sections) && l.sections[n] < end; n++ {
			doc := l.sections[n]
			i = seek(in.docs, i, doc)
			if scored && s.scope.by == search.ByParagraph && (i == len(in.docs) || in.docs[i] != doc) {
				s.present[s.articles[at].slot+doc-head] += l.inDocument
			}
		}
	}
}

// anyIn reports whether sorted documents, from an index on, have one in a range.
func anyIn(docs []uint32, from int, r DocumentRange) bool {
	from = seek(docs, from, r.From)
	return from < len(docs) && docs[from] < r.End
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
	best := 0.0
	for n := a.item; n < a.endItem; n++ {
		best = max(best, s.itemScore(n, a, more))
	}
	return best
}

// itemScore returns the score of an article if it were one of its items alone.
func (s *scorer) itemScore(n uint32, a scoredArticle, more bound) float64 {
	r, best := s.items[n], 0.0 // an article may have a title alone
	for _, score := range s.docs[a.slot+r.From-a.head : a.slot+r.End-a.head] {
		best = max(best, score)
	}
	title := s.docs[a.slot] + more.document
	return articleScore(s.ofItem[n]+more.article, best+more.document, title, s.present[n]+more.weight, s.weight)
}

// bestItem returns the item that makes the score of an article.
func (s *scorer) bestItem(article uint32) DocumentRange {
	at, ok := slices.BinarySearchFunc(s.articles, article, func(a scoredArticle, article uint32) int {
		return cmp.Compare(a.number, article)
	})
	if !ok || s.articles[at].item == s.articles[at].endItem {
		return DocumentRange{}
	}
	a := s.articles[at]
	best := a.item
	for n := a.item + 1; n < a.endItem; n++ {
		if s.itemScore(n, a, bound{}) > s.itemScore(best, a, bound{}) {
			best = n
		}
	}
	return s.items[best]
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

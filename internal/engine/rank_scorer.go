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
	high     []float64       // upper bounds of members
	left     []bound         // by index in items, upper bounds of what lists can add
	probed   bool            // probe has raised reached
	lengths  []uint32        // room for those of a list's documents
	reached  *threshold      // by other scorers of the same search, too

	// By article, the items that match, of which the best makes the score.
	items   []DocumentRange
	numbers []uint32  // of the items, by index in items
	ofItem  []float64 // A, likewise
}

// scoredArticle is an article with its documents' numbers. The score of the first
// of them is at slot in scorer.docs; by article its items are [item, endItem) of
// scorer.items.
type scoredArticle struct {
	number, head, end, slot, item, endItem uint32

	words, grams uint32 // its lengths: there, each list would wait for memory
	roundUp      bool   // it has several items, though one alone may match
}

// length returns the length of an article in a field's channel.
func (a *scoredArticle) length(field string) uint32 {
	if field == Words {
		return a.words
	}
	return a.grams
}

// newScorer returns a scorer of members, which are sorted; nothing is scored yet. By
// article, matching are the items that match, nil for all.
func newScorer(scope scope, members []uint32, matching *roaring.Bitmap, keepNear bool) *scorer {
	s := &scorer{
		scope: scope, keepNear: keepNear, members: members,
		at: make([]uint32, len(members)), articles: make([]scoredArticle, 0, len(members)),
		ranges: make([]DocumentRange, 0, len(members)), items: make([]DocumentRange, 0, len(members)),
	}
	slots := uint32(0)
	for i, m := range members {
		number := scope.article(m)
		if n := len(s.articles); n == 0 || s.articles[n-1].number != number {
			head, end := scope.columns.documents(number)
			a := scoredArticle{number: number, head: head, end: end, slot: slots, item: uint32(len(s.items)),
				words: scope.columns.words.article[number], grams: scope.columns.grams.article[number]}
			if scope.by == search.ByArticle {
				if a.roundUp = scope.columns.items.isRoundUp(number); a.roundUp {
					s.addItems(number, matching)
				} else {
					s.items = append(s.items, DocumentRange{head + 1, end})
					s.numbers = append(s.numbers, scope.columns.items.first[number])
				}
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

// addItems adds the items of a round-up that match.
func (s *scorer) addItems(article uint32, matching *roaring.Bitmap) {
	from := len(s.items)
	s.items = s.scope.columns.appendMatching(s.items, article, matching)
	for _, documents := range s.items[from:] {
		number, _ := s.scope.columns.items.rank(documents.From)
		s.numbers = append(s.numbers, number)
	}
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
	docs, n := in.docs, 0
	s.lengths = lengths.appendOf(s.lengths[:0], docs)
	for i := 0; i < len(docs); {
		n = SeekRange(s.ranges, n, docs[i])
		a := &s.articles[n]
		first, sum := i, 0.0
		for ; i < len(docs) && docs[i] < a.end; i++ {
			tf := float64(in.frequencies[i])
			sum += tf
			slot := a.slot + docs[i] - a.head
			s.docs[slot] += l.inDocument * bm25(tf, lengths.normOf(s.lengths[i], docs[i] == a.head))
			if byParagraph {
				s.present[slot] += l.inDocument
			}
		}
		switch {
		case byParagraph:
		case a.roundUp:
			s.addToItems(a, l, in, first)
		default:
			s.ofItem[a.item] += l.inArticle * bm25(sum, lengths.whole.of(a.length(l.field)))
			s.present[a.item] += l.inArticle
		}
	}
}

// addToItems adds the part of one term, whose postings in a round-up begin at an index, to
// its items.
func (s *scorer) addToItems(a *scoredArticle, l weightedList, in *postings, first int) {
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
	i, n := 0, 0 // index in in.docs, in s.articles
	for k := 0; k < len(l.sections); {
		if n = SeekRange(s.ranges, n, l.sections[k]); n == len(s.ranges) {
			return
		}
		a := &s.articles[n]
		if k = seek(l.sections, k, a.head); k == len(l.sections) || l.sections[k] >= a.end {
			continue
		}
		i = seek(in.docs, i, a.head)
		if s.scope.by == search.ByArticle && (i == len(in.docs) || in.docs[i] != a.head) {
			for item := a.item; item < a.endItem; item++ {
				if r := s.items[item]; !anyIn(in.docs, i, r) && anyIn(l.sections, k, r) {
					s.present[item] += l.inArticle
				}
			}
		}
		for ; k < len(l.sections) && l.sections[k] < a.end; k++ {
			doc := l.sections[k]
			i = seek(in.docs, i, doc)
			if s.scope.by == search.ByParagraph && (i == len(in.docs) || in.docs[i] != doc) {
				s.present[a.slot+doc-a.head] += l.inDocument
			}
		}
	}
}

// anyIn reports whether sorted documents, from an index on, have one in a range.
func anyIn(docs []uint32, from int, r DocumentRange) bool {
	from = seek(docs, from, r.From)
	return from < len(docs) && docs[from] < r.End
}

// score returns the score of member i.
func (s *scorer) score(i int) float64 {
	score, _ := s.bounds(i, bound{}, nil)
	return score
}

// bounds returns the score of member i, and what it would be with all that more allows, and left if
// it is not nil: by article, by index in items.
func (s *scorer) bounds(i int, more bound, left []bound) (low, high float64) {
	a := &s.articles[s.at[i]]
	title := s.docs[a.slot]
	if s.scope.by == search.ByParagraph {
		at := a.slot + s.members[i] - a.head
		text, present := s.docs[at], s.present[at]
		return paragraphScore(text, title, present, s.weight),
			paragraphScore(text+more.document, title+more.document, present+more.weight, s.weight)
	}
	for n := a.item; n < a.endItem; n++ {
		best, article, present := s.bestDocument(n, a), s.ofItem[n], s.present[n]
		low = max(low, articleScore(article, best, title, present, s.weight))
		more := more
		if left != nil {
			more.add(left[n])
		}
		high = max(high, articleScore(
			article+more.article, best+more.document, title+more.document, present+more.weight, s.weight))
	}
	return low, high
}

// itemScore returns the score of an article if it were one of its items alone.
func (s *scorer) itemScore(n uint32, a *scoredArticle) float64 {
	return articleScore(s.ofItem[n], s.bestDocument(n, a), s.docs[a.slot], s.present[n], s.weight)
}

// bestDocument returns the highest BM25 of the documents of one of an article's items; 0 if it
// has none.
func (s *scorer) bestDocument(n uint32, a *scoredArticle) float64 {
	r, best := s.items[n], 0.0
	for _, score := range s.docs[a.slot+r.From-a.head : a.slot+r.End-a.head] {
		best = max(best, score)
	}
	return best
}

// bestItem returns the item that makes the score of an article.
func (s *scorer) bestItem(article uint32) DocumentRange {
	at, ok := slices.BinarySearchFunc(s.articles, article, func(a scoredArticle, article uint32) int {
		return cmp.Compare(a.number, article)
	})
	if !ok || s.articles[at].item == s.articles[at].endItem {
		return DocumentRange{}
	}
	a := &s.articles[at]
	best := a.item
	for n := a.item + 1; n < a.endItem; n++ {
		if s.itemScore(n, a) > s.itemScore(best, a) {
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

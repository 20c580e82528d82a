package engine

import (
	"cmp"
	"slices"
)

// termList is a term's postings, decoded.
type termList struct {
	docs        []uint32 // rising
	frequencies []uint16
	articles    int // that hold the term

	// The most that BM25 gives a document and an article for the term.
	topDocument, topArticle float64
}

func (l *termList) size() int { return 6 * len(l.docs) }

// list returns the postings of a term from the cache, or reads them.
func (e *Engine) list(field, text string) (*termList, error) {
	key := cacheKey{field, text}
	if l, ok := e.cache.get(key).(*termList); ok {
		return l, nil
	}
	docs, frequencies, err := e.postings.List(field, text)
	if err != nil {
		return nil, err
	}
	l := &termList{docs: docs, frequencies: frequencies}
	e.sumUp(l, field)
	e.cache.put(key, l, l.size())
	return l, nil
}

// sumUp counts the articles of l and finds the bounds of its scores.
func (e *Engine) sumUp(l *termList, field string) {
	lengths := e.columns.lengths(field)
	for i := 0; i < len(l.docs); l.articles++ {
		a := e.columns.Article[l.docs[i]]
		head, end := e.columns.documents(a)
		sum := 0.
		for ; i < len(l.docs) && l.docs[i] < end; i++ {
			tf := float64(l.frequencies[i])
			sum += tf
			l.topDocument = max(l.topDocument, bm25(tf, lengths.ofDocument(l.docs[i], head)))
		}
		l.topArticle = max(l.topArticle, bm25(sum, lengths.ofArticle(a)))
	}
}

// seek returns the first place from on where docs is at least doc, by steps
// that double and then halve (Bentley and Yao, An Almost Optimal Algorithm for
// Unbounded Searching, 1976): what is near is found at once.
func seek(docs []uint32, from int, doc uint32) int {
	if from == len(docs) || docs[from] >= doc {
		return from
	}
	step := 1
	for from+step < len(docs) && docs[from+step] < doc {
		from += step
		step *= 2
	}
	at, _ := slices.BinarySearch(docs[from:min(from+step+1, len(docs))], doc)
	return from + at
}

// intersect returns what all lists hold; of no list, nothing. It may be a part
// of one of them and must not be changed.
func intersect(lists []*termList) []uint32 {
	if len(lists) == 0 {
		return nil
	}
	lists = slices.SortedFunc(slices.Values(lists), func(a, b *termList) int { return cmp.Compare(len(a.docs), len(b.docs)) })
	docs := lists[0].docs
	for _, l := range lists[1:] {
		var both []uint32
		i := 0
		for _, doc := range docs {
			if i = seek(l.docs, i, doc); i == len(l.docs) {
				break
			}
			if l.docs[i] == doc {
				both = append(both, doc)
			}
		}
		docs = both
	}
	return docs
}

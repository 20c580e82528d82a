package engine

import (
	"cmp"
	"math"
	"slices"

	"xunwen/internal/analyzer"
)

// postingList is a term's postings, decoded.
type postingList struct {
	docs        []uint32 // sorted
	frequencies []uint16
	articles    int // with the term

	// Upper bounds of what BM25 gives a document and an article for the term.
	maxInDocument, maxInArticle float64
}

func (l *postingList) size() int { return 6 * len(l.docs) }

// list returns the postings of a term from the cache, or reads them.
func (sn *snapshot) list(field, text string) (*postingList, error) {
	key := cacheKey{field, text}
	if l, ok := sn.cache.get(key).(*postingList); ok {
		return l, nil
	}
	l, err := sn.read(field, text)
	if err != nil {
		return nil, err
	}
	sn.columns.computeMaxScores(l, field)
	sn.cache.put(key, l, l.size())
	return l, nil
}

// operandChannel is the channel of whole operands. The index has no postings of those: they are
// what the postings of their grams have in common.
const operandChannel = "operands"

// common returns the documents with all of several grams. The frequency of each is the lowest
// of the grams, an upper bound of how often it has the text that they are the grams of.
func (sn *snapshot) common(grams []string) (*postingList, error) {
	var lists []*postingList
	for _, g := range grams {
		l, err := sn.list(Grams, g)
		if err != nil {
			return nil, err
		}
		lists = append(lists, l)
	}
	out := &postingList{docs: slices.Clone(intersect(lists))}
	out.frequencies = make([]uint16, len(out.docs))
	for n, l := range lists {
		i := 0
		for k, doc := range out.docs {
			i = seek(l.docs, i, doc)
			if tf := l.frequencies[i]; n == 0 || tf < out.frequencies[k] {
				out.frequencies[k] = tf
			}
		}
	}
	return out, nil
}

// read reads the postings of a term, direct and joint ones. Of a document with both, the
// frequencies are added up.
func (sn *snapshot) read(field, text string) (*postingList, error) {
	if field == operandChannel {
		return sn.common(innerGrams(text))
	}
	direct, joint := &postingList{}, &postingList{}
	var err error
	if direct.docs, direct.frequencies, err = sn.postings.List(field, text); err != nil {
		return nil, err
	}
	if joint.docs, joint.frequencies, err = sn.postings.List(field, analyzer.JointPrefix+text); err != nil {
		return nil, err
	}
	switch {
	case len(joint.docs) == 0:
		return direct, nil
	case len(direct.docs) == 0:
		return joint, nil
	}
	return merge(direct, joint), nil
}

// merge returns the postings of two terms that are taken for one.
func merge(a, b *postingList) *postingList {
	out := &postingList{}
	i, j := 0, 0
	for i < len(a.docs) || j < len(b.docs) {
		doc := uint32(math.MaxUint32)
		if i < len(a.docs) {
			doc = a.docs[i]
		}
		if j < len(b.docs) {
			doc = min(doc, b.docs[j])
		}
		frequency := 0
		if i < len(a.docs) && a.docs[i] == doc {
			frequency += int(a.frequencies[i])
			i++
		}
		if j < len(b.docs) && b.docs[j] == doc {
			frequency += int(b.frequencies[j])
			j++
		}
		out.docs = append(out.docs, doc)
		out.frequencies = append(out.frequencies, uint16(min(frequency, MaxFrequency)))
	}
	return out
}

// computeMaxScores counts the articles of l and finds the bounds of its scores.
func (c *Columns) computeMaxScores(l *postingList, field string) {
	lengths := c.lengths(field)
	for i := 0; i < len(l.docs); l.articles++ {
		a := c.Article[l.docs[i]]
		head, end := c.documents(a)
		first, sum := i, 0.0
		for ; i < len(l.docs) && l.docs[i] < end; i++ {
			tf := float64(l.frequencies[i])
			sum += tf
			l.maxInDocument = max(l.maxInDocument, bm25(tf, lengths.ofDocument(l.docs[i], head)))
		}
		if from, to := c.items.of(a); to-from > 1 {
			for ; from < to; from++ {
				item := c.itemDocuments(from)
				if tf := l.inItem(first, head, item); tf > 0 {
					l.maxInArticle = max(l.maxInArticle, bm25(tf, lengths.ofItem(head, item)))
				}
			}
			continue
		}
		l.maxInArticle = max(l.maxInArticle, bm25(sum, lengths.ofArticle(a)))
	}
}

// inItem is how often the term occurs in an item and in the head before it. The postings
// of the article begin at the index first.
func (l *postingList) inItem(first int, head uint32, item documentRange) float64 {
	tf := 0.0
	if head < item.from && first < len(l.docs) && l.docs[first] == head {
		tf = float64(l.frequencies[first])
	}
	for i := seek(l.docs, first, item.from); i < len(l.docs) && l.docs[i] < item.end; i++ {
		tf += float64(l.frequencies[i])
	}
	return tf
}

// seek returns the first index from on where docs is at least doc. It gallops
// (Bentley and Yao, An Almost Optimal Algorithm for Unbounded Searching, 1976), so
// that what is near is found at once.
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

// intersect returns the documents of all lists; without lists, none. The result may
// be a part of one of them and must not be changed.
func intersect(lists []*postingList) []uint32 {
	if len(lists) == 0 {
		return nil
	}
	lists = slices.SortedFunc(slices.Values(lists), func(a, b *postingList) int {
		return cmp.Compare(len(a.docs), len(b.docs))
	})
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

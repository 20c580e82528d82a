package engine

import (
	"cmp"
	"slices"
)

// operandChannel is the channel of whole operands. The index has no postings of those: they are
// what the postings of their grams have in common.
const operandChannel = "operands"

// common returns the documents with all of several grams. The frequency of each is the lowest
// of the grams, an upper bound of how often it has the text that they are the grams of.
func (sn *reader) common(grams []string) (*postingList, error) {
	lists, err := sn.lookUpLists(Grams, grams)
	if err != nil || len(lists) == 0 {
		return &postingList{}, err
	}
	out := &postings{}
	if out.docs, err = intersect(nil, lists); err != nil || len(out.docs) == 0 {
		return &postingList{}, err
	}
	alone := make([]DocumentRange, len(out.docs))
	for i, doc := range out.docs {
		alone[i] = DocumentRange{doc, doc + 1}
	}
	out.frequencies = slices.Repeat([]uint16{MaxFrequency}, len(out.docs))
	b := sn.buffers()
	for _, l := range lists {
		if err := l.within(&b.postings, alone); err != nil {
			return nil, err
		}
		for i, tf := range b.frequencies {
			out.frequencies[i] = min(out.frequencies[i], tf)
		}
	}
	sn.pool.Put(b)
	return &postingList{
		read: out, documents: len(out.docs), articles: sn.columns.countArticles(out.docs), counted: true,
	}, nil
}

// lookUpLists looks up the posting lists of all grams; without those of one, none.
func (sn *reader) lookUpLists(field string, grams []string) ([]*postingList, error) {
	lists := make([]*postingList, 0, len(grams))
	for _, g := range grams {
		l, err := sn.uncounted(field, g)
		if err != nil || l.documents == 0 {
			return nil, err
		}
		lists = append(lists, l)
	}
	return lists, nil
}

// intersect appends the documents of all lists; without lists, none.
func intersect(to []uint32, lists []*postingList) ([]uint32, error) {
	if len(lists) == 0 {
		return to, nil
	}
	slices.SortStableFunc(lists, func(a, b *postingList) int { return cmp.Compare(a.documents, b.documents) })
	from := len(to)
	to, err := lists[0].appendDocs(to)
	if err != nil {
		return nil, err
	}
	docs := to[from:]
	for _, l := range lists[1:] {
		if len(docs) == 0 {
			break
		}
		if docs, err = l.retain(docs); err != nil {
			return nil, err
		}
	}
	return append(to[:from], docs...), nil
}

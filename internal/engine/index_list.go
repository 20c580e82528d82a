package engine

import (
	"slices"
	"unsafe"

	"xunwen/internal/analyzer"
)

// postingList is the posting list of a term, most of it not read.
type postingList struct {
	direct, joint List      // nil for none
	read          *postings // of a whole operand; it has no List

	documents, articles int  // with the term
	counted             bool // they are exact, else documents may be more, and articles are 0
}

// list looks up the posting list of a term, direct and joint postings. Of a document with
// both, the frequencies are added up.
func (sn *reader) list(field, text string) (*postingList, error) {
	if field == operandChannel {
		return sn.common(innerGrams(text))
	}
	l, err := sn.uncounted(field, text)
	if err != nil || l.counted {
		return l, err
	}
	key := term{field, text}
	if counted, ok := sn.known(sn.counted, key); ok {
		return counted, nil
	}
	exact := *l
	exact.counted = true
	if err := sn.countOnce(&exact, key); err != nil {
		return nil, err
	}
	sn.keep(sn.counted, key, &exact)
	return &exact, nil
}

// countOnce counts a posting list, and keeps the counts of one with joint postings.
func (sn *snapshot) countOnce(l *postingList, of term) error {
	if l.joint == nil {
		return sn.count(l)
	}
	key := cacheKey{"counts in " + of.field, of.text}
	if c, ok := sn.cache.get(key).(counts); ok {
		l.documents, l.articles = c.documents, c.articles
		return nil
	}
	if err := sn.count(l); err != nil {
		return err
	}
	sn.cache.put(key, counts{l.documents, l.articles}, fromLists, int(unsafe.Sizeof(counts{})))
	return nil
}

// counts are how many documents and articles have a term, direct or joint: many queries share
// numbers, and those of long lists take long to count.
type counts struct{ documents, articles int }

// uncounted is list without exact counts.
func (sn *reader) uncounted(field, text string) (*postingList, error) {
	key := term{field, text}
	if l, ok := sn.known(sn.lists, key); ok {
		return l, nil
	}
	l, err := sn.lookUpList(field, text)
	if err == nil {
		sn.keep(sn.lists, key, l)
	}
	return l, err
}

// lookUpList is uncounted for a snapshot.
func (sn *snapshot) lookUpList(field, text string) (*postingList, error) {
	l := &postingList{}
	var err error
	if l.direct, err = sn.postings.List(field, text); err != nil {
		return nil, err
	}
	if l.joint, err = sn.postings.List(field, analyzer.JointPrefix+text); err != nil {
		return nil, err
	}
	if l.direct == nil {
		l.direct, l.joint = l.joint, nil
	}
	for _, part := range l.parts() {
		l.documents += part.Len()
	}
	switch {
	case l.direct == nil:
		l.counted = true
	case l.joint == nil:
		if n, ok := l.direct.Articles(); ok {
			l.articles, l.counted = n, true
		}
	}
	return l, nil
}

// parts returns the one or two lists, or none.
func (l *postingList) parts() []List {
	switch {
	case l.direct == nil:
		return nil
	case l.joint == nil:
		return []List{l.direct}
	}
	return []List{l.direct, l.joint}
}

// count counts the documents of l that are in both parts once, and finds the number of
// articles.
func (sn *snapshot) count(l *postingList) error {
	n, known := l.direct.Articles()
	b := sn.buffers()
	var err error
	if !known {
		if b.docs, err = l.appendDocs(b.docs[:0]); err != nil {
			return err
		}
		l.documents, l.articles = len(b.docs), sn.columns.countArticles(b.docs)
		sn.pool.Put(b)
		return nil
	}
	joint, err := l.joint.AppendDocs(b.members[:0])
	if err != nil {
		return err
	}
	b.members = joint
	articles := sn.columns.rangesOf(joint)
	b.docs, b.frequencies, err = l.direct.AppendWithin(b.docs[:0], b.frequencies[:0], articles)
	if err != nil {
		return err
	}
	l.documents = l.direct.Len() + len(union(joint, b.docs)) - len(b.docs)
	l.articles = n + len(articles) - sn.columns.countArticles(b.docs)
	sn.pool.Put(b)
	return nil
}

// rangesOf returns the documents of the articles that documents, sorted, belong to.
func (c *Columns) rangesOf(docs []uint32) []DocumentRange {
	var out []DocumentRange
	end := uint32(0)
	for _, doc := range docs {
		if doc >= end {
			var head uint32
			head, end = c.documents(c.Article[doc])
			out = append(out, DocumentRange{head, end})
		}
	}
	return out
}

// countArticles counts the articles of documents, which are sorted.
func (c *Columns) countArticles(docs []uint32) int {
	n, end := 0, uint32(0)
	for _, doc := range docs {
		if doc >= end {
			_, end = c.documents(c.Article[doc])
			n++
		}
	}
	return n
}

// appendDocs appends all documents.
func (l *postingList) appendDocs(to []uint32) ([]uint32, error) {
	if l.read != nil {
		return append(to, l.read.docs...), nil
	}
	if l.direct == nil {
		return to, nil
	}
	from := len(to)
	to, err := l.direct.AppendDocs(to)
	if err != nil || l.joint == nil {
		return to, err
	}
	joint, err := l.joint.AppendDocs(nil)
	if err != nil {
		return nil, err
	}
	return append(to[:from], union(to[from:], joint)...), nil
}

// retain returns those of docs, sorted, that have the term. It changes docs.
func (l *postingList) retain(docs []uint32) ([]uint32, error) {
	switch {
	case l.direct == nil:
		return nil, nil
	case l.joint == nil:
		return l.direct.Retain(docs)
	}
	joint, err := l.joint.Retain(slices.Clone(docs))
	if err != nil {
		return nil, err
	}
	direct, err := l.direct.Retain(docs)
	if err != nil || len(joint) == 0 {
		return direct, err
	}
	return union(direct, joint), nil
}

// within reads the postings of documents in ranges, which ascend, into p.
func (l *postingList) within(p *postings, ranges []DocumentRange) error {
	return l.selected(p, selection{ranges: ranges})
}

// selected reads the postings of selected documents into p.
func (l *postingList) selected(p *postings, s selection) (err error) {
	p.docs, p.frequencies = p.docs[:0], p.frequencies[:0]
	switch {
	case l.read != nil:
		l.read.appendWithin(p, s.ranges)
	case l.direct != nil:
		if p.docs, p.frequencies, err = s.of(l.direct, p.docs, p.frequencies); err != nil || l.joint == nil {
			return err
		}
		docs, frequencies, err := s.of(l.joint, nil, nil)
		if err != nil || len(docs) == 0 {
			return err
		}
		*p = merge(*p, postings{docs, frequencies})
	}
	return nil
}

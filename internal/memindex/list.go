package memindex

import (
	"slices"

	"xunwen/internal/engine"
)

// list is the posting list of a term. It implements engine.List.
type list struct {
	docs        []uint32
	frequencies []uint16
	articles    int
}

// append returns the list followed by another one, whose documents are counted from first; each may be nil, for
// none.
func (l *list) append(other *list, first uint32) *list {
	if other == nil {
		return l
	}
	if l == nil {
		if first == 0 {
			return other
		}
		l = &list{}
	}
	out := &list{
		docs:        slices.Grow(slices.Clip(l.docs), len(other.docs)),
		frequencies: slices.Concat(l.frequencies, other.frequencies),
		articles:    l.articles + other.articles,
	}
	for _, doc := range other.docs {
		out.docs = append(out.docs, first+doc)
	}
	return out
}

// Len implements engine.List.
func (l *list) Len() int { return len(l.docs) }

// Articles implements engine.List.
func (l *list) Articles() (n int, ok bool) { return l.articles, true }

// AppendDocs implements engine.List.
func (l *list) AppendDocs(to []uint32) ([]uint32, error) { return append(to, l.docs...), nil }

// Retain implements engine.List.
func (l *list) Retain(docs []uint32) ([]uint32, error) {
	return slices.DeleteFunc(docs, func(doc uint32) bool {
		_, ok := slices.BinarySearch(l.docs, doc)
		return !ok
	}), nil
}

// AppendWithin implements engine.List.
func (l *list) AppendWithin(
	docs []uint32, frequencies []uint16, ranges []engine.DocumentRange,
) ([]uint32, []uint16, error) {
	at := 0
	for i, doc := range l.docs {
		if at = engine.SeekRange(ranges, at, doc); at == len(ranges) {
			break
		}
		if doc >= ranges[at].From {
			docs, frequencies = append(docs, doc), append(frequencies, l.frequencies[i])
		}
	}
	return docs, frequencies, nil
}

// AppendIn implements engine.List.
func (l *list) AppendIn(
	docs []uint32, frequencies []uint16, set []uint64, _ engine.DocumentRange,
) ([]uint32, []uint16, error) {
	for i, doc := range l.docs {
		if set[doc/64]>>(doc%64)&1 == 1 {
			docs, frequencies = append(docs, doc), append(frequencies, l.frequencies[i])
		}
	}
	return docs, frequencies, nil
}

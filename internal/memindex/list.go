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

package scorchplugin

import (
	"math"
	"unsafe"

	"github.com/RoaringBitmap/roaring/v2"
	segmentapi "github.com/blevesearch/scorch_segment_api/v2"

	"xunwen/internal/segment"
)

// postingsList implements segmentapi.PostingsList.
type postingsList struct {
	noStatistics
	field  *segment.Field
	term   segment.Term
	except *roaring.Bitmap // documents to leave out; nil for none
}

func (l *postingsList) Size() int { return int(unsafe.Sizeof(*l)) }

// Count returns the number of documents. The interface has no error: PostingsList has checked
// the list.
func (l *postingsList) Count() uint64 {
	if l.except == nil || l.except.IsEmpty() {
		return uint64(l.term.Documents)
	}
	docs, err := l.documents()
	if err != nil {
		return uint64(l.term.Documents)
	}
	return docs.GetCardinality()
}

// documents returns the documents without those to leave out.
func (l *postingsList) documents() (*roaring.Bitmap, error) {
	docs, err := l.term.AppendDocs(make([]uint32, 0, l.term.Documents), &segment.Cursor{})
	if err != nil {
		return nil, err
	}
	set := roaring.BitmapOf(docs...)
	if l.except != nil {
		set.AndNot(l.except)
	}
	return set, nil
}

func (l *postingsList) Iterator(
	frequency, norm, _ bool, before segmentapi.PostingsIterator,
) segmentapi.PostingsIterator {
	it, ok := before.(*postingsIterator)
	if !ok {
		it = &postingsIterator{}
	}
	it.list, it.frequency, it.norm = *l, frequency, norm
	it.docs, it.at, it.actual, it.only = nil, 0, nil, nil
	it.err = it.cursor.Reset(l.term)
	return it
}

// postingsIterator implements segmentapi.PostingsIterator and OptimizablePostingsIterator.
type postingsIterator struct {
	noStatistics
	list            postingsList
	frequency, norm bool
	cursor          segment.Cursor
	docs            []uint32 // the block
	at              int      // in docs, of the next one
	actual          *roaring.Bitmap
	only            roaring.IntPeekable // over what bleve left of actual; nil for all
	posting         foundPosting
	err             error
}

func (it *postingsIterator) Size() int { return int(unsafe.Sizeof(*it)) }

// Next implements segmentapi.PostingsIterator.
func (it *postingsIterator) Next() (segmentapi.Posting, error) { return it.Advance(0) }

// Advance implements segmentapi.PostingsIterator.
func (it *postingsIterator) Advance(number uint64) (segmentapi.Posting, error) {
	if it.err != nil || number > math.MaxUint32 {
		return nil, it.err
	}
	for {
		doc, ok := it.next(uint32(number))
		if !ok {
			return nil, it.err
		}
		if it.list.except == nil || !it.list.except.Contains(doc) {
			return it.current(doc)
		}
	}
}

// next returns the next document from number on.
func (it *postingsIterator) next(number uint32) (doc uint32, ok bool) {
	if it.only != nil {
		it.only.AdvanceIfNeeded(number)
		if !it.only.HasNext() {
			return 0, false
		}
		number = it.only.Next()
	}
	for it.at < len(it.docs) && it.docs[it.at] < number {
		it.at++
	}
	for it.at == len(it.docs) {
		if len(it.docs) > 0 && number <= it.docs[len(it.docs)-1] {
			it.docs, it.err = it.cursor.Next() // Seek would return this block again
		} else {
			it.docs, it.err = it.cursor.Seek(number)
		}
		if it.err != nil || len(it.docs) == 0 {
			it.docs, it.at = nil, 0
			return 0, false
		}
		for it.at = 0; it.at < len(it.docs) && it.docs[it.at] < number; it.at++ {
		}
	}
	it.at++
	return it.docs[it.at-1], true
}

func (it *postingsIterator) current(doc uint32) (segmentapi.Posting, error) {
	it.posting = foundPosting{doc: doc, frequency: 1}
	if it.frequency {
		frequencies, err := it.cursor.Frequencies()
		if err != nil {
			return nil, err
		}
		it.posting.frequency = frequencies[it.at-1]
	}
	if it.norm {
		length, err := it.list.field.Length(doc)
		if err != nil {
			return nil, err
		}
		it.posting.length = length
	}
	return &it.posting, nil
}

// ActualBitmap returns the documents, for bleve to combine with others; nil if DocNum1Hit has
// the only one. An error is kept for Next.
func (it *postingsIterator) ActualBitmap() *roaring.Bitmap {
	if _, one := it.DocNum1Hit(); one {
		return nil
	}
	if it.actual == nil {
		if it.actual, it.err = it.list.documents(); it.err != nil {
			return nil
		}
	}
	return it.actual
}

// DocNum1Hit returns the document, if there is only one.
func (it *postingsIterator) DocNum1Hit() (uint64, bool) {
	doc, _, one := it.list.term.Single()
	if one && it.list.except != nil && it.list.except.Contains(doc) {
		return 0, false
	}
	return uint64(doc), one
}

// ReplaceActual leaves only some of the documents of ActualBitmap.
func (it *postingsIterator) ReplaceActual(only *roaring.Bitmap) {
	it.actual, it.only = only, only.Iterator()
}

// ResetIterator moves the iterator before the first document again.
func (it *postingsIterator) ResetIterator() {
	it.docs, it.at = nil, 0
	it.err = it.cursor.Reset(it.list.term)
	if it.only != nil {
		it.only = it.actual.Iterator()
	}
}

// foundPosting implements segmentapi.Posting.
type foundPosting struct {
	doc       uint32
	frequency uint16
	length    uint32 // of the document in the field
}

func (p *foundPosting) Number() uint64                   { return uint64(p.doc) }
func (p *foundPosting) Frequency() uint64                { return uint64(p.frequency) }
func (p *foundPosting) Locations() []segmentapi.Location { return nil }
func (p *foundPosting) Size() int                        { return int(unsafe.Sizeof(*p)) }

// Norm returns what bleve's formulas take for the length.
func (p *foundPosting) Norm() float64 { return float64(float32(1 / math.Sqrt(float64(p.length)))) }

package scorchplugin

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	segmentapi "github.com/blevesearch/scorch_segment_api/v2"

	"xunwen/internal/segment"
)

// dropped is the new number of a document that a merge dropped.
const dropped = math.MaxUint64

// MergeUsing writes the documents of segments that are not in drops to a new file. It returns
// by segment and document the new number, and the size of the file.
func (plugin) MergeUsing(
	segments []segmentapi.Segment, drops []*roaring.Bitmap, path string,
	closed chan struct{}, _ segmentapi.StatsReporter, _ map[string]any,
) (numbers [][]uint64, size uint64, err error) {
	m := merge{closed: closed}
	for i, s := range segments {
		r, err := readerOf(s)
		if err != nil {
			return nil, 0, err
		}
		m.inputs = append(m.inputs, newMergeInput(r, i, drops[i]))
	}
	if err := m.number(); err != nil {
		return nil, 0, err
	}
	if err := m.write(path); err != nil {
		os.Remove(path)
		if errors.Is(err, segmentapi.ErrClosed) {
			err = segmentapi.ErrClosed // scorch compares it with ==
		}
		return nil, 0, err
	}
	for _, in := range m.inputs {
		numbers = append(numbers, in.newNumbers())
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, err
	}
	return numbers, uint64(info.Size()), nil
}

func readerOf(s segmentapi.Segment) (*segment.Segment, error) {
	switch s := s.(type) {
	case *Segment:
		return s.file, nil
	case *memorySegment:
		return s.file, nil
	}
	return nil, fmt.Errorf("merging a %T: not a segment of type %s", s, Type)
}

// mergeInput is a segment of a merge.
type mergeInput struct {
	file    *segment.Segment
	place   int      // among the inputs
	numbers []uint32 // the new ones by document; noNumber if it is dropped
}

// noNumber marks a document that is dropped.
const noNumber = math.MaxUint32

func newMergeInput(file *segment.Segment, place int, drops *roaring.Bitmap) *mergeInput {
	in := &mergeInput{file: file, place: place, numbers: make([]uint32, file.Documents())}
	if drops != nil {
		for it := drops.Iterator(); it.HasNext(); {
			if doc := it.Next(); int(doc) < len(in.numbers) {
				in.numbers[doc] = noNumber
			}
		}
	}
	return in
}

// newNumbers returns the new numbers as bleve wants them.
func (in *mergeInput) newNumbers() []uint64 {
	out := make([]uint64, len(in.numbers))
	for doc, n := range in.numbers {
		if out[doc] = uint64(n); n == noNumber {
			out[doc] = dropped
		}
	}
	return out
}

// merge writes the documents of inputs in the order of their ids.
type merge struct {
	inputs    []*mergeInput
	documents uint32
	closed    chan struct{}
}

// heads returns the first terms of a field.
func (m *merge) heads(field string) (mergeHeads, error) {
	var heads mergeHeads
	for _, in := range m.inputs {
		if err := heads.push(in, in.file.Field(field).Terms("", "")); err != nil {
			return nil, err
		}
	}
	return heads, nil
}

// number numbers the documents by their ids.
func (m *merge) number() error {
	heads, err := m.heads(idField)
	if err != nil {
		return err
	}
	for len(heads) > 0 {
		h := heads[0]
		if h.docs, err = h.terms.Term().AppendDocs(h.docs[:0], &h.cursor); err != nil {
			return err
		}
		for _, doc := range h.docs {
			if h.in.numbers[doc] != noNumber {
				h.in.numbers[doc] = m.documents
				m.documents++
			}
		}
		if err := heads.next(); err != nil {
			return err
		}
	}
	return nil
}

func (m *merge) write(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	w := segment.NewWriter(f, m.documents)
	for _, name := range m.fields() {
		if err := m.field(w, name); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	err = w.Close()
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

func (m *merge) fields() []string {
	var names []string
	for _, in := range m.inputs {
		for _, f := range in.file.Fields() {
			names = append(names, f.Name())
		}
	}
	slices.SortFunc(names, compareFields)
	return slices.Compact(names)
}

// field merges a field.
func (m *merge) field(w *segment.Writer, name string) error {
	options := segment.FieldOptions{Inverse: name == idField}
	var err error
	if options.Lengths, err = m.lengths(name); err != nil {
		return err
	}
	for _, in := range m.inputs {
		options.Frequencies = options.Frequencies || in.file.Field(name).HasFrequencies()
	}
	heads, err := m.heads(name)
	if err != nil {
		return err
	}
	w.StartField(name, options)
	var term []byte
	var list postings
	for len(heads) > 0 {
		select {
		case <-m.closed:
			return segmentapi.ErrClosed
		default:
		}
		term = append(term[:0], heads[0].terms.Bytes()...)
		list.reset()
		for len(heads) > 0 && bytes.Equal(heads[0].terms.Bytes(), term) {
			if err := heads[0].append(&list); err != nil {
				return err
			}
			if err := heads.next(); err != nil {
				return err
			}
		}
		if list.sort(); len(list.docs) > 0 {
			if err := w.Term(term, list.docs, list.frequencies); err != nil {
				return err
			}
		}
	}
	return w.EndField()
}

// lengths returns the lengths of all documents in a field, nil if they are all 1.
func (m *merge) lengths(name string) ([]uint32, error) {
	ones := true
	out := make([]uint32, m.documents)
	for _, in := range m.inputs {
		f := in.file.Field(name)
		for doc, number := range in.numbers {
			if number == noNumber {
				continue
			}
			n, err := f.Length(uint32(doc))
			if err != nil {
				return nil, err
			}
			ones = ones && n == 1
			out[number] = n
		}
	}
	if ones {
		return nil, nil
	}
	return out, nil
}

package segment

import (
	"encoding/binary"
	"errors"
	"fmt"

	"xunwen/internal/pagefile"
)

// Segment is an open file. It is safe for concurrent use.
type Segment struct {
	pages     *pagefile.File
	documents uint32
	fields    []*Field
	byName    map[string]*Field
}

// format is the format of the file. The last byte of the magic number is the version.
var format = pagefile.Format{Magic: "XWSEG\x00\x00\x02", Trailer: "XWSE", Damaged: ErrDamaged}

// ErrDamaged is wrapped by the errors for content that can't be right.
var ErrDamaged = errors.New("damaged segment")

// Open opens a file. It reads its table and the indexes of its term dictionaries. What can't
// be right is an ErrDamaged, wrapped.
func Open(path string) (*Segment, error) {
	p, documents, table, err := pagefile.Open(path, format)
	if err != nil {
		return nil, err
	}
	s, err := newSegment(p, documents, table)
	if err != nil {
		p.Close() // the file is read only
		return nil, err
	}
	return s, nil
}

// Parse opens a file that is in memory. name is for errors.
func Parse(name string, data []byte) (*Segment, error) {
	p, documents, table, err := pagefile.Parse(name, data, format)
	if err != nil {
		return nil, err
	}
	return newSegment(p, documents, table)
}

func newSegment(p *pagefile.File, documents uint32, table []byte) (*Segment, error) {
	infos, err := readTable(table, documents, p.End())
	if err != nil {
		return nil, p.Damaged("%w", err)
	}
	s := &Segment{pages: p, documents: documents, byName: make(map[string]*Field, len(infos))}
	for _, info := range infos {
		f := &Field{fieldInfo: info, pages: p, documents: documents}
		index, err := p.Bytes(info.index.off, info.index.size)
		if err != nil {
			return nil, err
		}
		for n := 2; n <= maxSparse; n++ {
			f.sparse[n] = uint8(sparseSize(documents, n))
		}
		if n := info.termBlocks(); !info.has(flagNumbered) {
			f.keys, f.offsets = index[:8*n], index[8*n:]
		} else if err := f.readGroups(); err != nil {
			return nil, err
		}
		if s.byName[info.name] != nil {
			return nil, p.Damaged("it has two fields %q", info.name)
		}
		s.fields, s.byName[info.name] = append(s.fields, f), f
	}
	return s, nil
}

// Close unmaps the file. Nothing that was read from it may be used afterwards.
func (s *Segment) Close() error { return s.pages.Close() }

// Path returns the name of the file.
func (s *Segment) Path() string { return s.pages.Name() }

// Documents returns the number of documents.
func (s *Segment) Documents() uint32 { return s.documents }

// Size returns the size of the file in bytes.
func (s *Segment) Size() int { return len(s.pages.Data()) }

// Bytes returns the file.
func (s *Segment) Bytes() []byte { return s.pages.Data() }

// Fields returns the fields in the order in which they were written.
func (s *Segment) Fields() []*Field { return s.fields }

// Field returns a field. If there is none of that name, it is one without terms.
func (s *Segment) Field(name string) *Field {
	if f := s.byName[name]; f != nil {
		return f
	}
	return &Field{fieldInfo: fieldInfo{name: name}, pages: s.pages, documents: s.documents}
}

// Check compares the checksums of all pages.
func (s *Segment) Check() error { return s.pages.CheckAll() }

// Check compares the checksums of the pages of the term's posting list.
func (t Term) Check() error {
	lists := t.field.lists
	if t.list.off > lists.size || t.list.size > lists.size-t.list.off {
		return t.field.pages.Damaged("the list of term %d of %q is outside of its section", t.Ordinal, t.field.name)
	}
	return t.field.pages.Check(lists.off+t.list.off, t.list.size)
}

// TermOf returns the term of a document in a field with FieldOptions.Inverse.
func (f *Field) TermOf(doc uint32) ([]byte, error) {
	if doc >= f.documents || !f.has(flagInverse) {
		return nil, fmt.Errorf("%s: document %d of %d has no term in %q", f.pages.Name(), doc, f.documents, f.name)
	}
	if f.has(flagNumbered) {
		return f.appendNumbered(nil, doc), nil
	}
	ordinal := doc
	if !f.has(flagOrdered) {
		b, err := f.pages.Bytes(f.inverse.off+4*uint64(doc), 4)
		if err != nil {
			return nil, err
		}
		ordinal = binary.LittleEndian.Uint32(b)
	}
	if uint64(ordinal) >= f.terms {
		return nil, f.pages.Damaged("document %d has the term %d of %d in %q", doc, ordinal, f.terms, f.name)
	}
	it := TermIterator{field: f, block: int(ordinal / termsPerBlock)}
	for range ordinal%termsPerBlock + 1 {
		if !it.Next() {
			return nil, it.err
		}
	}
	return it.bytes, nil
}

// Length returns the length of a document in the field, as FieldOptions.Lengths had it.
func (f *Field) Length(doc uint32) (uint32, error) {
	width := uint64(f.lengthWidth)
	if width == 0 || doc >= f.documents {
		return f.length, nil
	}
	b, err := f.pages.Bytes(f.lengths.off+width*uint64(doc), width)
	if err != nil {
		return 0, err
	}
	n := uint32(0)
	for i, v := range b {
		n |= uint32(v) << (8 * i)
	}
	return n, nil
}

// Sizes returns how many bytes of the file a field takes: its term dictionary, its posting
// lists, and the rest.
func (f *Field) Sizes() (dictionary, lists, rest uint64) {
	return f.blocks.size + f.index.size, f.lists.size, f.inverse.size + f.lengths.size
}

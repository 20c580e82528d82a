package segment

import (
	"encoding/binary"
	"fmt"
)

// section is a range of a file.
type section struct{ off, size uint64 }

// fieldInfo describes a field in the table.
type fieldInfo struct {
	name        string
	flags       uint64
	terms       uint64
	postings    uint64
	length      uint32 // of every document, if no section has the lengths
	lengthWidth uint32 // bytes of a length in its section: 1, 2 or 4

	blocks, index, lists section // the dictionary's blocks, their index, the posting lists
	inverse              section // by document, the ordinal of its term; or groups
	lengths              section // by document
}

// Flags of a field.
const (
	flagFrequencies = 1 << iota
	flagSummaries   // lists of 128 postings or more begin with a summary
	flagInverse     // each document has one term
	flagOrdered     // that of document i is the term i, so there is no section
	flagNumbered    // terms are pairs of numbers (numbered.go), and there are no blocks
)

func (f *fieldInfo) has(flag uint64) bool { return f.flags&flag != 0 }

func (f *fieldInfo) sections() []*section {
	return []*section{&f.blocks, &f.index, &f.lists, &f.inverse, &f.lengths}
}

// maxFields bounds the fields of a file.
const maxFields = 1 << 12

// leastField is the least size of a field in the table: of integers, each at least a byte.
const leastField = 1 + 5 + 2*5

func appendTable(to []byte, fields []fieldInfo) []byte {
	to = binary.AppendUvarint(to, uint64(len(fields)))
	for i := range fields {
		f := &fields[i]
		to = binary.AppendUvarint(to, uint64(len(f.name)))
		to = append(to, f.name...)
		for _, v := range []uint64{f.flags, f.terms, f.postings, uint64(f.length), uint64(f.lengthWidth)} {
			to = binary.AppendUvarint(to, v)
		}
		for _, s := range f.sections() {
			to = binary.AppendUvarint(to, s.off)
			to = binary.AppendUvarint(to, s.size)
		}
	}
	return to
}

// readTable reads what appendTable wrote. All sections end before end.
func readTable(src []byte, documents uint32, end uint64) ([]fieldInfo, error) {
	r := varintReader{src: src}
	n := r.uvarint()
	if n > min(maxFields, uint64(len(src))/leastField) {
		return nil, fmt.Errorf("its table has %d fields", n)
	}
	fields := make([]fieldInfo, 0, n)
	for range n {
		f := fieldInfo{name: string(r.bytes(r.uvarint()))}
		f.flags, f.terms, f.postings = r.uvarint(), r.uvarint(), r.uvarint()
		f.length, f.lengthWidth = r.uint32(), r.uint32()
		for _, s := range f.sections() {
			s.off, s.size = r.uvarint(), r.uvarint()
			if s.off > end || s.size > end-s.off {
				return nil, fmt.Errorf("a section of the field %q is outside of the file", f.name)
			}
		}
		if r.failed {
			break
		}
		if err := f.check(documents); err != nil {
			return nil, fmt.Errorf("the field %q: %w", f.name, err)
		}
		fields = append(fields, f)
	}
	if r.failed || r.at != len(src) {
		return nil, fmt.Errorf("its table of %d bytes is invalid", len(src))
	}
	return fields, nil
}

// check compares the sizes of sections with the counts.
func (f *fieldInfo) check(documents uint32) error {
	blocks := f.termBlocks()
	switch {
	case f.lengths.size != uint64(documents)*uint64(f.lengthWidth), f.lengthWidth == 3, f.lengthWidth > 4:
		return fmt.Errorf("its lengths have %d bytes", f.lengths.size)
	case f.has(flagNumbered):
		return f.checkNumbered(documents)
	case f.terms > f.blocks.size || f.postings/max(f.terms, 1) > uint64(documents):
		return fmt.Errorf("%d terms with %d postings are impossible", f.terms, f.postings)
	case f.index.size != blocks*indexEntry:
		return fmt.Errorf("its index has %d bytes, want %d", f.index.size, blocks*indexEntry)
	case f.has(flagInverse) && !f.has(flagOrdered) && f.inverse.size != uint64(documents)*4,
		f.has(flagOrdered) && f.terms != uint64(documents):
		return fmt.Errorf("%d documents don't have one term each", documents)
	}
	return nil
}

func (f *fieldInfo) termBlocks() uint64 { return (f.terms + termsPerBlock - 1) / termsPerBlock }

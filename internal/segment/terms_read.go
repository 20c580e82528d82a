package segment

import (
	"encoding/binary"
	"sort"

	"xunwen/internal/pagefile"
)

// Field is a field of a Segment. It is safe for concurrent use.
type Field struct {
	fieldInfo
	pages     *pagefile.File
	documents uint32
	keys      []byte // the first part of the index
	offsets   []byte // its second
}

// Name returns the name.
func (f *Field) Name() string { return f.name }

// Len returns the number of terms.
func (f *Field) Len() int { return int(f.terms) }

// Postings returns the number of postings of all terms.
func (f *Field) Postings() int { return int(f.postings) }

// HasFrequencies reports whether postings have a frequency; it is 1 in others.
func (f *Field) HasFrequencies() bool { return f.has(flagFrequencies) }

// Term is what the dictionary says about a term.
type Term struct {
	field     *Field
	Ordinal   int // in byte order
	Documents int // that have it
	doc       uint32
	frequency uint16  // in doc, if that is the only document
	list      section // in the field's lists, if there are more
}

// Single returns the only document of a term that is in one.
func (t Term) Single() (doc uint32, frequency uint16, ok bool) {
	return t.doc, t.frequency, t.Documents == 1
}

func (f *Field) key(block int) uint64 { return binary.LittleEndian.Uint64(f.keys[8*block:]) }

// block returns the bytes of a block.
func (f *Field) block(i int) ([]byte, error) {
	start, end := uint64(binary.LittleEndian.Uint32(f.offsets[4*i:])), f.blocks.size
	if 4*i+4 < len(f.offsets) {
		end = uint64(binary.LittleEndian.Uint32(f.offsets[4*i+4:]))
	}
	if start >= end || end > f.blocks.size {
		return nil, f.invalid(i)
	}
	return f.pages.Bytes(f.blocks.off+start, end-start)
}

func (f *Field) invalid(block int) error {
	return f.pages.Damaged("block %d of the terms of %q is invalid", block, f.name)
}

// find returns the block that term would be in: the last one that doesn't begin after it;
// -1 if all do.
func (f *Field) find(term string) (int, error) {
	key := sortKey(term)
	n := int(f.termBlocks())
	low, high := 0, n
	for low < high {
		if mid := int(uint(low+high) / 2); f.key(mid) <= key {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low == 0 || f.key(low-1) < key {
		return low - 1, nil
	}
	// Blocks that begin with the same 8 bytes.
	same := sort.Search(low, func(i int) bool { return f.key(i) >= key })
	var err error
	after := sort.Search(low-same, func(i int) bool {
		first, failed := f.first(same + i)
		if failed != nil {
			err = failed
		}
		return string(first) > term
	})
	return same + after - 1, err
}

// first returns the first term of a block.
func (f *Field) first(block int) ([]byte, error) {
	b, err := f.block(block)
	if err != nil {
		return nil, err
	}
	r := varintReader{src: b}
	r.uvarint()
	_, rest := r.termHeader()
	first := r.bytes(uint64(rest))
	if r.failed {
		return nil, f.invalid(block)
	}
	return first, nil
}

// termHeader reads how many bytes a term shares with the one before, and how many follow.
func (r *varintReader) termHeader() (shared, rest int) {
	b := int(r.byte())
	shared, rest = b>>4, b&nibble
	if shared == nibble {
		shared += int(min(r.uvarint(), MaxTerm))
	}
	if rest == nibble {
		rest += int(min(r.uvarint(), MaxTerm))
	}
	return shared, rest
}

// entry reads what follows the bytes of a term. list is where its list begins.
func (r *varintReader) entry(t *Term, list uint64) {
	v := r.uvarint()
	if v&1 == 0 {
		t.Documents, t.list = int(v>>1), section{list, r.uvarint()}
		// The last bound keeps a forged number from making somebody allocate memory.
		r.failed = r.failed || v>>1 < 2 || v>>1 > min(uint64(t.field.documents), t.list.size*BlockSize)
		return
	}
	number := v >> 2
	if t.field.has(flagInverse) {
		number = uint64(unzigzag(number) + int64(t.Ordinal))
	}
	t.Documents, t.doc, t.frequency, t.list = 1, uint32(number), 1, section{off: list}
	if v&2 != 0 {
		more := r.uvarint()
		t.frequency = uint16(more + 2)
		r.failed = r.failed || more > 1<<16-3
	}
	r.failed = r.failed || number >= uint64(t.field.documents)
}

// skipEntry is entry for a term that is not wanted. It returns the size of its list.
func (r *varintReader) skipEntry() uint64 {
	v := r.uvarint()
	if v&3 != 1 {
		size := r.uvarint()
		if v&1 == 0 {
			return size
		}
	}
	return 0
}

// Lookup finds a term. found is false if no document has it.
func (f *Field) Lookup(term string) (t Term, found bool, err error) {
	block, err := f.find(term)
	if err != nil || block < 0 {
		return Term{}, false, err
	}
	b, err := f.block(block)
	if err != nil {
		return Term{}, false, err
	}
	r := varintReader{src: b}
	list := r.uvarint()
	common := 0 // bytes that term shares with the last term that was read
	for i := range f.inBlock(block) {
		shared, rest := r.termHeader()
		bytes := r.bytes(uint64(rest))
		if shared < common {
			break // it is after term, as it differs earlier than the last one, which was before
		}
		if shared == common {
			more := sharedPrefix(bytes, term[common:])
			common += more
			if more == len(bytes) && common == len(term) {
				t = Term{field: f, Ordinal: block*termsPerBlock + i}
				r.entry(&t, list)
				found = !r.failed
				break
			}
			if more < len(bytes) && (common == len(term) || bytes[more] > term[common]) {
				break
			}
		}
		list += r.skipEntry()
		if r.failed {
			break
		}
	}
	if r.failed {
		return Term{}, false, f.invalid(block)
	}
	return t, found, nil
}

// inBlock is the number of terms of a block.
func (f *Field) inBlock(block int) int { return min(termsPerBlock, int(f.terms)-block*termsPerBlock) }

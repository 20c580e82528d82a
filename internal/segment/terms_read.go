package segment

import (
	"encoding/binary"
	"sort"

	"xunwen/internal/pagefile"
)

// Field is a field of a Segment. It is safe for concurrent use.
type Field struct {
	fieldInfo
	pages      *pagefile.File
	documents  uint32
	keys       []byte // the first part of the index
	offsets    []byte // its second
	groupCount int
	groups     []byte               // where they begin, if terms are numbered, and padding
	sparse     [maxSparse + 1]uint8 // sizes of sparse lists, by documents
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
	sparse    bool    // the list is sparse
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
	if f.has(flagNumbered) {
		n, _ := f.findNumbered(term)
		return n / termsPerBlock, nil
	}
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
	_, first := r.difference()
	if r.failed {
		return nil, f.invalid(block)
	}
	return first, nil
}

// distance returns how far the last character of the next term is after that of the one
// before, if only these differ; 0 otherwise.
func (r *varintReader) distance() int {
	if r.at >= len(r.src) || r.src[r.at] < nextCharacter {
		return 0
	}
	b := int(r.src[r.at])
	r.at++
	if b < laterCharacter {
		return b - nextCharacter + 1
	}
	return (b-laterCharacter)<<8 + int(r.byte()) + nearCharacters + 1
}

// difference returns how many bytes the next term shares with the one before, and the
// others. Its distance is 0.
func (r *varintReader) difference() (shared int, further []byte) {
	b := int(r.byte())
	shared, b = b/(many+1), b%(many+1)
	if shared >= many {
		shared = many + int(min(r.uvarint(), MaxTerm))
	}
	rest := uint64(b)
	if rest == many {
		rest += min(r.uvarint(), MaxTerm)
	}
	return shared, r.bytes(rest)
}

// entry reads what follows the bytes of a term. list is where its list begins.
func (r *varintReader) entry(t *Term, list uint64) {
	v := r.uvarint()
	number, documents := v>>2, uint64(t.field.documents)
	t.list = section{off: list}
	switch v & 3 {
	case 0:
		t.list.size = r.uvarint()
		// The last bound keeps a forged number from making somebody allocate memory.
		r.failed = r.failed || number < 2 || number > min(documents, t.list.size*BlockSize)
		t.Documents = int(number)
		return
	case 2:
		if number < 2 || number > min(documents, maxSparse) {
			r.failed = true
			return
		}
		t.Documents, t.sparse = int(number), true
		t.list.size = uint64(t.field.sparse[t.Documents])
		return
	}
	if t.field.has(flagInverse) {
		number = uint64(unzigzag(number) + int64(t.Ordinal))
	}
	t.Documents, t.doc, t.frequency = 1, uint32(number), 1
	if v&2 != 0 {
		more := r.uvarint()
		t.frequency = uint16(more + 2)
		r.failed = r.failed || more > 1<<16-3
	}
	r.failed = r.failed || number >= documents
}

// skipEntry is entry for a term of f that is not wanted. It returns the size of its list.
func (r *varintReader) skipEntry(f *Field) uint64 {
	switch v := r.uvarint(); v & 3 {
	case 0:
		return r.uvarint()
	case 2:
		return uint64(f.sparse[v>>2&maxSparse])
	case 3:
		r.uvarint()
	}
	return 0
}

// Lookup finds a term. found is false if no document has it.
func (f *Field) Lookup(term string) (t Term, found bool, err error) {
	if f.has(flagNumbered) {
		n, found := f.findNumbered(term)
		if !found {
			return Term{}, false, nil
		}
		return f.numbered(n), true, nil
	}
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
	s := search{term: term}
	for i := range f.inBlock(block) {
		var c int
		if d := r.distance(); d > 0 {
			c = s.compareCharacter(d)
		} else {
			c = s.compare(r.difference())
		}
		if r.failed || c < 0 {
			break
		}
		if c == 0 {
			t = Term{field: f, Ordinal: block*termsPerBlock + i}
			r.entry(&t, list)
			found = !r.failed
			break
		}
		list += r.skipEntry(f)
	}
	if r.failed {
		return Term{}, false, f.invalid(block)
	}
	return t, found, nil
}

// inBlock is the number of terms of a block.
func (f *Field) inBlock(block int) int { return min(termsPerBlock, int(f.terms)-block*termsPerBlock) }

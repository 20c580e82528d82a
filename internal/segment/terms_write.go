package segment

import (
	"encoding/binary"
	"errors"
)

// A term dictionary has blocks of 32 terms and an index.
//
//	block   where the lists of its terms begin, uvarint, then of each term
//	        4 bits    bytes shared with the term before it } 15: the rest
//	        4 bits    further bytes                        } as a uvarint
//	        uvarints  those of 15 or more, less 15
//	        bytes     the further bytes
//	        uvarint   in one document: its number times 4, plus 2 if its frequency is not 1,
//	                  plus 1; else the number of its documents times 2
//	          In a field with an inverse the number is its difference from that of the term,
//	          zigzag-encoded: 0 where terms and documents have the same order
//	        uvarint   in one document: its frequency, less 2, if it is not 1;
//	                  else the size of its list in bytes
//	index   of each block the first 8 bytes of its first term, big-endian, 0 where it ends;
//	        then of each block its offset, u32
const (
	termsPerBlock = 32
	indexEntry    = 12 // bytes of a block in the index
	nibble        = 15 // the value of 4 bits that says that a uvarint follows
)

// MaxTerm is the greatest length of a term in bytes.
const MaxTerm = 1 << 16

// termsWriter makes the dictionary of a field in memory.
type termsWriter struct {
	blocks  []byte
	keys    []byte // the index's first part
	offsets []byte // and its second
	last    []byte // term
	terms   uint64
	inverse bool
}

var errTooManyTerms = errors.New("the term dictionary of a field exceeds 4 GiB")

// begin appends a term whose list, if it has one, begins at an offset.
func (w *termsWriter) begin(term []byte, list uint64) error {
	shared := 0
	if w.terms%termsPerBlock == 0 {
		if uint64(len(w.blocks)) > 1<<32-1 {
			return errTooManyTerms
		}
		w.offsets = binary.LittleEndian.AppendUint32(w.offsets, uint32(len(w.blocks)))
		w.keys = binary.LittleEndian.AppendUint64(w.keys, sortKey(term))
		w.blocks = binary.AppendUvarint(w.blocks, list)
	} else {
		shared = sharedPrefix(w.last, term)
	}
	rest := len(term) - shared
	w.blocks = append(w.blocks, byte(min(shared, nibble))<<4|byte(min(rest, nibble)))
	if shared >= nibble {
		w.blocks = binary.AppendUvarint(w.blocks, uint64(shared-nibble))
	}
	if rest >= nibble {
		w.blocks = binary.AppendUvarint(w.blocks, uint64(rest-nibble))
	}
	w.blocks = append(w.blocks, term[shared:]...)
	w.last = append(w.last[:0], term...)
	w.terms++
	return nil
}

// single ends a term with one document.
func (w *termsWriter) single(doc uint32, frequency uint16) {
	number := uint64(doc)
	if w.inverse {
		number = zigzag(int64(doc) - int64(w.terms-1))
	}
	v := number<<2 | 1
	if frequency == 1 {
		w.blocks = binary.AppendUvarint(w.blocks, v)
		return
	}
	w.blocks = binary.AppendUvarint(w.blocks, v|2)
	w.blocks = binary.AppendUvarint(w.blocks, uint64(frequency-2))
}

// list ends a term with several documents and a list of size bytes.
func (w *termsWriter) list(documents, size int) {
	w.blocks = binary.AppendUvarint(w.blocks, uint64(documents)<<1)
	w.blocks = binary.AppendUvarint(w.blocks, uint64(size))
}

func zigzag(v int64) uint64   { return uint64(v)<<1 ^ uint64(v>>63) }
func unzigzag(v uint64) int64 { return int64(v>>1) ^ -int64(v&1) }

// sortKey returns the first 8 bytes of a term as a number that sorts like them.
func sortKey[T string | []byte](term T) uint64 {
	key := uint64(0)
	for i := range min(len(term), 8) {
		key |= uint64(term[i]) << (56 - 8*i)
	}
	return key
}

// sharedPrefix returns how many bytes a and b begin with.
func sharedPrefix[T string | []byte](a []byte, b T) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

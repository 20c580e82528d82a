package segment

import (
	"encoding/binary"
	"errors"
)

// A term dictionary has blocks of 32 terms and an index.
//
//	block   where the lists of its terms begin, uvarint, then of each term
//	        u8        how it differs from the term before: below
//	        bytes     that differ
//	        uvarint   4 times a number n, plus 0 to 3:
//	                  0, n documents; the size of the list follows, uvarint
//	                  1, document n is the only one, with frequency 1
//	                  2, n documents, all with frequency 1, in a sparse list
//	                  3, document n is the only one; its frequency less 2 follows, uvarint
//	          In a field with an inverse the number of a document is its difference from that
//	          of the term, zigzag-encoded: 0 where terms and documents have the same order
//	index   of each block the first 8 bytes of its first term, big-endian, 0 where it ends;
//	        then of each block its offset, u32
//
// How a term differs:
//
//	0 to 120    11 times the bytes shared with the term before, plus the number of further
//	            bytes; a number of 10 or more is 10, and the rest a uvarint
//	128 to 223  the last character, of three bytes in UTF-8, is 1 to 96 after that of the term
//	            before; everything else is the same
//	224 to 255  it is 97 or more after that; the rest is 256 times the number above 224, plus a
//	            further byte
const (
	termsPerBlock = 32
	indexEntry    = 12 // bytes of a block in the index
	many          = 10 // bytes, from which a uvarint says how many more

	nextCharacter  = 128 // the first value for a character after that of the term before
	laterCharacter = 224 // the first of those with a further byte
	nearCharacters = laterCharacter - nextCharacter
	laterDistance  = (256-laterCharacter)<<8 + nearCharacters // the greatest distance
)

// MaxTerm is the greatest length of a term in bytes.
const MaxTerm = 1 << 16

// termsWriter makes the dictionary of a field in memory.
type termsWriter struct {
	blocks  []byte
	keys    []byte // the index's first part
	offsets []byte // and its second
	last    []byte // term
	whole   bool   // last ends in a character that a reader knows
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
	w.difference(term, shared)
	w.last = append(w.last[:0], term...)
	w.terms++
	return nil
}

// difference appends how a term differs from the last one, with which it shares some bytes; 0
// for the first one of a block.
func (w *termsWriter) difference(term []byte, shared int) {
	before := len(w.last) - characterSize
	if w.whole && shared > 0 && len(term) == len(w.last) && shared >= before && isCharacter(term[before:]) {
		distance := character(term[before:]) - character(w.last[before:])
		if distance <= nearCharacters {
			w.blocks = append(w.blocks, byte(nextCharacter+distance-1))
			return
		}
		if distance -= nearCharacters + 1; distance < laterDistance-nearCharacters {
			w.blocks = append(w.blocks, byte(laterCharacter+distance>>8), byte(distance))
			return
		}
	}
	rest := len(term) - shared
	w.blocks = append(w.blocks, byte((many+1)*min(shared, many)+min(rest, many)))
	if shared >= many {
		w.blocks = binary.AppendUvarint(w.blocks, uint64(shared-many))
	}
	if rest >= many {
		w.blocks = binary.AppendUvarint(w.blocks, uint64(rest-many))
	}
	w.blocks = append(w.blocks, term[shared:]...)
	w.whole = rest >= characterSize && isCharacter(term[len(term)-characterSize:])
}

const (
	characterSize = 3      // of a character from U+0800 to U+FFFF in UTF-8
	lastCharacter = 0xFFFF // the last one of these
)

// isCharacter reports whether the first three bytes of b look like such a character.
func isCharacter[T string | []byte](b T) bool {
	return b[0]&0xF0 == 0xE0 && b[1]&0xC0 == 0x80 && b[2]&0xC0 == 0x80
}

// character returns the character that the first three bytes of b are.
func character[T string | []byte](b T) int {
	return int(b[0]&0x0F)<<12 | int(b[1]&0x3F)<<6 | int(b[2]&0x3F)
}

// appendCharacter is the inverse of character.
func appendCharacter(to []byte, c int) []byte {
	return append(to, 0xE0|byte(c>>12), 0x80|byte(c>>6&0x3F), 0x80|byte(c&0x3F))
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
	w.blocks = binary.AppendUvarint(w.blocks, uint64(documents)<<2)
	w.blocks = binary.AppendUvarint(w.blocks, uint64(size))
}

// sparse ends a term with a sparse list.
func (w *termsWriter) sparse(documents int) {
	w.blocks = binary.AppendUvarint(w.blocks, uint64(documents)<<2|2)
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

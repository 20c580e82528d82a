package segment

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
)

// A list has the postings of a term with two or more documents.
//
//	summary     only of lists of 128 postings or more in a field with summaries
//	skip table  only of lists of more than one block: the least size of a block in bytes, u16;
//	            of each the last document, packed; of each how much larger it is, u8
//	blocks      one that is smaller than a u8 can tell has zeros at the end

// summarized is the number of postings from which a list has a summary.
const summarized = 128

// Summary is what a list says about itself, so that nobody has to read it to know.
type Summary struct {
	Articles uint32 // with the term
}

func blocksOf(postings int) int { return (postings + BlockSize - 1) / BlockSize }

// lastWidth is the width of a last document in bits.
func lastWidth(documents uint32) uint { return bitLen(documents - 1) }

// skipTableSize is the size of the skip table of so many blocks.
func skipTableSize(blocks int, documents uint32) int {
	return 2 + packedSize(blocks, lastWidth(documents)) + blocks
}

// appendList appends the blocks of a list, with their skip table. documents are those of the
// file.
func appendList(to []byte, docs []uint32, frequencies []uint16, documents uint32) []byte {
	blocks := blocksOf(len(docs))
	if blocks == 1 {
		return appendBlock(to, docs, frequencies, -1)
	}
	table := len(to)
	to = append(to, make([]byte, skipTableSize(blocks, documents))...)
	last, sizes := make([]uint32, blocks), make([]int, blocks)
	base := int64(-1)
	for i := range blocks {
		start, end := i*BlockSize, min((i+1)*BlockSize, len(docs))
		var f []uint16
		if frequencies != nil {
			f = frequencies[start:end]
		}
		before := len(to)
		to = appendBlock(to, docs[start:end], f, base)
		sizes[i], last[i] = len(to)-before, docs[end-1]
		base = int64(last[i])
	}
	to = fillUp(to, sizes)
	least := slices.Min(sizes)
	head := binary.LittleEndian.AppendUint16(to[:table], uint16(least))
	head = appendPacked(head, last, lastWidth(documents))
	for _, size := range sizes {
		head = append(head, byte(size-least))
	}
	return to
}

// fillUp puts zeros behind blocks that are more than 255 bytes smaller than the largest. The
// blocks, of so many bytes, end to.
func fillUp(to []byte, sizes []int) []byte {
	at := len(to)
	for _, size := range sizes {
		at -= size
	}
	least := slices.Max(sizes) - math.MaxUint8
	for i, size := range sizes {
		if at += size; size < least {
			to = slices.Insert(to, at, make([]byte, least-size)...)
			at += least - size
			sizes[i] = least
		}
	}
	return to
}

func appendSummary(to []byte, s Summary) []byte {
	return binary.AppendUvarint(to, uint64(s.Articles))
}

// maxSummary is the greatest size of a summary in bytes.
const maxSummary = binary.MaxVarintLen32

// errSummary is what a summary returns that can't be one.
var errSummary = errors.New("the summary of a posting list is invalid")

// readSummary reads what appendSummary wrote, and returns its size.
func readSummary(src []byte) (s Summary, size int, err error) {
	r := varintReader{src: src}
	s.Articles = r.uint32()
	if r.failed {
		return Summary{}, 0, errSummary
	}
	return s, r.at, nil
}

// varintReader reads integers; after a failure, all are 0.
type varintReader struct {
	src    []byte
	at     int
	failed bool
}

func (r *varintReader) byte() byte {
	if r.failed || r.at >= len(r.src) {
		r.failed = true
		return 0
	}
	r.at++
	return r.src[r.at-1]
}

func (r *varintReader) uvarint() uint64 {
	if r.failed {
		return 0
	}
	if r.at < len(r.src) && r.src[r.at] < 0x80 {
		r.at++
		return uint64(r.src[r.at-1])
	}
	v, n := binary.Uvarint(r.src[r.at:])
	if n <= 0 {
		r.failed = true
		return 0
	}
	r.at += n
	return v
}

func (r *varintReader) uint32() uint32 {
	v := r.uvarint()
	if v > 1<<32-1 {
		r.failed = true
		return 0
	}
	return uint32(v)
}

// bytes returns the next n bytes.
func (r *varintReader) bytes(n uint64) []byte {
	if r.failed || n > uint64(len(r.src)-r.at) {
		r.failed = true
		return nil
	}
	b := r.src[r.at : r.at+int(n)]
	r.at += int(n)
	return b
}

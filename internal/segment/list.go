package segment

import (
	"encoding/binary"
	"errors"
)

// A list has the postings of a term with two or more documents.
//
//	summary     only of lists of 128 postings or more in a field with summaries
//	skip table  only of lists of more than one block: of each the last document, u32, then of
//	            each the size in bytes, u16
//	blocks
const skipEntry = 6 // bytes of a block in the skip table

// summarized is the number of postings from which a list has a summary.
const summarized = 128

// Summary is what a list says about itself, so that nobody has to read it to know.
type Summary struct {
	Articles uint32 // with the term
	// What bounds its scores in a document and in an article, from Frontier.Impacts.
	Document, Article []Impact
}

func blocksOf(postings int) int { return (postings + BlockSize - 1) / BlockSize }

// appendList appends the blocks of a list, with their skip table.
func appendList(to []byte, docs []uint32, frequencies []uint16) []byte {
	blocks := blocksOf(len(docs))
	last, sizes := len(to), len(to)+4*blocks
	if blocks > 1 {
		to = append(to, make([]byte, skipEntry*blocks)...)
	}
	base := int64(-1)
	for i := range blocks {
		end := min((i+1)*BlockSize, len(docs))
		block := docs[i*BlockSize : end]
		var f []uint16
		if frequencies != nil {
			f = frequencies[i*BlockSize : end]
		}
		start := len(to)
		to = appendBlock(to, block, f, base)
		base = int64(block[len(block)-1])
		if blocks > 1 {
			binary.LittleEndian.PutUint32(to[last+4*i:], uint32(base))
			binary.LittleEndian.PutUint16(to[sizes+2*i:], uint16(len(to)-start))
		}
	}
	return to
}

func appendSummary(to []byte, s *Summary) []byte {
	to = binary.AppendUvarint(to, uint64(s.Articles))
	for _, impacts := range [][]Impact{s.Document, s.Article} {
		to = append(to, byte(len(impacts)))
		for _, p := range impacts {
			to = binary.AppendUvarint(to, uint64(p.Frequency))
			to = binary.AppendUvarint(to, uint64(p.Length))
		}
	}
	return to
}

// maxSummary is the greatest size of a summary in bytes.
const maxSummary = binary.MaxVarintLen32 + 2*(1+maxImpacts*2*binary.MaxVarintLen32)

// errSummary is what a summary returns that can't be one.
var errSummary = errors.New("the summary of a posting list is invalid")

// readSummary reads what appendSummary wrote, and returns its size.
func readSummary(src []byte) (s Summary, size int, err error) {
	r := varintReader{src: src}
	s.Articles = r.uint32()
	for _, to := range []*[]Impact{&s.Document, &s.Article} {
		n := r.byte()
		if n > maxImpacts {
			return Summary{}, 0, errSummary
		}
		for range n {
			*to = append(*to, Impact{r.uint32(), r.uint32()})
		}
	}
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

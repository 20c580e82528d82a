package segment

import (
	"encoding/binary"
	"sort"
)

// Cursor reads the postings of a term, a block of up to 128 at a time:
//
//	err := c.Reset(term)
//	for docs, err := c.Next(); len(docs) > 0; docs, err = c.Next() { … c.Frequencies() … }
//
// It takes about 1 KB and is reused by Reset, so that reading allocates nothing. A Cursor must
// not be used by two goroutines at a time.
type Cursor struct {
	// Decoded counts blocks whose documents were decoded, on all terms.
	Decoded int

	term   Term
	blocks int
	block  int    // the next one
	base   int64  // the last document before it
	at     uint64 // where it begins, in the file
	end    uint64 // of the list
	last   []byte // of each block, if there is more than one: packed, and padding
	sizes  []byte // of each, how much larger it is than the smallest
	width  uint   // of a last document
	least  uint64 // bytes of a block

	docs        [BlockSize]uint32
	n           int // documents of the current block
	frequencies [BlockSize]uint16
	state       frequencyState
	packed      section // the frequencies of the current block
}

// frequencyState says what a Cursor knows about the frequencies of the current block.
type frequencyState uint8

const (
	known  frequencyState = iota // they are decoded
	ones                         // they are 1, and not written down yet
	unread                       // they are packed
)

// Reset moves the cursor before the first posting of a term.
func (c *Cursor) Reset(t Term) error {
	c.term, c.n, c.block, c.base, c.state = t, 0, 0, -1, ones
	c.last, c.sizes = nil, nil
	if t.Documents <= 1 {
		c.blocks = t.Documents
		return nil
	}
	f := t.field
	if t.list.off > f.lists.size || t.list.size > f.lists.size-t.list.off {
		return c.invalid()
	}
	c.blocks = blocksOf(t.Documents)
	c.at = f.lists.off + t.list.off
	c.end = c.at + t.list.size
	if t.sparse {
		return nil
	}
	if t.summarized() {
		_, size, err := t.summary()
		if err != nil {
			return err
		}
		c.at += uint64(size)
	}
	if c.blocks == 1 {
		return nil
	}
	size := uint64(skipTableSize(c.blocks, f.documents))
	if size > c.end-c.at {
		return c.invalid()
	}
	table, err := f.pages.Bytes(c.at, size)
	if err != nil {
		return err
	}
	c.least, c.width = uint64(binary.LittleEndian.Uint16(table)), lastWidth(f.documents)
	c.last, c.sizes = table[2:size+padding], table[int(size)-c.blocks:]
	c.at += size
	return nil
}

func (c *Cursor) invalid() error {
	return c.term.field.pages.Damaged("the posting list of term %d of %q is invalid", c.term.Ordinal, c.term.field.name)
}

// Next returns the documents of the next block, in ascending order; none at the end. They are
// valid until the next call of a method other than Frequencies.
func (c *Cursor) Next() ([]uint32, error) {
	if c.block >= c.blocks {
		c.n = 0
		return nil, nil
	}
	if c.term.Documents == 1 {
		c.block, c.n, c.state = 1, 1, known
		c.docs[0], c.frequencies[0] = c.term.doc, c.term.frequency
		return c.docs[:1], nil
	}
	c.Decoded++
	n := min(BlockSize, c.term.Documents-c.block*BlockSize)
	size := c.size()
	if size > c.end-c.at {
		return nil, c.invalid()
	}
	f := c.term.field
	src, err := f.pages.Bytes(c.at, size)
	if err != nil {
		return nil, err
	}
	if c.term.sparse {
		if !readSparse(&c.docs, n, src[:size+padding], f.documents) {
			return nil, c.invalid()
		}
		c.block, c.n, c.state, c.base = 1, n, ones, int64(c.docs[n-1])
		return c.docs[:n], nil
	}
	used, more, err := readDocs(&c.docs, n, src[:size+padding], int(size), c.base)
	if err != nil || c.docs[n-1] >= f.documents || c.last != nil && c.docs[n-1] != c.lastOf(c.block) {
		return nil, c.invalid()
	}
	c.state = ones
	if more {
		c.state, c.packed = unread, section{c.at + uint64(used), size - uint64(used)}
	}
	c.base = int64(c.docs[n-1])
	c.at += size
	c.block++
	c.n = n
	return c.docs[:n], nil
}

// size returns the size of the next block in bytes.
func (c *Cursor) size() uint64 {
	if c.sizes == nil {
		return c.end - c.at
	}
	return c.least + uint64(c.sizes[c.block])
}

// Frequencies returns the frequencies of the documents that Next or Seek returned.
func (c *Cursor) Frequencies() ([]uint16, error) {
	switch c.state {
	case ones:
		unpackOnes(&c.frequencies, c.n)
	case unread:
		src := c.term.field.pages.Data()[c.packed.off:][:c.packed.size+padding] // Next has checked the page
		if err := readFrequencies(&c.frequencies, c.n, src, int(c.packed.size)); err != nil {
			return nil, c.invalid()
		}
	}
	c.state = known
	return c.frequencies[:c.n], nil
}

// Seek returns the documents of the first block that ends at doc or after it: the current
// one, or a later one. Blocks between are skipped without reading them.
func (c *Cursor) Seek(doc uint32) ([]uint32, error) {
	if c.n > 0 && c.docs[c.n-1] >= doc {
		return c.docs[:c.n], nil
	}
	if c.last != nil && c.block < c.blocks && c.lastOf(c.block) < doc {
		c.skip(doc)
	}
	for {
		docs, err := c.Next()
		if err != nil || len(docs) == 0 || docs[len(docs)-1] >= doc {
			return docs, err
		}
	}
}

// lastOf returns the last document of a block.
func (c *Cursor) lastOf(block int) uint32 {
	return uint32(bitsAt(c.last, uint(block)*c.width) & (1<<c.width - 1))
}

// skip moves the cursor before the first block from the next on that ends at doc or after it,
// or to the end. It gallops, as that is often near.
func (c *Cursor) skip(doc uint32) {
	from, step := c.block, 1
	for from+step < c.blocks && c.lastOf(from+step) < doc {
		from += step
		step *= 2
	}
	end := min(from+step, c.blocks)
	from++ // the block there ends before doc
	to := from + sort.Search(end-from, func(i int) bool { return c.lastOf(from+i) >= doc })
	for ; c.block < to; c.block++ {
		c.at += c.size()
	}
	c.base = max(c.base, int64(c.lastOf(to-1)))
}

// summarized reports whether the list has a summary.
func (t Term) summarized() bool { return t.Documents >= summarized && t.field.has(flagSummaries) }

// Summary returns the summary of the list; ok is false if it has none.
func (t Term) Summary() (s Summary, ok bool, err error) {
	if !t.summarized() {
		return Summary{}, false, nil
	}
	s, _, err = t.summary()
	return s, err == nil, err
}

func (t Term) summary() (Summary, int, error) {
	lists := t.field.lists
	if t.list.off > lists.size || t.list.size > lists.size-t.list.off {
		return Summary{}, 0, t.field.pages.Damaged("%w", errSummary)
	}
	b, err := t.field.pages.Bytes(lists.off+t.list.off, min(t.list.size, maxSummary))
	if err != nil {
		return Summary{}, 0, err
	}
	s, size, err := readSummary(b)
	if err != nil {
		return Summary{}, 0, t.field.pages.Damaged("%w", err)
	}
	return s, size, nil
}

// AppendDocs appends the documents of the term. c may be the zero value.
func (t Term) AppendDocs(to []uint32, c *Cursor) ([]uint32, error) {
	if err := c.Reset(t); err != nil {
		return to, err
	}
	for {
		docs, err := c.Next()
		if err != nil || len(docs) == 0 {
			return to, err
		}
		to = append(to, docs...)
	}
}

// Append appends the postings of the term. c may be the zero value.
func (t Term) Append(docs []uint32, frequencies []uint16, c *Cursor) ([]uint32, []uint16, error) {
	if err := c.Reset(t); err != nil {
		return docs, frequencies, err
	}
	for {
		block, err := c.Next()
		if err != nil || len(block) == 0 {
			return docs, frequencies, err
		}
		f, err := c.Frequencies()
		if err != nil {
			return docs, frequencies, err
		}
		docs, frequencies = append(docs, block...), append(frequencies, f...)
	}
}

// Retain keeps, in place, those of docs that the term is in. docs are in ascending order. c
// may be the zero value.
func (t Term) Retain(docs []uint32, c *Cursor) ([]uint32, error) {
	if err := c.Reset(t); err != nil {
		return nil, err
	}
	var block []uint32
	kept, at := 0, 0
	for _, doc := range docs {
		if at == len(block) || block[len(block)-1] < doc {
			var err error
			if block, err = c.Seek(doc); err != nil {
				return nil, err
			}
			if len(block) == 0 {
				break
			}
			at = 0
		}
		for block[at] < doc {
			at++
		}
		if block[at] == doc {
			docs[kept] = doc
			kept++
		}
	}
	return docs[:kept], nil
}

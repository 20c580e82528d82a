package inversion

import "slices"

// entry is a posting before it is sorted: in its bits, from the highest, the number of its
// term, its document in the run and its frequency. So entries sort by term, then document.
type entry uint64

const (
	frequencyBits = 10
	documentBits  = 22

	// maxRunDocuments is the number of documents of a run, as many as an entry can tell
	// apart.
	maxRunDocuments = 1 << documentBits
	// manyTimes stands for this frequency and all higher ones, which are in a map.
	manyTimes = 1<<frequencyBits - 1
)

func newEntry(term, doc, frequency uint32) entry {
	return entry(term)<<(documentBits+frequencyBits) | entry(doc)<<frequencyBits | entry(frequency)
}

func (e entry) term() uint32      { return uint32(e >> (documentBits + frequencyBits)) }
func (e entry) doc() uint32       { return uint32(e>>frequencyBits) & (maxRunDocuments - 1) }
func (e entry) frequency() uint32 { return uint32(e) & manyTimes }

// blockEntries is how many entries are allocated at a time: 4 KB.
const blockEntries = 512

type block [blockEntries]entry

const blockBytes = 8 * blockEntries

// partition is a list of entries in blocks. The zero value is empty.
type partition struct {
	last *block
	left int // free entries of last
	full []*block
}

func (p *partition) len() int {
	if p.last == nil {
		return 0
	}
	return (len(p.full)+1)*blockEntries - p.left
}

// add appends an entry.
func (p *partition) add(e entry, blocks *blockPool) {
	if p.left == 0 {
		p.grow(blocks)
	}
	p.last[(blockEntries-p.left)%blockEntries] = e
	p.left--
}

func (p *partition) grow(blocks *blockPool) {
	if p.last != nil {
		p.full = append(p.full, p.last)
	}
	p.last, p.left = blocks.get(), blockEntries
}

// chunks yields the entries.
func (p *partition) chunks(yield func([]entry) bool) {
	for _, b := range p.full {
		if !yield(b[:]) {
			return
		}
	}
	if p.last != nil {
		yield(p.last[:blockEntries-p.left])
	}
}

// appendTo appends the entries to a slice.
func (p *partition) appendTo(to []entry) []entry {
	to = slices.Grow(to, p.len())
	for c := range p.chunks {
		to = append(to, c...)
	}
	return to
}

// blockPool keeps the blocks of a Worker for the next run.
type blockPool struct {
	free []*block
	used int64 // bytes of the blocks that are in use
}

// slabBlocks is how many blocks are allocated together.
const slabBlocks = 64

func (b *blockPool) get() *block {
	if len(b.free) == 0 {
		slab := make([]block, slabBlocks)
		for i := range slab {
			b.free = append(b.free, &slab[i])
		}
	}
	last := len(b.free) - 1
	out := b.free[last]
	b.free = b.free[:last]
	b.used += blockBytes
	return out
}

// take takes the blocks of a partition back and empties it.
func (b *blockPool) take(p *partition) {
	b.free = append(b.free, p.full...)
	b.used -= blockBytes * int64(len(p.full))
	if p.last != nil {
		b.free = append(b.free, p.last)
		b.used -= blockBytes
	}
	clear(p.full)
	*p = partition{full: p.full[:0]}
}

// sortShort sorts entries, whose documents ascend, by term: the numbers of terms differ in
// the low bits only. A radix sort is stable, so it needs to look at terms only.
func sortShort(entries, buffer []entry, bits uint) (sorted, free []entry) {
	const few = 192 // entries, for which comparing is faster
	if len(entries) < few {
		slices.Sort(entries)
		return entries, buffer
	}
	const digit = 11 // bits
	buffer = slices.Grow(buffer[:0], len(entries))[:len(entries)]
	for at := uint(0); at < bits; at += digit {
		var starts [1 << digit]uint32
		shift := documentBits + frequencyBits + at
		for _, e := range entries {
			starts[e>>shift&(1<<digit-1)]++
		}
		sum := uint32(0)
		for i, n := range starts {
			starts[i] = sum
			sum += n
		}
		for _, e := range entries {
			d := e >> shift & (1<<digit - 1)
			buffer[starts[d]] = e
			starts[d]++
		}
		entries, buffer = buffer, entries
	}
	return entries, buffer
}

// sortLong returns the entries of p in the order of numbered terms, and where those of each
// end.
func (p *partition) sortLong(terms []numberedTerm, buffer []entry) (sorted []entry, ends []uint32) {
	ends = make([]uint32, len(terms))
	for c := range p.chunks {
		for _, e := range c {
			ends[e.term()]++
		}
	}
	sum := uint32(0)
	for _, t := range terms {
		sum, ends[t.number] = sum+ends[t.number], sum
	}
	sorted = slices.Grow(buffer[:0], int(sum))[:sum]
	for c := range p.chunks {
		for _, e := range c {
			at := &ends[e.term()]
			sorted[*at] = e
			*at++
		}
	}
	return sorted, ends
}

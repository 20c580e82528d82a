package inversion

import (
	"iter"
	"slices"
)

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

const blockBytes = 8 * blockEntries

// partitions are lists of entries in blocks of a blockPool. What add needs of each list is
// small, so that all of it stays in the cache.
type partitions struct {
	next   []uint32   // by partition, where the next entry goes; a multiple of blockEntries if there is no room
	blocks [][]uint32 // by partition, the numbers of its blocks
}

func newPartitions(n int) partitions {
	return partitions{next: make([]uint32, n), blocks: make([][]uint32, n)}
}

// add appends an entry to a partition.
func (p *partitions) add(to uint32, e entry, pool *blockPool) {
	at := p.next[to]
	if at%blockEntries == 0 {
		n := pool.get()
		p.blocks[to] = append(p.blocks[to], n)
		at = n * blockEntries
	}
	pool.slabs[at/slabEntries][at%slabEntries] = e
	p.next[to] = at + 1
}

// chunks yields the entries of a partition.
func (p *partitions) chunks(of int, pool *blockPool) iter.Seq[[]entry] {
	return func(yield func([]entry) bool) {
		for i, n := range p.blocks[of] {
			b := pool.block(n)
			if i == len(p.blocks[of])-1 {
				b = b[:(p.next[of]-1)%blockEntries+1]
			}
			if !yield(b) {
				return
			}
		}
	}
}

// appendTo appends the entries of a partition to a slice.
func (p *partitions) appendTo(to []entry, of int, pool *blockPool) []entry {
	to = slices.Grow(to, blockEntries*len(p.blocks[of]))
	for c := range p.chunks(of, pool) {
		to = append(to, c...)
	}
	return to
}

// empty gives the blocks back.
func (p *partitions) empty(pool *blockPool) {
	for i, blocks := range p.blocks {
		pool.put(blocks)
		p.blocks[i] = blocks[:0]
	}
	clear(p.next)
}

// blockPool has the blocks of a Worker, which it keeps for the next run.
type blockPool struct {
	slabs []*slab
	free  []uint32 // numbers of blocks
	used  int64    // bytes of the blocks that are in use
}

// slabEntries is how many entries are allocated together.
const slabEntries = 64 * blockEntries

type slab [slabEntries]entry

// get returns the number of a block, that is how many blocks are before it.
func (b *blockPool) get() uint32 {
	if len(b.free) == 0 {
		const blocks = slabEntries / blockEntries
		first := uint32(len(b.slabs) * blocks)
		b.slabs = append(b.slabs, new(slab))
		for i := uint32(blocks); i > 0; i-- { // the first one is taken first
			b.free = append(b.free, first+i-1)
		}
	}
	last := len(b.free) - 1
	n := b.free[last]
	b.free = b.free[:last]
	b.used += blockBytes
	return n
}

func (b *blockPool) block(n uint32) []entry {
	at := n * blockEntries
	return b.slabs[at/slabEntries][at%slabEntries:][:blockEntries]
}

// put takes blocks back.
func (b *blockPool) put(blocks []uint32) {
	b.free = append(b.free, blocks...)
	b.used -= blockBytes * int64(len(blocks))
}

// sortShort sorts entries, whose documents ascend, by term: the numbers of terms differ in
// the low bits only. A radix sort is stable, so it needs to look at terms only.
func sortShort(entries, buffer []entry, bits uint) (sorted, free []entry) {
	const few = 192 // entries, for which comparing is faster
	if len(entries) < few {
		slices.Sort(entries)
		return entries, buffer
	}
	const digit = 12 // bits
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

// sortLong returns the entries of the first partition in the order of numbered terms, and
// where those of each end.
func (p *partitions) sortLong(terms []numberedTerm, buffer []entry, pool *blockPool) (sorted []entry, ends []uint32) {
	ends = make([]uint32, len(terms))
	for c := range p.chunks(0, pool) {
		for _, e := range c {
			ends[e.term()]++
		}
	}
	sum := uint32(0)
	for _, t := range terms {
		sum, ends[t.number] = sum+ends[t.number], sum
	}
	sorted = slices.Grow(buffer[:0], int(sum))[:sum]
	for c := range p.chunks(0, pool) {
		for _, e := range c {
			at := &ends[e.term()]
			sorted[*at] = e
			*at++
		}
	}
	return sorted, ends
}

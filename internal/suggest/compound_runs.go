package suggest

import "math/bits"

// runCounter counts the runs of the kept texts of miners, first those of two words, then those
// of three and of four. Which are frequent is found by distribution: the hashes of all runs are
// put into partitions that fit into the cache of a processor, and counted there.
type runCounter struct {
	chunks   []minedChunk
	frequent [maxCompoundWords + 1]bitFilter // by words; has the runs that occur leastMined times
}

// minedChunk is a part of the kept texts of a miner.
type minedChunk struct {
	miner        *Miner
	firstArticle uint32 // of the miner, by the order of all
	values       []uint32
}

func (c *minedChunk) words() *minedWords { return &c.miner.words }

// foundRun is a frequent run.
type foundRun struct {
	at    uint32 // of its last word in the first occurrence: the chunk, and the place in that
	words int
	count uint32
}

func newRunCounter(miners []*Miner) *runCounter {
	c := new(runCounter)
	first := uint32(0)
	for _, m := range miners {
		for _, values := range m.chunks {
			c.chunks = append(c.chunks, minedChunk{m, first, values})
		}
		first += m.article
	}
	return c
}

// count returns the runs that occur at least leastMined times.
func (c *runCounter) count() []foundRun {
	var all []foundRun
	for length := 2; length <= maxCompoundWords; length++ {
		found := c.countLength(length)
		c.frequent[length] = newBitFilter(len(found))
		for _, r := range found {
			c.frequent[length].add(c.hash(r))
		}
		all = append(all, found...)
	}
	return all
}

// runPartitions is the number of partitions. One of a sample of full size has about 10,000
// runs.
const (
	partitionBits = 11
	runPartitions = 1 << partitionBits
)

// runEntry is an occurrence of a run, by a part of its hash.
type runEntry struct{ hash, at uint32 }

// countLength returns the frequent runs of so many words, if those of fewer are known.
func (c *runCounter) countLength(length int) []foundRun {
	partitions := make([][]runEntry, runPartitions)
	for i := range c.chunks {
		w := runWindow{chunk: &c.chunks[i]}
		for k, v := range w.chunk.values {
			if w.push(v) && w.mayCount(length) && c.mayBeFrequent(&w, length) {
				h := mixHash(w.hashes[length])
				p := &partitions[h>>(64-partitionBits)]
				*p = append(*p, runEntry{uint32(h), uint32(i)<<chunkBits | uint32(k)})
			}
		}
	}
	var found []foundRun
	var t runTable
	for i, p := range partitions {
		t.reset(len(p))
		for _, e := range p {
			t.count(e)
		}
		for _, s := range t.slots {
			if s.count >= leastMined {
				found = append(found, foundRun{s.at, length, s.count})
			}
		}
		partitions[i] = nil
	}
	return found
}

// mayBeFrequent reports whether the parts of the run of the last words of w are frequent. Of
// those that end or begin with a stop word, a shorter part or none is counted.
func (c *runCounter) mayBeFrequent(w *runWindow, length int) bool {
	if length == 2 {
		return true
	}
	if s := w.words[length-2]; s.flags.mayBegin() && !c.frequent[length-1].has(w.hashes[length-1]) {
		return false
	}
	switch {
	case w.words[1].flags&isStopWord == 0:
		return c.frequent[length-1].has(w.before[length-1])
	case length == 4 && w.words[2].flags&isStopWord == 0:
		return c.frequent[2].has(w.beforeThat[2])
	}
	return true
}

// hash returns the hash of a run.
func (c *runCounter) hash(r foundRun) uint64 {
	h := uint64(0)
	chunk, values := c.values(r)
	for _, v := range values {
		h = appendHash(h, chunk.word(v))
	}
	return h
}

// values returns the words of a run in the kept texts.
func (c *runCounter) values(r foundRun) (*minedChunk, []uint32) {
	chunk := &c.chunks[r.at>>chunkBits]
	end := int(r.at&(chunkSize-1)) + 1
	return chunk, chunk.values[end-r.words : end]
}

// word returns the word of a value, which is no mark.
func (c *minedChunk) word(v uint32) *minedWord { return &c.miner.words.list[v&wordMask-firstWord] }

// runWindow is the last words of a text, those that a run may have.
type runWindow struct {
	chunk *minedChunk
	n     int                          // how many words there are
	words [maxCompoundWords]*minedWord // the last one first
	joint [maxCompoundWords]uint32     // their isJoint and isAfterDot
	ended bool                         // no run continues after the last word

	// The hashes of the last words, by their number, and what they were before.
	hashes, before, beforeThat [maxCompoundWords + 1]uint64
}

// push adds a value of the kept texts. It reports whether that is a word.
func (w *runWindow) push(v uint32) bool {
	if v&wordMask < firstWord {
		w.n, w.ended = 0, false
		return false
	}
	if w.ended {
		w.n, w.ended = 0, false
	}
	word := w.chunk.word(v)
	w.words = [maxCompoundWords]*minedWord{word, w.words[0], w.words[1], w.words[2]}
	w.joint = [maxCompoundWords]uint32{v &^ wordMask, w.joint[0], w.joint[1], w.joint[2]}
	w.beforeThat[2] = w.before[2]
	w.before = w.hashes
	for k := maxCompoundWords; k > 0; k-- {
		w.hashes[k] = appendHash(w.hashes[k-1], word)
	}
	w.ended = word.flags&isParticle != 0
	w.n = min(w.n+1, maxCompoundWords)
	return true
}

// mayCount reports whether the last words are a run that is counted: a run does not begin with
// a stop word, and only one of two words ends with one, if the first is no known word and may
// be incomplete: 碳中|和.
func (w *runWindow) mayCount(length int) bool {
	if w.n < length {
		return false
	}
	first, last := w.words[length-1].flags, w.words[0].flags
	if !first.mayBegin() || last&isStopWord != 0 && (length > 2 || first&isDictionaryWord != 0) {
		return false
	}
	runes := 0
	for _, word := range w.words[:length] {
		runes += int(word.runes)
	}
	return runes <= maxCompoundRunes
}

// runTable counts the runs of a partition: a hash table with linear probing.
type runTable struct {
	slots []runSlot
}

// runSlot is a run; its count is 0 if the slot is free.
type runSlot struct{ hash, at, count uint32 }

// reset empties the table and makes room for so many runs.
func (t *runTable) reset(runs int) {
	size := 1 << bits.Len(uint(2*runs))
	if size > cap(t.slots) {
		t.slots = make([]runSlot, size)
		return
	}
	t.slots = t.slots[:size]
	clear(t.slots)
}

func (t *runTable) count(e runEntry) {
	last := uint32(len(t.slots) - 1)
	for i := e.hash & last; ; i = (i + 1) & last {
		s := &t.slots[i]
		if s.count == 0 {
			*s = runSlot{e.hash, e.at, 1}
			return
		}
		if s.hash == e.hash {
			s.count++
			return
		}
	}
}

// bitFilter is a set of hashes that may have some more.
type bitFilter struct {
	bits  []uint64
	shift int
}

// newBitFilter returns a filter for so many hashes.
func newBitFilter(hashes int) bitFilter {
	const perHash = 8 // bits
	size := max(bits.Len(uint(perHash*hashes)), 6)
	return bitFilter{make([]uint64, 1<<size/64), 64 - size}
}

func (f *bitFilter) add(hash uint64) {
	bit := mixHash(hash) >> f.shift
	f.bits[bit/64] |= 1 << (bit % 64)
}

func (f *bitFilter) has(hash uint64) bool {
	bit := mixHash(hash) >> f.shift
	return f.bits[bit/64]>>(bit%64)&1 != 0
}

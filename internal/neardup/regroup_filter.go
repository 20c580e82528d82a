package neardup

import "math/bits"

// hashFilter is a set of hashes that is fast to ask for one that it doesn't have.
type hashFilter struct {
	bits  []uint64
	shift int
	all   map[uint32]bool
}

func newHashFilter(size int) hashFilter {
	width := min(max(bits.Len(uint(size))+6, 10), 26)
	return hashFilter{make([]uint64, 1<<width/64), 32 - width, make(map[uint32]bool, size)}
}

// slot spreads hashes: those of signatures are the least of many.
func (f *hashFilter) slot(hash uint32) uint32 { return hash * 0x9E3779B1 >> f.shift }

func (f *hashFilter) add(hash uint32) {
	at := f.slot(hash)
	f.bits[at/64] |= 1 << (at % 64)
	f.all[hash] = true
}

func (f *hashFilter) mayHave(hash uint32) bool {
	at := f.slot(hash)
	return f.bits[at/64]&(1<<(at%64)) != 0
}

func (f *hashFilter) has(hash uint32) bool { return f.all[hash] }

package analyzer

import (
	"hash/maphash"
	"iter"
	"slices"
)

// wordSet is a set of words. It keeps their hashes alone, 8 bytes each: of a million
// words one in 10^13 others is taken for one of them.
type wordSet struct {
	seed   maphash.Seed
	hashes []uint64 // sorted
}

// newWordSet returns the set of n words.
func newWordSet(words iter.Seq[string], n int) wordSet {
	s := wordSet{seed: maphash.MakeSeed(), hashes: make([]uint64, 0, n)}
	for word := range words {
		s.hashes = append(s.hashes, maphash.String(s.seed, word))
	}
	slices.Sort(s.hashes)
	return s
}

func (s wordSet) contains(word string) bool {
	_, found := slices.BinarySearch(s.hashes, maphash.String(s.seed, word))
	return found
}

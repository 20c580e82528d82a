package neardup

import "math/bits"

// shingleSet is a set of hashes of shingles with linear probing. They are hashes
// already, so that their last bits are a place. It is reused for one text after another.
type shingleSet struct {
	places  []uint64 // 0 is a free one
	hasZero bool
}

// reset empties the set and makes place for a number of hashes.
func (s *shingleSet) reset(hashes int) {
	size := 1 << bits.Len(uint(2*hashes)) // at most half of the places are taken
	if size > cap(s.places) {
		s.places = make([]uint64, size)
	}
	s.places = s.places[:size]
	clear(s.places)
	s.hasZero = false
}

// add adds a hash, and reports whether the set did not have it.
func (s *shingleSet) add(h uint64) bool {
	if h == 0 {
		had := s.hasZero
		s.hasZero = true
		return !had
	}
	last := uint64(len(s.places) - 1)
	for i := h & last; ; i = (i + 1) & last {
		switch s.places[i] {
		case 0:
			s.places[i] = h
			return true
		case h:
			return false
		}
	}
}

// count returns how many of different hashes are in the set.
func (s *shingleSet) count(hashes []uint64) int {
	n := 0
	last := uint64(len(s.places) - 1)
	for _, h := range hashes {
		if h == 0 {
			if s.hasZero {
				n++
			}
			continue
		}
		for i := h & last; s.places[i] != 0; i = (i + 1) & last {
			if s.places[i] == h {
				n++
				break
			}
		}
	}
	return n
}

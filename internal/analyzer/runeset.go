package analyzer

import (
	"iter"
	"math/bits"
	"unicode"
)

// runeSet is a set of runes, one bit each (136 KB).
type runeSet [(unicode.MaxRune + 64) / 64]uint64

func (s *runeSet) add(r rune) { s[r/64] |= 1 << (r % 64) }

func (s *runeSet) has(r rune) bool { return s[r/64]&(1<<(r%64)) != 0 }

// all yields the runes of the set in order.
func (s *runeSet) all() iter.Seq[rune] {
	return func(yield func(rune) bool) {
		for i, word := range s {
			for ; word != 0; word &= word - 1 {
				if !yield(rune(i*64 + bits.TrailingZeros64(word))) {
					return
				}
			}
		}
	}
}

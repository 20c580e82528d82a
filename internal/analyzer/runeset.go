package analyzer

import "unicode"

// runeSet is a set of runes, one bit each (136 KB).
type runeSet [(unicode.MaxRune + 64) / 64]uint64

func (s *runeSet) add(r rune) { s[r/64] |= 1 << (r % 64) }

func (s *runeSet) has(r rune) bool { return s[r/64]&(1<<(r%64)) != 0 }

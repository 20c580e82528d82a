package inversion

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"hash/maphash"
	"slices"
)

// table numbers terms from 0 in the order in which it gets them. It is a hash table with
// linear probing over one arena of bytes.
type table struct {
	seed  maphash.Seed
	slots []tableSlot
	arena []byte
	ends  []uint32 // by number, of the term in arena
}

type tableSlot struct{ hash, number uint32 } // number + 1; 0 is a free slot

const tableSize = 1 << 10 // slots at first

func newTable() table { return table{seed: maphash.MakeSeed(), slots: make([]tableSlot, tableSize)} }

// number returns the number of a term.
func (t *table) number(term string) uint32 {
	h := uint32(maphash.String(t.seed, term))
	for i := h & uint32(len(t.slots)-1); ; i = (i + 1) & uint32(len(t.slots)-1) {
		s := &t.slots[i]
		if s.number == 0 {
			t.arena = append(t.arena, term...)
			t.ends = append(t.ends, uint32(len(t.arena)))
			*s = tableSlot{h, uint32(len(t.ends))}
			if 2*len(t.ends) > len(t.slots) {
				t.grow()
			}
			return uint32(len(t.ends) - 1)
		}
		if s.hash == h && string(t.term(s.number-1)) == term {
			return s.number - 1
		}
	}
}

func (t *table) grow() {
	old := t.slots
	t.slots = make([]tableSlot, 2*len(old))
	for _, s := range old {
		if s.number == 0 {
			continue
		}
		i := s.hash & uint32(len(t.slots)-1)
		for t.slots[i].number != 0 {
			i = (i + 1) & uint32(len(t.slots)-1)
		}
		t.slots[i] = s
	}
}

// term returns the term with a number.
func (t *table) term(number uint32) []byte {
	start := uint32(0)
	if number > 0 {
		start = t.ends[number-1]
	}
	return t.arena[start:t.ends[number]]
}

// memory returns the bytes that the table takes, its order included.
func (t *table) memory() int64 {
	const slotSize, endSize, orderSize = 8, 4, 16
	return slotSize*int64(len(t.slots)) + int64(cap(t.arena)) + (endSize+orderSize)*int64(cap(t.ends))
}

// numberedTerm is a term with its first bytes as a number, which sorts like them.
type numberedTerm struct {
	prefix uint64
	number uint32
}

// sorted returns the numbers of all terms, by the bytes of the terms.
func (t *table) sorted() []numberedTerm {
	all := make([]numberedTerm, len(t.ends))
	for i := range all {
		all[i] = numberedTerm{prefixOf(t.term(uint32(i))), uint32(i)}
	}
	slices.SortFunc(all, func(a, b numberedTerm) int {
		if c := cmp.Compare(a.prefix, b.prefix); c != 0 {
			return c
		}
		return bytes.Compare(t.term(a.number), t.term(b.number))
	})
	return all
}

// reset forgets all terms.
func (t *table) reset() {
	const kept = 1 << 16 // slots
	if len(t.slots) > kept {
		*t = newTable()
		return
	}
	clear(t.slots)
	t.arena, t.ends = t.arena[:0], t.ends[:0]
}

// isBefore reports whether a term of the table sorts before another one.
func (t *table) isBefore(n numberedTerm, other []byte) bool {
	if p := prefixOf(other); n.prefix != p {
		return n.prefix < p
	}
	return bytes.Compare(t.term(n.number), other) < 0
}

// prefixOf returns the first bytes of a term as a number, which sorts like them.
func prefixOf(term []byte) uint64 {
	if len(term) >= 8 {
		return binary.BigEndian.Uint64(term)
	}
	var b [8]byte
	copy(b[:], term)
	return binary.BigEndian.Uint64(b[:])
}

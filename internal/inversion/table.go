package inversion

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"hash/maphash"
	"slices"
)

// table numbers terms from 0 in the order in which it gets them. It has two hash tables with
// linear probing over one arena of bytes: one that compares terms in the arena, and one for
// terms that are their own keys, as most are.
type table struct {
	seed  maphash.Seed
	slots []tableSlot
	used  int // slots
	keyed []keyedSlot
	keys  int // used slots of keyed

	arena []byte
	ends  []uint32 // by number, of the term in arena
}

// The numbers of slots are plus 1; 0 is a free slot.
type (
	tableSlot struct{ hash, number uint32 }
	keyedSlot struct {
		key    uint64 // never 0
		number uint32
	}
)

const tableSize = 1 << 6 // slots at first

func newTable() table {
	return table{seed: maphash.MakeSeed(), slots: make([]tableSlot, tableSize), keyed: make([]keyedSlot, tableSize)}
}

// number returns the number of a term without a key.
func (t *table) number(term string) uint32 {
	h := uint32(maphash.String(t.seed, term))
	for i := h; ; i++ {
		s := &t.slots[i&uint32(len(t.slots)-1)]
		if s.number == 0 {
			t.arena = append(t.arena, term...)
			*s = tableSlot{h, t.added() + 1}
			if t.used++; 2*t.used > len(t.slots) {
				t.grow()
			}
			return uint32(len(t.ends) - 1)
		}
		if s.hash == h && string(t.term(s.number-1)) == term {
			return s.number - 1
		}
	}
}

// added returns the number of the term that was added to the arena last.
func (t *table) added() uint32 {
	t.ends = append(t.ends, uint32(len(t.arena)))
	return uint32(len(t.ends) - 1)
}

func (t *table) grow() {
	old := t.slots
	t.slots = make([]tableSlot, 2*len(old))
	for _, s := range old {
		if s.number == 0 {
			continue
		}
		i := s.hash
		for t.slots[i&uint32(len(t.slots)-1)].number != 0 {
			i++
		}
		t.slots[i&uint32(len(t.slots)-1)] = s
	}
}

// numberKeys sets the numbers of at most maxKeyed terms. It reads the slots of all before it
// looks at what is in them, so that the processor waits for the memory of many at once.
func (t *table) numberKeys(terms []keyedTerm) {
	var first [maxKeyed]keyedSlot
	for i := range terms {
		first[i%maxKeyed] = t.keyed[hashOf(terms[i].key)&uint64(len(t.keyed)-1)]
	}
	for i := range terms {
		if s := &first[i%maxKeyed]; s.key == terms[i].key {
			terms[i].number = s.number - 1
		} else {
			terms[i].number = t.numberOfKey(terms[i].key)
		}
	}
}

// numberOfKey returns the number of a term with a key.
func (t *table) numberOfKey(key uint64) uint32 {
	for i := hashOf(key); ; i++ {
		s := &t.keyed[i&uint64(len(t.keyed)-1)]
		if s.number == 0 {
			t.arena = appendKey(t.arena, key)
			*s = keyedSlot{key, t.added() + 1}
			if t.keys++; 2*t.keys > len(t.keyed) {
				t.growKeyed()
			}
			return uint32(len(t.ends) - 1)
		}
		if s.key == key {
			return s.number - 1
		}
	}
}

// hashOf mixes the bits of a key: the high bits of the product depend on all.
func hashOf(key uint64) uint64 {
	const golden, high = 0x9E3779B97F4A7C15, 32 // Fibonacci hashing
	return key * golden >> high
}

func (t *table) growKeyed() {
	old := t.keyed
	t.keyed = make([]keyedSlot, 2*len(old))
	for _, s := range old {
		if s.number == 0 {
			continue
		}
		i := hashOf(s.key)
		for t.keyed[i&uint64(len(t.keyed)-1)].number != 0 {
			i++
		}
		t.keyed[i&uint64(len(t.keyed)-1)] = s
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
	const slotSize, keyedSize, endSize, orderSize = 8, 16, 4, 16
	return slotSize*int64(len(t.slots)) + keyedSize*int64(len(t.keyed)) + int64(cap(t.arena)) +
		(endSize+orderSize)*int64(cap(t.ends))
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
	if len(t.slots) > kept || len(t.keyed) > kept {
		*t = newTable()
		return
	}
	clear(t.slots)
	clear(t.keyed)
	t.used, t.keys, t.arena, t.ends = 0, 0, t.arena[:0], t.ends[:0]
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

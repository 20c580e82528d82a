package suggest

import (
	"math/bits"
	"unicode/utf8"
)

// trie finds which of many strings a text begins with, one character after the
// other. Its edges are in one hash table with linear probing.
type trie struct {
	list []string // sorted
	at   []int32  // by node: the index in list of the string that ends there, -1 for none

	root  []int32 // the node by the first character, of the basic plane
	edges []trieEdge
	shift int
}

// trieEdge leads from a node to another: key is the node and the character, plus 1.
type trieEdge struct {
	key uint64
	to  int32
}

const trieRoot = int32(0)

// newTrie returns a trie of strings, which are sorted.
func newTrie(list []string) *trie {
	runes := 0
	for _, s := range list {
		runes += utf8.RuneCountInString(s)
	}
	size := bits.Len(uint(2 * runes)) // at most half of the places are taken
	t := &trie{
		list: list, at: []int32{-1}, root: make([]int32, 1<<16), edges: make([]trieEdge, 1<<size), shift: 64 - size,
	}
	for i, s := range list {
		n := trieRoot
		for _, r := range s {
			e := t.edge(n, r)
			if e.key == 0 {
				*e = trieEdge{trieKey(n, r), int32(len(t.at))}
				t.at = append(t.at, -1)
			}
			n = e.to
		}
		t.at[n] = int32(i)
	}
	for r := range t.root {
		t.root[r] = -1
		if e := t.edge(trieRoot, rune(r)); e.key != 0 {
			t.root[r] = e.to
		}
	}
	return t
}

func trieKey(n int32, r rune) uint64 { return uint64(n)<<21 | uint64(r) + 1 }

// edge returns the edge from a node by a character, or the free place for it.
func (t *trie) edge(n int32, r rune) *trieEdge {
	const golden = 0x9E3779B97F4A7C15 // Fibonacci hashing
	key := trieKey(n, r)
	for i := key * golden >> t.shift; ; i++ {
		e := &t.edges[i&uint64(len(t.edges)-1)]
		if e.key == key || e.key == 0 {
			return e
		}
	}
}

// next returns the node after n by a character, -1 if there is none.
func (t *trie) next(n int32, r rune) int32 {
	if n == trieRoot && int(r) < len(t.root) {
		return t.root[r]
	}
	if e := t.edge(n, r); e.key != 0 {
		return e.to
	}
	return -1
}

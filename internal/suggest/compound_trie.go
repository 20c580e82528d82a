package suggest

import (
	"math/bits"
	"unicode/utf8"
)

// trie finds which of many strings a text has. Its edges are in one hash table with linear
// probing.
type trie struct {
	list []string // sorted

	root  []trieNode // by the first character, of the basic plane
	edges []trieEdge
	shift int
}

// trieNode is where an edge leads: to a node, if strings continue there, and to the string
// in list that ends there.
type trieNode struct {
	node int32 // its complement if no string continues there
	at   int32 // -1 for none
}

// trieEdge leads from a node to another: key is the node and the character, plus 1.
type trieEdge struct {
	key uint64
	trieNode
}

const trieRoot = int32(0)

// newTrie returns a trie of strings, which are sorted.
func newTrie(list []string) *trie {
	edges := 0
	previous := ""
	for _, s := range list {
		edges += utf8.RuneCountInString(s) - sharedRunes(previous, s)
		previous = s
	}
	size := bits.Len(uint(edges + edges/2)) // at most two thirds of the places are taken
	t := &trie{list: list, root: make([]trieNode, 1<<16), edges: make([]trieEdge, 1<<size), shift: 64 - size}
	nodes := trieRoot
	for i, s := range list {
		n := trieRoot
		var last *trieEdge
		for _, r := range s {
			if last != nil {
				n = max(last.node, ^last.node)
				last.node = n
			}
			last = t.edge(n, r)
			if last.key == 0 {
				nodes++
				*last = trieEdge{trieKey(n, r), trieNode{^nodes, -1}}
			}
		}
		if last != nil {
			last.at = int32(i)
		}
	}
	for r := range t.root {
		t.root[r] = t.edge(trieRoot, rune(r)).orNone()
	}
	return t
}

// sharedRunes counts the characters that two strings begin with.
func sharedRunes(a, b string) int {
	n := 0
	for i, r := range b {
		if i >= len(a) {
			break
		}
		if x, _ := utf8.DecodeRuneInString(a[i:]); x != r {
			break
		}
		n++
	}
	return n
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

// orNone returns where an edge leads, for a free place nowhere.
func (e *trieEdge) orNone() trieNode {
	if e.key == 0 {
		return trieNode{-1, -1}
	}
	return e.trieNode
}

// first returns where the first character of a string leads.
func (t *trie) first(r rune) trieNode {
	if int(r) < len(t.root) {
		return t.root[r]
	}
	return t.edge(trieRoot, r).orNone()
}

// occurrence is where a text has a string of a trie.
type occurrence struct {
	start, end int32 // characters
	s          int32 // in list
}

// finder finds the strings of tries in texts. It is for one goroutine.
type finder struct {
	runes   []rune
	starts  []int32 // of the characters in bytes, and the length of the text
	places  []triePlace
	matches []occurrence
}

// triePlace is a node that a text leads to from a start.
type triePlace struct{ start, node int32 }

// read reads a text.
func (f *finder) read(text string) {
	f.runes, f.starts = f.runes[:0], f.starts[:0]
	for i, r := range text {
		f.runes, f.starts = append(f.runes, r), append(f.starts, int32(i))
	}
	f.starts = append(f.starts, int32(len(text)))
}

// find returns all occurrences of the strings of t in the text, until the next call, those
// of a string in their order. It goes on at all places of the text at once, first to all
// second characters and so on: so that the processor waits for many of them at a time.
func (f *finder) find(t *trie) []occurrence {
	f.matches = f.matches[:0]
	places := f.places[:0]
	for i, r := range f.runes {
		n := t.first(r)
		if n.at >= 0 {
			f.matches = append(f.matches, occurrence{int32(i), int32(i) + 1, n.at})
		}
		if n.node > 0 {
			places = append(places, triePlace{int32(i), n.node})
		}
	}
	f.places = places
	for length := int32(1); len(places) > 0; length++ {
		further := places[:0]
		for _, p := range places {
			last := p.start + length
			if int(last) >= len(f.runes) {
				break
			}
			e := t.edge(p.node, f.runes[last])
			if e.key == 0 {
				continue
			}
			if e.at >= 0 {
				f.matches = append(f.matches, occurrence{p.start, last + 1, e.at})
			}
			if e.node > 0 {
				further = append(further, triePlace{p.start, e.node})
			}
		}
		places = further
	}
	return f.matches
}

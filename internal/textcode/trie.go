package textcode

import "unicode/utf8"

// trie finds the longest string that a text begins with. Its edges are characters.
type trie struct {
	near  []uint32 // the nodes after a character of the basic plane at the beginning
	edges []edge   // the others, by open addressing
	count int      // of edges
	shift uint
	nodes []uint32 // by node, 1 + the number of the string that ends there, 0 without one
	marks []uint64 // of all nodes, markBits each: they stay in the nearest cache
}

// Marks of a node.
const (
	isEnd    = 1 << iota // a string ends there
	hasNext              // further nodes follow
	markBits = 2
	perWord  = 64 / markBits // nodes
)

func (t *trie) mark(n uint32, m uint64) { t.marks[n/perWord] |= m << (n % perWord * markBits) }

// marksOf returns the marks of a node, and of others above them.
func (t *trie) marksOf(n uint32) uint64 { return t.marks[n/perWord] >> (n % perWord * markBits) }

// addNode makes a node and returns its number.
func (t *trie) addNode() uint32 {
	n := uint32(len(t.nodes))
	t.nodes = append(t.nodes, 0)
	if n%perWord == 0 {
		t.marks = append(t.marks, 0)
	}
	return n
}

// edge leads from a node by a character to another node: 21 bits each. No node is 0 but the
// root, to which none leads.
type edge uint64

const (
	none      = -1
	root      = 0
	edgeBits  = 21
	maxNodes  = 1 << edgeBits
	nearRunes = 1 << 16
)

// newTrie returns a trie with room for some nodes. Its table is filled to three quarters: what
// counts is that it stays in a near cache.
func newTrie(nodes int) *trie {
	t := &trie{near: make([]uint32, nearRunes), shift: 64 - 8, nodes: make([]uint32, 0, nodes+1)}
	t.addNode() // the root
	for nodes > 1<<(64-t.shift)/4*3 {
		t.shift--
	}
	t.edges = make([]edge, 1<<(64-t.shift))
	return t
}

// slot returns where the edge from a node by a character is, or would be.
func (t *trie) slot(from uint32, r rune) *edge {
	key := uint64(from)<<edgeBits | uint64(r)
	mask := uint64(len(t.edges) - 1)
	for i := key * 0x9E3779B97F4A7C15 >> t.shift; ; i++ {
		if e := &t.edges[i&mask]; *e == 0 || uint64(*e>>edgeBits) == key {
			return e
		}
	}
}

// next returns the node after a node and a character, root if there is none.
func (t *trie) next(from uint32, r rune) uint32 {
	if from == root && r < nearRunes {
		return t.near[r]
	}
	return uint32(*t.slot(from, r)) % maxNodes
}

// character returns the character that s, which is not empty, begins with, and its length; 0
// for a byte that begins none.
func character(s []byte) (r rune, size int) {
	c := s[0]
	if c < utf8.RuneSelf {
		return rune(c), 1
	}
	if c >= 0xE4 && c <= 0xE9 && len(s) > 2 && s[1]&0xC0 == 0x80 && s[2]&0xC0 == 0x80 {
		return rune(c&0x0F)<<12 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), 3
	}
	if r, size = utf8.DecodeRune(s); r == utf8.RuneError && size == 1 {
		return 0, 0
	}
	return r, size
}

// longest returns the number of the longest string that s begins with, and its length; none
// if there is none.
func (t *trie) longest(s []byte) (number int32, length int) {
	best, place := uint32(root), uint32(root)
	for at := 0; at < len(s); {
		r, size := character(s[at:])
		if size == 0 {
			break
		}
		if place = t.next(place, r); place == root {
			break
		}
		at += size
		marks := t.marksOf(place)
		if marks&isEnd != 0 {
			best, length = place, at
		}
		if marks&hasNext == 0 {
			break
		}
	}
	return int32(t.nodes[best]) - 1, length
}

// add gives a string of whole characters a number, if it has none. It returns its number, none
// if there is no room.
func (t *trie) add(s []byte, number int32) int32 {
	from := uint32(root)
	for at := 0; at < len(s); {
		r, size := character(s[at:])
		at += size
		next := t.next(from, r)
		if next == root {
			if next = t.connect(from, r); next == root {
				return none
			}
		}
		from = next
	}
	if t.nodes[from] == 0 {
		t.nodes[from] = uint32(number + 1)
		t.mark(from, isEnd)
	}
	return int32(t.nodes[from]) - 1
}

// connect makes a node after another one and a character. It returns root if there is no room.
func (t *trie) connect(from uint32, r rune) uint32 {
	if len(t.nodes) == maxNodes {
		return root
	}
	next := t.addNode()
	t.mark(from, hasNext)
	if from == root && r < nearRunes {
		t.near[r] = next
		return next
	}
	if t.count++; t.count > len(t.edges)/4*3 {
		t.grow()
	}
	*t.slot(from, r) = edge(uint64(from)<<edgeBits|uint64(r))<<edgeBits | edge(next)
	return next
}

func (t *trie) grow() {
	old := t.edges
	t.edges = make([]edge, 2*len(old))
	t.shift--
	for _, e := range old {
		if e != 0 {
			*t.slot(uint32(e>>(2*edgeBits)), rune(e>>edgeBits%maxNodes)) = e
		}
	}
}

package jieba

import (
	"errors"
	"math"
	"math/bits"
)

// trie has the words of the dictionary, by the ids of their characters. It is a hash
// table with an entry for each node but those of first characters, which have a table
// of their own:
//
//	| node 22 bits | id 18 bits | has children 1 bit | next 22 bits |
//
// The key is the parent and the character that leads from it to the child; next is the
// child. The weight of node n is weights[n]; nodes that are no word have noWord. Leaves
// with the same weight share a node, so next is one of few numbers for most words.
type trie struct {
	first   []firstNode // by id
	table   []uint64    // entries, 0 if empty; the last one always is
	slots   uint64      // hashes are below it; the rest of the table is for collisions at its end
	weights []float64
}

// firstNode is the node of a word's first character.
type firstNode struct {
	weight float64 // of the character, alone, as a word
	node   uint32  // 0 if no longer word begins with it
	isWord bool
	isUser bool // it is in the user dictionary
}

const (
	idBits   = 18
	nodeBits = 22
	// maxNodes is how many nodes the entries can tell apart.
	maxNodes = 1<<nodeBits - 1

	nextMask    = 1<<nodeBits - 1
	hasChildren = 1 << nodeBits
	keyShift    = nodeBits + 1

	// slotsPerEntry keeps collisions short: half of the table is empty.
	slotsPerEntry = 2
	// maxWordLength is the longest word that cppjieba finds, in characters.
	maxWordLength = 512
)

// noWord is the weight of a node that is no word: no sum with it is the greatest.
var noWord = math.Inf(-1)

// child returns the entry of a child of a node, 0 if there is none.
func (t *trie) child(node, id uint32) uint64 {
	key := uint64(node)<<idBits | uint64(id)
	for slot := t.slot(key); ; slot++ {
		if e := t.table[slot]; e>>keyShift == key || e == 0 {
			return e
		}
	}
}

// childAfter returns the entry with a key that is not in its first slot, 0 if there is none.
func (t *trie) childAfter(key uint64) uint64 {
	for slot := t.slot(key) + 1; ; slot++ {
		if e := t.table[slot]; e>>keyShift == key || e == 0 {
			return e
		}
	}
}

// slot returns where to look for a key first.
func (t *trie) slot(key uint64) uint64 {
	const golden = 0x9e3779b97f4a7c15 // 2^64 / golden ratio (Knuth's multiplicative hashing)
	slot, _ := bits.Mul64(key*golden, t.slots)
	return slot
}

// builder collects the words in a tree in which each node has its own number.
type builder struct {
	*alphabet
	*weights
	trie   trie
	nodes  []builtNode // the first ones are of the characters, by id
	lookup []uint32    // nodes by hash of parent and id
}

type builtNode struct {
	parent, id  uint32
	hasChildren bool
	isWord      bool
	weight      float64
}

// newTrie returns the trie of a dictionary.
func newTrie(d Dictionary, a *alphabet) (trie, error) {
	w, err := newWeights(d.Words)
	if err != nil {
		return trie{}, err
	}
	b := builder{alphabet: a, weights: w, nodes: make([]builtNode, a.n+1, 2*(len(d.Words)+a.n))}
	b.lookup = make([]uint32, 1<<bits.Len(uint(4*len(d.Words))))
	for _, word := range d.Words {
		b.add(word)
	}
	users := make([]bool, a.n+1)
	for _, word := range d.UserWords {
		if err := word.check(); err != nil {
			return trie{}, err
		}
		if last, length := b.add(word); length == 1 {
			users[last] = true
		}
	}
	err = b.finish(users)
	return b.trie, err
}

// add adds a word and returns its last node and its length.
func (b *builder) add(word Word) (node uint32, length int) {
	for at := 0; at < len(word.Text); length++ {
		r, size := decode(word.Text[at:])
		if size == 0 || length == maxWordLength {
			return 0, 0
		}
		at += size
		if length == 0 {
			node = b.id(r)
		} else {
			node = b.next(node, b.id(r))
		}
	}
	if length > 0 {
		b.nodes[node].isWord, b.nodes[node].weight = true, b.weights.of(word.Frequency)
	}
	return node, length
}

// next returns the child of a node, which it adds if needed.
func (b *builder) next(parent, id uint32) uint32 {
	mask := uint64(len(b.lookup) - 1)
	for slot := hashNode(parent, id) & mask; ; slot = (slot + 1) & mask {
		n := b.lookup[slot]
		if n == 0 {
			n = uint32(len(b.nodes))
			b.nodes = append(b.nodes, builtNode{parent: parent, id: id})
			b.nodes[parent].hasChildren = true
			b.lookup[slot] = n
			if len(b.nodes) > len(b.lookup)/2 {
				b.grow()
			}
			return n
		}
		if b.nodes[n].parent == parent && b.nodes[n].id == id {
			return n
		}
	}
}

func hashNode(parent, id uint32) uint64 {
	const golden = 0x9e3779b97f4a7c15
	return (uint64(parent)<<idBits | uint64(id)) * golden >> 20
}

// grow doubles the table of the nodes.
func (b *builder) grow() {
	b.lookup = make([]uint32, 2*len(b.lookup))
	mask := uint64(len(b.lookup) - 1)
	for n, node := range b.nodes {
		if node.id == 0 {
			continue // a first character
		}
		slot := hashNode(node.parent, node.id) & mask
		for b.lookup[slot] != 0 {
			slot = (slot + 1) & mask
		}
		b.lookup[slot] = uint32(n)
	}
}

var errTooLarge = errors.New("the dictionary has too many words")

// finish makes the tables of the trie. users are the ids of user words.
func (b *builder) finish(users []bool) error {
	numbers := b.number()
	t := &b.trie
	if len(t.weights) > maxNodes {
		return errTooLarge
	}
	t.first = make([]firstNode, b.n+1)
	for id := range t.first {
		node := &b.nodes[id]
		f := firstNode{weight: b.least, isWord: node.isWord, isUser: users[id]}
		if node.isWord {
			f.weight = node.weight
		}
		if node.hasChildren {
			f.node = numbers[id]
		}
		t.first[id] = f
	}
	t.allocate(len(b.nodes) - len(t.first))
	for n := len(t.first); n < len(b.nodes); n++ {
		node := &b.nodes[n]
		entry := uint64(numbers[node.parent])<<idBits | uint64(node.id)
		entry = entry<<keyShift | uint64(numbers[n])
		if node.hasChildren {
			entry |= hasChildren
		}
		t.insert(entry)
	}
	return nil
}

// number returns the numbers of the nodes in the trie and adds their weights to it.
func (b *builder) number() []uint32 {
	numbers := make([]uint32, len(b.nodes))
	leaves := map[float64]uint32{}
	t := &b.trie
	t.weights = []float64{noWord} // 0 is no node
	for n, node := range b.nodes {
		weight := noWord
		if node.isWord {
			weight = node.weight
		}
		number, shared := leaves[weight]
		if !shared || node.hasChildren {
			number = uint32(len(t.weights))
			t.weights = append(t.weights, weight)
		}
		if !node.hasChildren {
			leaves[weight] = number
		}
		numbers[n] = number
	}
	return numbers
}

// allocate makes an empty table for n entries.
func (t *trie) allocate(n int) {
	t.slots = uint64(slotsPerEntry*n + 1)
	t.table = make([]uint64, t.slots+1)
}

// insert adds an entry.
func (t *trie) insert(entry uint64) {
	slot := t.slot(entry >> keyShift)
	for t.table[slot] != 0 {
		slot++
	}
	t.table[slot] = entry
	if slot == uint64(len(t.table))-1 {
		t.table = append(t.table, 0)
	}
}

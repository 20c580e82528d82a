package suggest

import (
	"math/bits"
	"slices"
	"unicode/utf8"
)

// trie finds which of many strings a text has. Its edges are in one hash table with linear
// probing. The node of a first character is that character, and the others have higher
// numbers.
type trie struct {
	list    []string       // sorted
	singles map[rune]int32 // those of one character: the index in list
	// maySingle has a bit for the last 16 of each of them.
	maySingle [1 << 10]uint64

	edges []trieEdge
	shift int
	// filter has a bit for the hash of each edge, so that most edges that don't exist are
	// not looked for in memory.
	filter      []uint64
	filterShift int
}

// trieEdge leads from a node to another: key is the node and the character, plus 1.
type trieEdge struct {
	key  uint64
	node int32 // its complement if no string continues there
	at   int32 // the string in list that ends there, -1 for none
}

// newTrie returns a trie of strings, which are sorted.
func newTrie(list []string) *trie {
	edges := 0
	previous := ""
	for _, s := range list {
		edges += utf8.RuneCountInString(s) - sharedRunes(previous, s)
		previous = s
	}
	size := bits.Len(uint(edges + edges/2)) // at most two thirds of the places are taken
	const perPlace = 8                      // bits of the filter
	t := &trie{
		list: list, singles: map[rune]int32{}, edges: make([]trieEdge, 1<<size), shift: 64 - size,
		filter: make([]uint64, max(perPlace<<size/64, 1)), filterShift: 64 - size - bits.TrailingZeros(perPlace),
	}
	nodes := int32(utf8.MaxRune)
	for i, s := range list {
		first, size := utf8.DecodeRuneInString(s)
		if size == len(s) {
			t.singles[first] = int32(i)
			t.maySingle[uint16(first)/64] |= 1 << (first % 64)
			continue
		}
		n := int32(first)
		var last *trieEdge
		for _, r := range s[size:] {
			if last != nil {
				n = max(last.node, ^last.node)
				last.node = n
			}
			key := trieKey(n, r)
			last = t.edge(key)
			if last.key == 0 {
				nodes++
				*last = trieEdge{key, ^nodes, -1}
				bit := trieHash(key) >> t.filterShift
				t.filter[bit/64] |= 1 << (bit % 64)
			}
		}
		last.at = int32(i)
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

func trieHash(key uint64) uint64 {
	const golden = 0x9E3779B97F4A7C15 // Fibonacci hashing
	return key * golden
}

// edge returns the edge with a key, or the free place for it.
func (t *trie) edge(key uint64) *trieEdge {
	for i := trieHash(key) >> t.shift; ; i++ {
		e := &t.edges[i&uint64(len(t.edges)-1)]
		if e.key == key || e.key == 0 {
			return e
		}
	}
}

// mayHave returns 1 if there may be an edge with a key, else 0.
func (t *trie) mayHave(key uint64) int {
	bit := trieHash(key) >> t.filterShift
	return int(t.filter[bit/64] >> (bit % 64) & 1)
}

// index returns the index of a string in list, false if it is not there.
func (t *trie) index(s string) (int32, bool) {
	first, size := utf8.DecodeRuneInString(s)
	if size == len(s) {
		i, ok := t.singles[first]
		return i, ok
	}
	at, n := int32(-1), int32(first)
	for _, r := range s[size:] {
		if n < 0 {
			return 0, false
		}
		e := t.edge(trieKey(n, r))
		if e.key == 0 {
			return 0, false
		}
		at, n = e.at, e.node
	}
	return at, at >= 0
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
	steps   []trieStep
	matches []occurrence
}

// triePlace is a node that a text leads to from a start.
type triePlace struct{ start, node int32 }

// trieStep is the key of an edge that a text may lead to from a start.
type trieStep struct {
	key   uint64
	start int32
}

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
		if t.maySingle[uint16(r)/64]&(1<<(r%64)) != 0 {
			if at, ok := t.singles[r]; ok {
				f.matches = append(f.matches, occurrence{int32(i), int32(i) + 1, at})
			}
		}
		places = append(places, triePlace{int32(i), r})
	}
	f.places = places
	for length := int32(1); len(places) > 0; length++ {
		steps := f.filter(t, places, length)
		places = places[:0]
		for _, s := range steps {
			e := t.edge(s.key)
			if e.key == 0 {
				continue
			}
			if e.at >= 0 {
				f.matches = append(f.matches, occurrence{s.start, s.start + length + 1, e.at})
			}
			if e.node > 0 {
				places = append(places, triePlace{s.start, e.node})
			}
		}
	}
	return f.matches
}

// filter returns the steps from places, which are so many characters after their starts, to
// edges that there may be. It does not branch on that, so that the processor does not guess.
func (f *finder) filter(t *trie, places []triePlace, length int32) []trieStep {
	f.steps = slices.Grow(f.steps[:0], len(places))[:len(places)]
	n := 0
	for _, p := range places {
		last := int(p.start + length)
		if last >= len(f.runes) {
			break
		}
		f.steps[n] = trieStep{trieKey(p.node, f.runes[last]), p.start}
		n += t.mayHave(f.steps[n].key)
	}
	return f.steps[:n]
}

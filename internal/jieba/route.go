package jieba

// cell is a character of the current window of the text, or a separator.
type cell struct {
	weight     float64 // of the best sequence of words from here to the end of the part
	pair       uint64  // entry of the trie for this character and the next one
	triple     uint64  // where the trie begins to look for those two and the one after
	pairWeight float64 // of the pair as a word
	start      int32   // its offset in the text
	id         uint32  // 0 for separators
	length     int32   // characters of the first word of that sequence
	words      uint8   // hasPair and hasTriple
	isUser     bool
	isEnd      bool  // a part ends before it
	origins    uint8 // hmm.go: for each state, two bits with the state before
	state      uint8
}

// The words that begin at a character, for search mode.
const (
	hasPair   = 1 << iota // one of two characters
	hasTriple             // one of three characters
)

// route finds the most probable sequence of words of a part. The last cell marks the end.
//
// It goes backwards: the best sequence from a character on is one of the words that
// begin there with the best sequence after it. Of equal ones the shorter word wins.
func (s *Segmenter) route(cells []cell) {
	for i := len(cells) - 2; i >= 0; i-- {
		c := &cells[i]
		first := &s.trie.first[c.id]
		c.weight, c.length, c.words, c.isUser = cells[i+1].weight+first.weight, 1, 0, first.isUser
		if c.pair == 0 {
			continue
		}
		if c.pairWeight != noWord {
			c.words = hasPair
			if sum := cells[i+2].weight + c.pairWeight; sum > c.weight {
				c.weight, c.length = sum, 2
			}
		}
		if c.pair&hasChildren != 0 && i+3 < len(cells) {
			s.longer(cells[i:])
		}
	}
}

// longer compares the words of three and more characters that the first cell begins.
func (s *Segmenter) longer(cells []cell) {
	c := &cells[0]
	key := uint64(c.pair&nextMask)<<idBits | uint64(cells[2].id)
	entry := c.triple
	if entry>>keyShift != key && entry != 0 {
		entry = s.trie.childAfter(key)
	}
	for n := 3; entry != 0; n++ {
		node := uint32(entry & nextMask)
		if weight := s.trie.weights[node]; weight != noWord {
			if n == 3 {
				c.words |= hasTriple
			}
			if sum := cells[n].weight + weight; sum > c.weight {
				c.weight, c.length = sum, int32(n)
			}
		}
		if entry&hasChildren == 0 || n+1 == len(cells) {
			return
		}
		entry = s.trie.child(node, cells[n].id)
	}
}

// lookUp looks up each two characters of a window, and where the third one would be. To do so
// beforehand, without a decision that depends on what is read, lets the processor wait for the
// memory of many of them at once. No entry has a separator.
func (s *Segmenter) lookUp(cells []cell) {
	t := &s.trie
	for i := range len(cells) - 1 {
		cells[i].pair = t.table[t.slot(uint64(t.first[cells[i].id].node)<<idBits|uint64(cells[i+1].id))]
	}
	for i := range len(cells) - 1 {
		c := &cells[i]
		key := uint64(t.first[c.id].node)<<idBits | uint64(cells[i+1].id)
		if c.pair>>keyShift != key && c.pair != 0 {
			c.pair = t.childAfter(key)
		}
		node := c.pair & nextMask
		c.pairWeight = t.weights[node]
		if c.pair&hasChildren != 0 { // then the next one is a character
			c.triple = t.table[t.slot(node<<idBits|uint64(cells[i+2].id))]
		}
	}
}

package jieba

// cell is a character of the current part of the text.
type cell struct {
	weight  float64 // of the best sequence of words from here to the end of the part
	pair    uint64  // entry of the trie for this character and the next one
	start   int32   // its offset in the text
	id      uint32
	length  int32 // characters of the first word of that sequence
	words   uint8 // hasPair and hasTriple
	isUser  bool
	origins uint8 // hmm.go: for each state, two bits with the state before
	state   uint8
}

// The words that begin at a character, for search mode.
const (
	hasPair   = 1 << iota // one of two characters
	hasTriple             // one of three characters
)

// route finds the most probable sequence of words. The last cell marks the end.
//
// It goes backwards: the best sequence from a character on is one of the words that
// begin there with the best sequence after it. Of equal ones the shorter word wins.
func (s *Segmenter) route(cells []cell) {
	s.pairs(cells)
	end := len(cells) - 1
	for i := end - 1; i >= 0; i-- {
		c := &cells[i]
		first := &s.trie.first[c.id]
		best := cells[i+1].weight + first.weight
		length := 1
		words := uint8(0)
		for entry, j := c.pair, i+1; entry != 0; {
			node := uint32(entry & nextMask)
			weight := s.trie.weights[node]
			if weight != noWord {
				if j-i <= 2 {
					words |= 1 << (j - i - 1)
				}
				if sum := cells[j+1].weight + weight; sum > best {
					best, length = sum, j-i+1
				}
			}
			if j++; entry&hasChildren == 0 || j == end {
				break
			}
			entry = s.trie.child(node, cells[j].id)
		}
		c.weight, c.length, c.words, c.isUser = best, int32(length), words, first.isUser
	}
}

// pairs looks up each two characters. To do so beforehand, with no decisions between
// the look-ups, lets the processor wait for the memory of many of them at once.
func (s *Segmenter) pairs(cells []cell) {
	t := &s.trie
	for i := range len(cells) - 2 {
		cells[i].pair = t.child(t.first[cells[i].id].node, cells[i+1].id)
	}
}

package jieba

import (
	"bytes"
	"sync"
)

// Segmenter segments text. It is safe for concurrent use.
type Segmenter struct {
	alphabet *alphabet
	trie     trie
	hmm      hmm
	cutters  sync.Pool // of *cutter
}

// Span is a word: text[Start:End].
type Span struct {
	Start, End int
	Guessed    bool // by the hidden Markov model; the dictionary may have it nevertheless
}

// New returns the segmenter of a dictionary.
func New(d Dictionary) (*Segmenter, error) {
	s := new(Segmenter)
	var err error
	if s.alphabet, err = newAlphabet(d); err != nil {
		return nil, err
	}
	if s.trie, err = newTrie(d, s.alphabet); err != nil {
		return nil, err
	}
	s.hmm, err = newHMM(d.Model, s.alphabet)
	return s, err
}

// Contains reports whether a word is in the dictionary.
func (s *Segmenter) Contains(word string) bool {
	node := uint32(0)
	for at, i := 0, 0; at < len(word); i++ {
		r, size := decode(word[at:])
		if size == 0 {
			return false
		}
		at += size
		id := s.alphabet.id(r)
		if i == 0 {
			if at == len(word) {
				return s.trie.first[id].isWord
			}
			node = s.trie.first[id].node
		} else {
			entry := s.trie.child(node, id)
			node = uint32(entry & nextMask)
			if at == len(word) {
				return s.trie.weights[node] != noWord
			}
			if entry&hasChildren == 0 {
				return false
			}
		}
		if node == 0 {
			return false
		}
	}
	return false
}

// Cut appends the words of a text to dst: all of it, separators included. It allocates
// nothing else. The text should be UTF-8; it ends at the first NUL, and one that ends in
// the middle of a character has no words.
func (s *Segmenter) Cut(dst []Span, text []byte) []Span { return s.cut(dst, text, false) }

// CutForSearch is Cut with the dictionary's words of two characters inside those of
// three or more, and of three inside those of four or more. They come before the word
// that they are in.
func (s *Segmenter) CutForSearch(dst []Span, text []byte) []Span { return s.cut(dst, text, true) }

func (s *Segmenter) cut(dst []Span, text []byte, search bool) []Span {
	c, ok := s.cutters.Get().(*cutter)
	if !ok {
		c = &cutter{Segmenter: s}
	}
	c.out, c.search = dst, search
	if end := bytes.IndexByte(text, 0); end >= 0 {
		text = text[:end]
	}
	if !c.cut(text) {
		c.out = dst
	}
	out := c.out
	c.out = nil
	s.cutters.Put(c)
	return out
}

// cutter is the state of one call.
type cutter struct {
	*Segmenter
	search bool
	cells  []cell
	out    []Span
}

// cut segments a text window by window. It reports whether the text ends with a character.
func (c *cutter) cut(text []byte) bool {
	for at := 0; at < len(text); {
		next, ok := c.read(text, at)
		if !ok {
			return false
		}
		c.lookUp(c.cells)
		c.parts()
		at = next
	}
	return true
}

// windowCells is how many characters of a text are read before the parts that they are in are
// segmented: enough to look up many at once, and few enough to stay in the cache.
const windowCells = 256

// read makes the cells of the text from at on, up to a separator or the end of the text, and
// one that marks the end.
func (c *cutter) read(text []byte, at int) (next int, ok bool) {
	cells := c.cells[:0]
	for at < len(text) {
		r, size := decode(text[at:])
		if size == 0 {
			return at, false
		}
		if !isSeparator(r) {
			cells = append(cells, cell{start: int32(at), id: c.alphabet.id(r)})
			at += size
			continue
		}
		cells = append(cells, cell{start: int32(at), isEnd: true})
		if at += size; len(cells) >= windowCells {
			break
		}
	}
	c.cells = append(cells, cell{start: int32(at), isEnd: true})
	return at, true
}

// parts segments the parts of a window, and makes a word of each separator between them.
func (c *cutter) parts() {
	from := 0
	for to := range c.cells {
		if !c.cells[to].isEnd {
			continue
		}
		if from < to {
			c.route(c.cells[from : to+1])
			c.words(from, to)
		}
		if from = to + 1; from < len(c.cells) {
			c.addSpan(to, from)
		}
	}
}

func isSeparator(r uint32) bool {
	return r == ' ' || r == '\t' || r == '\n' || r == '，' || r == '。'
}

// words adds the words of the route of a part and those that are guessed.
func (c *cutter) words(from, end int) {
	isSingle := func(i int) bool { return c.cells[i].length == 1 && !c.cells[i].isUser }
	for i := from; i < end; {
		if !isSingle(i) {
			next := i + int(c.cells[i].length)
			c.add(i, next)
			i = next
			continue
		}
		from := i
		for i++; i < end && isSingle(i); i++ {
		}
		c.guess(from, i)
	}
}

// add adds cells[from:to] as a word, in search mode after the words inside it.
func (c *cutter) add(from, to int) {
	if c.search && to-from > 2 {
		for i := from; i+2 <= to; i++ {
			if c.cells[i].words&hasPair != 0 {
				c.addSpan(i, i+2)
			}
		}
		for i := from; to-from > 3 && i+3 <= to; i++ {
			if c.cells[i].words&hasTriple != 0 {
				c.addSpan(i, i+3)
			}
		}
	}
	c.addSpan(from, to)
}

func (c *cutter) addSpan(from, to int) {
	c.out = append(c.out, Span{Start: int(c.cells[from].start), End: int(c.cells[to].start)})
}

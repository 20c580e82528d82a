package inversion

// counter adds up the frequencies of numbered terms in one document. It is a hash table
// with linear probing, small enough for the cache, that is emptied by counting on: a slot is
// of this document if the position in it is not below base.
type counter struct {
	slots []slot
	shift uint // 32 - log2(len(slots))
	base  uint32
	terms []termCount
}

type slot struct{ term, at uint32 } // at - base is an index of terms

type termCount struct{ term, frequency uint32 }

const (
	counterBits = 10      // log2 of the slots at first: a paragraph has about 150 terms
	maxBase     = 1 << 31 // from which the slots are cleared
	keptBits    = 16      // log2 of the slots that are kept for the next document
)

func newCounter() counter {
	return counter{slots: make([]slot, 1<<counterBits), shift: 32 - counterBits, base: 1}
}

// add adds to the frequency of a term.
func (c *counter) add(term, times uint32) {
	const golden = 0x9E3779B1 // Fibonacci hashing
	for i := term * golden >> c.shift; ; i = (i + 1) & uint32(len(c.slots)-1) {
		s := &c.slots[i]
		if s.at < c.base {
			*s = slot{term, c.base + uint32(len(c.terms))}
			c.terms = append(c.terms, termCount{term, times})
			if 2*len(c.terms) > len(c.slots) {
				c.grow()
			}
			return
		}
		if s.term == term {
			c.terms[s.at-c.base].frequency += times
			return
		}
	}
}

func (c *counter) grow() {
	terms := c.terms
	c.slots, c.shift = make([]slot, 2*len(c.slots)), c.shift-1
	c.base, c.terms = 1, make([]termCount, 0, len(c.slots))
	for _, t := range terms {
		c.add(t.term, t.frequency)
	}
}

// reset begins the next document.
func (c *counter) reset() {
	c.base += uint32(len(c.terms))
	c.terms = c.terms[:0]
	switch {
	case len(c.slots) > 1<<keptBits: // a huge document must not keep its memory
		*c = newCounter()
	case c.base > maxBase:
		clear(c.slots)
		c.base = 1
	}
}

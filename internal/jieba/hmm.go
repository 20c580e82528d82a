package jieba

// hmm is the model with emissions by character id.
type hmm struct {
	start       Probabilities
	transitions [States]Probabilities
	emissions   []Probabilities
}

func newHMM(m Model, a *alphabet) (hmm, error) {
	if err := m.Check(); err != nil {
		return hmm{}, err
	}
	h := hmm{m.Start, m.Transitions, make([]Probabilities, a.n+1)}
	for id := range h.emissions {
		h.emissions[id] = Probabilities{Impossible, Impossible, Impossible, Impossible}
	}
	for r, p := range m.Emissions {
		h.emissions[a.id(uint32(r))] = p
	}
	return h, nil
}

// guess segments cells[from:to], characters that are no part of a longer word, and adds
// the words. Runs of letters and digits that begin with a letter are a word, and so are
// numbers with decimal points.
func (c *cutter) guess(from, to int) {
	begin := from
	for at := from; at < to; {
		if id := c.cells[at].id; id == 0 || id > lastASCII {
			at++
			continue
		}
		c.viterbi(begin, at)
		end := c.asciiWord(at, to)
		c.add(at, end)
		begin, at = end, end
	}
	c.viterbi(begin, to)
}

// asciiWord returns the end of the word that begins at an ASCII character.
func (c *cutter) asciiWord(at, to int) int {
	continues := isDecimal
	switch first := c.cells[at].id - 1; {
	case isLetter(first):
		continues = isLetterOrDigit
	case !isDigit(first):
		return at + 1
	}
	for at++; at < to && continues(c.cells[at].id-1); at++ {
	}
	return at
}

func isLetter(r uint32) bool        { return r|0x20 >= 'a' && r|0x20 <= 'z' }
func isDigit(r uint32) bool         { return r >= '0' && r <= '9' }
func isLetterOrDigit(r uint32) bool { return isLetter(r) || isDigit(r) }
func isDecimal(r uint32) bool       { return isDigit(r) || r == '.' }

// viterbi adds the most probable words that cells[from:to] consist of.
func (c *cutter) viterbi(from, to int) {
	if to-from <= 1 {
		if to > from {
			c.add(from, to)
		}
		return
	}
	cells := c.cells[from:to]
	c.hmm.states(cells)
	begin := from
	for i := range cells {
		if state := cells[i].state; state == End || state == Single {
			c.add(begin, from+i+1)
			c.out[len(c.out)-1].Guessed = from+i > begin
			begin = from + i + 1
		}
	}
}

// states finds the most probable state of each character (Viterbi, 1967). Only two
// states may come before each one.
func (h *hmm) states(cells []cell) {
	w, e := h.start, &h.emissions[cells[0].id]
	b, end, m, s := w[Begin]+e[Begin], w[End]+e[End], w[Middle]+e[Middle], w[Single]+e[Single]
	t := &h.transitions
	for i := 1; i < len(cells); i++ {
		e := &h.emissions[cells[i].id]
		toB, fromB := better(end+t[End][Begin]+e[Begin], End, s+t[Single][Begin]+e[Begin], Single)
		toE, fromE := better(b+t[Begin][End]+e[End], Begin, m+t[Middle][End]+e[End], Middle)
		toM, fromM := better(b+t[Begin][Middle]+e[Middle], Begin, m+t[Middle][Middle]+e[Middle], Middle)
		toS, fromS := better(end+t[End][Single]+e[Single], End, s+t[Single][Single]+e[Single], Single)
		b, end, m, s = toB, toE, toM, toS
		cells[i].origins = fromB<<(2*Begin) | fromE<<(2*End) | fromM<<(2*Middle) | fromS<<(2*Single)
	}
	state := uint8(End)
	if s > end {
		state = Single
	}
	for i := len(cells) - 1; i >= 0; i-- {
		cells[i].state = state
		state = cells[i].origins >> (2 * state) & 3
	}
}

// better returns the higher of two weights and its state. Where both are impossible,
// the state is End, as in cppjieba.
func better(a float64, stateA uint8, b float64, stateB uint8) (weight float64, from uint8) {
	weight, from = Impossible, End
	if a > weight {
		weight, from = a, stateA
	}
	if b > weight {
		weight, from = b, stateB
	}
	return weight, from
}

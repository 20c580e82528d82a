package suggest

import "math"

// cutting is a run of Han characters cut into the words of a lexicon in the
// most probable way, each word by itself.
type cutting struct {
	lexicon       *Lexicon
	run           []rune
	logs          [][maxWordRunes]float64 // of run[i:i+1], run[i:i+2] …
	forward, back []float64               // log probability of run[:i] and of run[i:]
	start         []int                   // where the last word of run[:i] begins
}

const (
	// maxWordRunes is the longest word that a run is cut into.
	maxWordRunes = 6
	// leastKnown is how many documents hold a word that is beyond doubt. What
	// fewer hold may be somebody else's mistake.
	leastKnown = 20
)

func newCutting(l *Lexicon, run []rune) *cutting {
	n := len(run)
	c := &cutting{
		lexicon: l, run: run, logs: make([][maxWordRunes]float64, n),
		forward: make([]float64, n+1), back: make([]float64, n+1), start: make([]int, n+1),
	}
	for from := range run {
		logs := &c.logs[from]
		for i := range logs {
			logs[i] = math.Inf(-1)
		}
		logs[0] = c.log(1, 0)
		l.wordsOf(run[from:min(n, from+maxWordRunes)], 1, func(length, count int) {
			logs[length-1] = c.log(length, count)
		})
	}
	for to := 1; to <= n; to++ {
		c.forward[to] = math.Inf(-1)
		for from := max(0, to-maxWordRunes); from < to; from++ {
			if log := c.forward[from] + c.logs[from][to-from-1]; log > c.forward[to] {
				c.forward[to], c.start[to] = log, from
			}
		}
	}
	for from := n - 1; from >= 0; from-- {
		c.back[from] = math.Inf(-1)
		for to := from + 1; to <= min(n, from+maxWordRunes); to++ {
			c.back[from] = math.Max(c.back[from], c.logs[from][to-from-1]+c.back[to])
		}
	}
	return c
}

// log is the log probability that a document holds a word of so many characters
// that count of them hold; single characters are always possible.
func (c *cutting) log(length, count int) float64 {
	n := float64(count)
	if length == 1 {
		n += unseen
	}
	return math.Log(n / float64(c.lexicon.documents+1))
}

// known tells of each character whether it stands in a word beyond doubt.
func (c *cutting) known() []bool {
	out := make([]bool, len(c.run))
	for to := len(c.run); to > 0; to = c.start[to] {
		from := c.start[to]
		if to-from < 2 || c.lexicon.count(string(c.run[from:to])) < leastKnown {
			continue
		}
		for i := from; i < to; i++ {
			out[i] = true
		}
	}
	return out
}

// gain is how much more probable the run is with run[at:at+size] replaced, and
// the length of the word that covers the place then.
func (c *cutting) gain(at, size int, with []rune) (gain float64, covering int) {
	best := math.Inf(-1)
	offer := func(from, to, length, count int) {
		if p := c.forward[from] + c.log(length, count) + c.back[to]; p > best {
			best, covering = p, length
		}
	}
	if len(with) == 1 {
		offer(at, at+size, 1, c.lexicon.count(string(with)))
	}
	var buffer [maxWordRunes]rune
	for from := max(0, at-maxWordRunes+len(with)); from <= at; from++ {
		inside := at - from + len(with) // of the word, up to the end of with
		least := max(inside, 2)
		if len(with) == 0 {
			least = inside + 1 // a word across the place
			if from == at {
				continue
			}
		}
		word := append(append(buffer[:0], c.run[from:at]...), with...)
		rest := c.run[at+size:]
		word = append(word, rest[:min(len(rest), maxWordRunes-len(word))]...)
		c.lexicon.wordsOf(word, least, func(length, count int) {
			offer(from, at+size+length-inside, length, count)
		})
	}
	return best - c.forward[len(c.run)], covering
}

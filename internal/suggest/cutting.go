package suggest

import "math"

// cutting is a run of Han characters cut into the words of a lexicon in the
// most probable way, each word by itself.
type cutting struct {
	lexicon       *Lexicon
	run           []rune
	forward, back []float64 // log probability of run[:i] and of run[i:]
	start         []int     // where the last word of run[:i] begins
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
	c := &cutting{lexicon: l, run: run, forward: make([]float64, n+1), back: make([]float64, n+1), start: make([]int, n+1)}
	for to := 1; to <= n; to++ {
		c.forward[to] = math.Inf(-1)
		for from := max(0, to-maxWordRunes); from < to; from++ {
			if log := c.forward[from] + c.log(run[from:to]); log > c.forward[to] {
				c.forward[to], c.start[to] = log, from
			}
		}
	}
	for from := n - 1; from >= 0; from-- {
		c.back[from] = math.Inf(-1)
		for to := from + 1; to <= min(n, from+maxWordRunes); to++ {
			c.back[from] = math.Max(c.back[from], c.log(run[from:to])+c.back[to])
		}
	}
	return c
}

// log is the log probability that a document holds word; single characters are
// always possible.
func (c *cutting) log(word []rune) float64 {
	n := float64(c.lexicon.count(string(word)))
	if len(word) == 1 {
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
	word := make([]rune, 0, maxWordRunes)
	for from := max(0, at-maxWordRunes+len(with)); from <= at; from++ {
		for to := at + size; to <= len(c.run); to++ {
			length := at - from + len(with) + to - at - size
			if length > maxWordRunes {
				break
			}
			if length == 0 || len(with) == 0 && (from == at || to == at+size) {
				continue // not a word across the place
			}
			word = append(append(append(word[:0], c.run[from:at]...), with...), c.run[at+size:to]...)
			if p := c.forward[from] + c.log(word) + c.back[to]; p > best {
				best, covering = p, length
			}
		}
	}
	return best - c.forward[len(c.run)], covering
}

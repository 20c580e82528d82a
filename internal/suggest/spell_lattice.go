package suggest

import (
	"iter"
	"math"
)

// lattice holds the segmentations of a run of Han characters into the words of a
// lexicon, by a unigram model, with the log probability of the best one from
// either end.
type lattice struct {
	lexicon       *Lexicon
	run           []rune
	logs          [][maxWordRunes]float64 // of run[i:i+1], run[i:i+2] …
	forward, back []float64               // of the best segmentation of run[:i] and of run[i:]
	start         []int                   // where the last word of run[:i] begins

	// The words that begin with run[around-1:around], run[around-2:around] …, for the place
	// around which candidates were scored last.
	around   int
	prefixes [maxWordRunes]wordRange
}

const (
	// maxWordRunes is the longest word in a lattice, in characters.
	maxWordRunes = 6
	// minReliableDF is the document frequency of a word that is taken as correct.
	// A rarer one may be a mistake in the texts.
	minReliableDF = 20
)

func newLattice(lexicon *Lexicon, run []rune) *lattice {
	n := len(run)
	l := &lattice{
		lexicon: lexicon, run: run, logs: make([][maxWordRunes]float64, n),
		forward: make([]float64, n+1), back: make([]float64, n+1), start: make([]int, n+1),
	}
	for from := range run {
		logs := &l.logs[from]
		for i := range logs {
			logs[i] = math.Inf(-1)
		}
		logs[0] = l.log(1, 0)
		lexicon.eachPrefix(run[from:min(n, from+maxWordRunes)], 1, func(length, count int) {
			logs[length-1] = l.log(length, count)
		})
	}
	for to := 1; to <= n; to++ {
		l.forward[to] = math.Inf(-1)
		for from := max(0, to-maxWordRunes); from < to; from++ {
			if log := l.forward[from] + l.logs[from][to-from-1]; log > l.forward[to] {
				l.forward[to], l.start[to] = log, from
			}
		}
	}
	for from := n - 1; from >= 0; from-- {
		l.back[from] = math.Inf(-1)
		for to := from + 1; to <= min(n, from+maxWordRunes); to++ {
			l.back[from] = max(l.back[from], l.logs[from][to-from-1]+l.back[to])
		}
	}
	return l
}

// log returns the log probability of a word of length characters in a document
// if count documents contain it; single characters are always possible.
func (l *lattice) log(length, count int) float64 {
	n := float64(count)
	if length == 1 {
		n += unseenCount
	}
	return math.Log(n / float64(l.lexicon.documents+1))
}

// words yields the words of the best segmentation with their starts, the last one first.
func (l *lattice) words() iter.Seq2[[]rune, int] {
	return func(yield func([]rune, int) bool) {
		for to := len(l.run); to > 0; to = l.start[to] {
			if from := l.start[to]; !yield(l.run[from:to], from) {
				return
			}
		}
	}
}

// reliable reports for each character whether it is in a word that is taken as
// correct.
func (l *lattice) reliable() []bool {
	out := make([]bool, len(l.run))
	for word, from := range l.words() {
		if len(word) < 2 || l.lexicon.count(string(word)) < minReliableDF {
			continue
		}
		for i := range word {
			out[from+i] = true
		}
	}
	return out
}

// gain returns by how much the log probability of the run rises if with replaces
// run[at:at+size], and the length of the word that then covers the change.
func (l *lattice) gain(at, size int, with []rune) (gain float64, covering int) {
	best := math.Inf(-1)
	offer := func(from, to, length, count int) {
		if log := l.forward[from] + l.log(length, count) + l.back[to]; log > best {
			best, covering = log, length
		}
	}
	if len(with) == 1 {
		offer(at, at+size, 1, l.lexicon.countOfChar(with[0]))
	}
	var buffer [maxWordRunes]rune
	for from := max(0, at-maxWordRunes+len(with)); from <= at; from++ {
		inside := at - from + len(with) // of the word, up to the end of with
		shortest := max(inside, 2)
		if len(with) == 0 {
			shortest = inside + 1 // a word across the removed characters
			if from == at {
				continue
			}
		}
		word := append(append(buffer[:0], l.run[from:at]...), with...)
		rest := l.run[at+size:]
		word = append(word, rest[:min(len(rest), maxWordRunes-len(word))]...)
		l.lexicon.eachPrefixIn(l.beginningAt(from, at, word[0]), word, shortest, func(length, count int) {
			offer(from, at+size+length-inside, length, count)
		})
	}
	return best - l.forward[len(l.run)], covering
}

// beginningAt returns a range that contains the words that begin with run[from:at], or
// with a character if that is empty.
func (l *lattice) beginningAt(from, at int, first rune) wordRange {
	if from == at {
		return l.lexicon.beginningWith(first)
	}
	if l.around != at {
		l.around = at
		for from := at - 1; from >= max(0, at-maxWordRunes); from-- {
			l.prefixes[at-from-1] = l.lexicon.beginningIn(l.lexicon.beginningWith(l.run[from]), l.run[from:at])
		}
	}
	return l.prefixes[at-from-1]
}

// most returns the highest gain that a word of several characters can have that covers
// run[at] after that was replaced.
func (l *lattice) most(at int) float64 {
	log, best := l.log(2, int(l.lexicon.mostOfWord)), math.Inf(-1)
	for from := max(0, at-maxWordRunes+1); from <= at; from++ {
		for to := at + 1; to <= min(len(l.run), from+maxWordRunes); to++ {
			best = max(best, l.forward[from]+log+l.back[to])
		}
	}
	return best - l.forward[len(l.run)]
}

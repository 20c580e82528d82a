package suggest

import (
	"math"
	"slices"
	"unicode/utf8"
)

// candidateBudget is for how many characters of a query candidates are
// generated, at 50 to 100 µs each.
const candidateBudget = 32

// Log probabilities, as those of confusion, of mistakes that are rarer than one
// character for another.
const (
	transposition = -5 // of two adjacent characters
	omission      = -5
	repetition    = -7 // lower: fewer characters alone make a text more probable

	// maxEditRunes is the longest run, in characters, in which omissions and
	// repetitions are looked for.
	maxEditRunes = 7
)

// minCandidateDF is the document frequency that a word or pair needs to be
// suggested.
const minCandidateDF = 3

// pairWeight is the weight of the evidence of pairs relative to that of words.
const pairWeight = 0.5

// bestCandidate returns the candidate with the highest gain for a run of Han
// characters, false if there is none that makes a word and gains more than least. It
// takes from budget the characters for which it generates candidates.
func (s *Speller) bestCandidate(run []rune, budget *int, least float64) (candidate, bool) {
	if len(run) < 2 {
		return candidate{}, false
	}
	g := &generator{Speller: s, run: run, lattice: newLattice(s.lexicon, run), best: candidate{gain: least}}
	for _, r := range run {
		g.chars = append(g.chars, s.lexicon.char(r))
	}
	doubtful := false
	for i, reliable := range g.lattice.reliable() {
		if reliable || g.isCommon(i) {
			continue
		}
		if *budget--; *budget < 0 {
			break
		}
		doubtful = true
		g.replace(i)
		g.transpose(i)
	}
	if doubtful && len(run) <= maxEditRunes {
		g.insert()
		g.remove()
	}
	return g.best, g.best.with != nil
}

// generator generates the candidates for one run and keeps the best.
type generator struct {
	*Speller
	lattice *lattice
	run     []rune
	chars   []int     // indexes of run in the lexicon
	best    candidate // its gain is the least to exceed, also before there is one
}

// offer scores a candidate and keeps it if it makes a word of the index and is
// the best so far. weight is the evidence of its pairs and the log probability of
// its mistake.
func (g *generator) offer(at, size int, with []rune, weight float64) {
	gain, length := g.lattice.gain(at, size, with)
	if length < 2 || gain+weight <= g.best.gain {
		return
	}
	whole := length == len(g.run)-size+len(with)
	if !mayOffer(g.run[at:at+size], with, whole) {
		return
	}
	g.best = candidate{at: at, size: size, with: slices.Clone(with), gain: gain + weight, whole: whole}
}

// isCommon reports whether many documents have run[i] between its neighbours: a
// particle, for example, which no candidate could make much more probable.
func (g *generator) isCommon(i int) bool {
	return i > 0 && i+1 < len(g.run) &&
		g.lexicon.pair(g.chars[i-1], g.chars[i]) >= minReliableDF &&
		g.lexicon.pair(g.chars[i], g.chars[i+1]) >= minReliableDF
}

// replace offers the characters that run[i] may have been written for.
func (g *generator) replace(i int) {
	typed, most := g.logContext(i, 1, g.chars[i]), g.lattice.most(i)
	var with [1]rune
	offer := func(char int, log float64) {
		weight := g.logContext(i, 1, char) - typed
		if weight <= 0 {
			return
		}
		if weight = pairWeight*weight + log; most+weight > g.best.gain {
			with[0] = g.lexicon.chars[char]
			g.offer(i, 1, with[:], weight)
		}
	}
	g.confusion.soundsLike(g.run[i], g.chars[i], offer)
	for _, a := range g.confusion.looksLike(g.run[i], g.chars[i]) {
		if g.fits(i, int(a.char)) {
			offer(int(a.char), a.log)
		}
	}
}

// fits reports whether the index has a character next to a neighbour of run[i]. Every
// word of enough documents that covers run[i] has such a character there.
func (g *generator) fits(i, char int) bool {
	return i > 0 && g.lexicon.pair(g.chars[i-1], char) >= minCandidateDF ||
		i+1 < len(g.run) && g.lexicon.pair(char, g.chars[i+1]) >= minCandidateDF
}

// transpose offers run[i] and each of its neighbours in the other order.
func (g *generator) transpose(i int) {
	for _, at := range []int{i - 1, i} {
		if at < 0 || at+1 >= len(g.run) {
			continue
		}
		a, b := g.chars[at], g.chars[at+1]
		if a < 0 || b < 0 || a == b {
			continue
		}
		if gain := g.logContext(at, 2, b, a) - g.logContext(at, 2, a, b); gain > 0 {
			g.offer(at, 2, []rune{g.run[at+1], g.run[at]}, pairWeight*gain+transposition)
		}
	}
}

// insert offers the words that have one character more than the run.
func (g *generator) insert() {
	l := g.lexicon
	first := string(g.run[:1])
	for i := l.seek(first); i < len(l.counts); i++ {
		word := l.word(i)
		if len(word) < len(first) || word[:len(first)] != first {
			return
		}
		if utf8.RuneCountInString(word) != len(g.run)+1 {
			continue
		}
		full := []rune(word)
		at := 0
		for at < len(g.run) && full[at] == g.run[at] {
			at++
		}
		if string(full[at+1:]) == string(g.run[at:]) {
			g.offer(at, 0, full[at:at+1], omission)
		}
	}
}

// remove offers the run without a repeated character.
func (g *generator) remove() {
	for i := 1; i < len(g.run); i++ {
		if g.run[i] == g.run[i-1] {
			g.offer(i, 1, []rune{}, repetition)
		}
	}
}

// logContext returns the log probability of chars in place of
// run[at:at+size]: of the chain of pairs that they form among themselves and
// with the neighbours of that part.
func (g *generator) logContext(at, size int, chars ...int) float64 {
	before, out := -1, 0.0
	if at > 0 {
		before = g.chars[at-1]
	}
	hasAfter := at+size < len(g.run)
	for k, char := range chars {
		hasBefore := k > 0 || at > 0
		if hasBefore {
			out += g.logPair(before, char)
		}
		if hasBefore && (k+1 < len(chars) || hasAfter) {
			out -= g.logChar(char)
		}
		before = char
	}
	if hasAfter {
		out += g.logPair(before, g.chars[at+size])
	}
	return out
}

// unseenCount is the count of a pair that no document contains, or too few for
// the lexicon to keep it.
const unseenCount = 0.5

func (s *Speller) logPair(a, b int) float64 { return logCount(s.lexicon.pair(a, b)) }

func (s *Speller) logChar(char int) float64 {
	if char < 0 {
		return logCounts[0]
	}
	return s.logTotals[char]
}

// logCounts are the logarithms of the counts of nearly all pairs.
var logCounts = func() (logs [1 << 10]float64) {
	for n := range logs {
		logs[n] = math.Log(float64(n) + unseenCount)
	}
	return logs
}()

func logCount(n int) float64 {
	if n < len(logCounts) {
		return logCounts[n]
	}
	return math.Log(float64(n) + unseenCount)
}

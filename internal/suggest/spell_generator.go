package suggest

import (
	"math"
	"unicode/utf8"
)

// candidateBudget is for how many characters of a query candidates are
// generated, at 100 to 200 µs each.
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
// characters, false if there is none that makes a word. It takes from budget the
// characters for which it generates candidates.
func (s *Speller) bestCandidate(run []rune, budget *int) (candidate, bool) {
	if len(run) < 2 {
		return candidate{}, false
	}
	g := &generator{Speller: s, run: run, lattice: newLattice(s.lexicon, run)}
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
	chars   []int // indexes of run in the lexicon
	best    candidate
}

// offer scores a candidate and keeps it if it makes a word of the index and is
// the best so far. weight is the evidence of its pairs and the log probability of
// its mistake.
func (g *generator) offer(at, size int, with []rune, weight float64) {
	gain, length := g.lattice.gain(at, size, with)
	if length < 2 || g.best.with != nil && gain+weight <= g.best.gain {
		return
	}
	whole := length == len(g.run)-size+len(with)
	if !mayOffer(g.run[at:at+size], with, whole) {
		return
	}
	g.best = candidate{at: at, size: size, with: with, gain: gain + weight, whole: whole}
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
	typed := g.logContext(i, 1, g.chars[i])
	g.confusion.soundsLike(g.run[i], func(char int, log float64) {
		if gain := g.logContext(i, 1, char) - typed; gain > 0 {
			g.offer(i, 1, []rune{g.lexicon.chars[char]}, pairWeight*gain+log)
		}
	})
	shape := newMatcher(glyphOf(g.run[i]))
	g.fitting(i, func(char int) {
		if char == g.chars[i] || !shape.mayMatch(&g.confusion.shapes[char]) {
			return
		}
		gain := g.logContext(i, 1, char) - typed
		if gain <= 0 {
			return
		}
		if log, similar := g.confusion.looksLike(shape, char); similar {
			g.offer(i, 1, []rune{g.lexicon.chars[char]}, pairWeight*gain+log)
		}
	})
}

// fitting calls visit with the characters that the index has next to a neighbour
// of run[i]: after the one before, or before the one after. Every word that
// covers run[i] has such a character there. One may be visited twice.
func (g *generator) fitting(i int, visit func(char int)) {
	l := g.lexicon
	if i > 0 && g.chars[i-1] >= 0 {
		before := g.chars[i-1]
		for k := l.followerStart[before]; k < l.followerStart[before+1]; k++ {
			if l.pairCounts[k] >= minCandidateDF {
				visit(int(l.followers[k]))
			}
		}
	}
	if i+1 < len(g.run) && g.chars[i+1] >= 0 {
		after := g.chars[i+1]
		for _, before := range l.preceders[l.precederStart[after]:l.precederStart[after+1]] {
			visit(int(before))
		}
	}
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

func (s *Speller) logPair(a, b int) float64 {
	return math.Log(float64(s.lexicon.pair(a, b)) + unseenCount)
}

func (s *Speller) logChar(char int) float64 {
	n := unseenCount
	if char >= 0 {
		n += float64(s.lexicon.pairTotals[char])
	}
	return math.Log(n)
}

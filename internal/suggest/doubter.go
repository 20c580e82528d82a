package suggest

import (
	"math"
	"unicode/utf8"
)

// maxDoubts bounds how many characters of a query are doubted, and so what a
// correction costs: 100 to 200 µs each.
const maxDoubts = 32

// Mistakes of other kinds than one character for another, which are rarer, as
// log probabilities like those of confusion.
const (
	swapped  = -5 // two neighbours
	leftOut  = -5
	twice    = -7 // a text with fewer characters is the more probable for that alone
	maxTyped = 7  // characters of a run in which one may be left out or there twice
)

// leastMeant is how many documents hold a word that may be meant.
const leastMeant = 3

// pairShare is the weight of the evidence of pairs beside that of words.
const pairShare = .5

// best returns the best change to a run of Han characters, false where there is
// none that makes a word. doubts is how many characters may be doubted yet.
func (s *Speller) best(run []rune, doubts *int) (change, bool) {
	if len(run) < 2 {
		return change{}, false
	}
	d := &doubter{Speller: s, run: run, cutting: newCutting(s.lexicon, run)}
	for _, r := range run {
		d.chars = append(d.chars, s.lexicon.char(r))
	}
	doubtful := false
	for i, known := range d.cutting.known() {
		if known || d.usual(i) {
			continue
		}
		if *doubts--; *doubts < 0 {
			break
		}
		doubtful = true
		d.replace(i)
		d.swap(i)
	}
	if doubtful && len(run) <= maxTyped {
		d.insert()
		d.remove()
	}
	return d.found, d.found.with != nil
}

// doubter looks for the best change to one run.
type doubter struct {
	*Speller
	cutting *cutting
	run     []rune
	chars   []int
	found   change
}

// offer takes a change whose pairs and mistake are weighed already, if it makes
// a word that the index holds and is the best so far.
func (d *doubter) offer(at, size int, with []rune, weight float64) {
	gain, length := d.cutting.gain(at, size, with)
	if length < 2 || d.found.with != nil && gain+weight <= d.found.gain {
		return
	}
	d.found = change{
		at: at, size: size, with: with, gain: gain + weight,
		whole: length == len(d.run)-size+len(with),
	}
}

// usual tells whether run[i] stands between its neighbours as many documents
// have it: a particle, say, which no change could make much more probable.
func (d *doubter) usual(i int) bool {
	return i > 0 && i+1 < len(d.run) &&
		d.lexicon.pair(d.chars[i-1], d.chars[i]) >= leastKnown && d.lexicon.pair(d.chars[i], d.chars[i+1]) >= leastKnown
}

// replace tries what run[i] may be written for.
func (d *doubter) replace(i int) {
	typed := d.around(i, 1, d.chars[i])
	d.confusion.soundsLike(d.run[i], func(char int, log float64) {
		if more := d.around(i, 1, char) - typed; more > 0 {
			d.offer(i, 1, []rune{d.lexicon.chars[char]}, pairShare*more+log)
		}
	})
	look := newLikeness(drawn(d.run[i]))
	d.neighbours(i, func(char int) {
		if char == d.chars[i] || !look.perhaps(&d.confusion.looks[char]) {
			return
		}
		more := d.around(i, 1, char) - typed
		if more <= 0 {
			return
		}
		if log, alike := d.confusion.looksLike(look, char); alike {
			d.offer(i, 1, []rune{d.lexicon.chars[char]}, pairShare*more+log)
		}
	})
}

// neighbours calls visit with the characters that stand between the neighbours
// of run[i] in the index: behind the one or before the other, as every word
// does that covers the place. One may come twice.
func (d *doubter) neighbours(i int, visit func(char int)) {
	l := d.lexicon
	if i > 0 && d.chars[i-1] >= 0 {
		before := d.chars[i-1]
		for k := l.first[before]; k < l.first[before+1]; k++ {
			if l.pairs[k] >= leastMeant {
				visit(int(l.second[k]))
			}
		}
	}
	if i+1 < len(d.run) && d.chars[i+1] >= 0 {
		after := d.chars[i+1]
		for _, before := range l.before[l.last[after]:l.last[after+1]] {
			visit(int(before))
		}
	}
}

// swap tries run[i] and its neighbours in the other order.
func (d *doubter) swap(i int) {
	for _, at := range []int{i - 1, i} {
		if at < 0 || at+1 >= len(d.run) || d.chars[at] < 0 || d.chars[at+1] < 0 || d.chars[at] == d.chars[at+1] {
			continue
		}
		more := d.around(at, 2, d.chars[at+1], d.chars[at]) - d.around(at, 2, d.chars[at], d.chars[at+1])
		if more > 0 {
			d.offer(at, 2, []rune{d.run[at+1], d.run[at]}, pairShare*more+swapped)
		}
	}
}

// insert tries the words that have one character more than the run.
func (d *doubter) insert() {
	l := d.lexicon
	first := string(d.run[:1])
	for i := l.seek(first); i < len(l.counts); i++ {
		word := l.word(i)
		if len(word) < len(first) || word[:len(first)] != first {
			return
		}
		if utf8.RuneCountInString(word) != len(d.run)+1 {
			continue
		}
		full := []rune(word)
		at := 0
		for at < len(d.run) && full[at] == d.run[at] {
			at++
		}
		if string(full[at+1:]) == string(d.run[at:]) {
			d.offer(at, 0, full[at:at+1], leftOut)
		}
	}
}

// remove tries the run without a character that is there twice.
func (d *doubter) remove() {
	for i := 1; i < len(d.run); i++ {
		if d.run[i] == d.run[i-1] {
			d.offer(i, 1, []rune{}, twice)
		}
	}
}

// around is the log probability of the pairs that chars make among themselves
// and with the neighbours of run[at:at+size], as a chain.
func (d *doubter) around(at, size int, chars ...int) float64 {
	before, out := -1, 0.
	if at > 0 {
		before = d.chars[at-1]
	}
	after := at+size < len(d.run)
	for k, char := range chars {
		if k > 0 || at > 0 {
			out += d.logPair(before, char)
		}
		if (k > 0 || at > 0) && (k+1 < len(chars) || after) {
			out -= d.logChar(char)
		}
		before = char
	}
	if after {
		out += d.logPair(before, d.chars[at+size])
	}
	return out
}

// unseen is what a pair counts that no document holds, or too few to be kept.
const unseen = .5

func (s *Speller) logPair(a, b int) float64 {
	return math.Log(float64(s.lexicon.pair(a, b)) + unseen)
}

func (s *Speller) logChar(char int) float64 {
	n := unseen
	if char >= 0 {
		n += float64(s.lexicon.total[char])
	}
	return math.Log(n)
}

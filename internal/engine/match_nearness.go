package engine

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

// nearSpans returns the occurrences of the words in the folded text where all of
// them are with at most distance characters between them. Each word needs an
// occurrence of its own: two may overlap, but none lies within another.
func nearSpans(text string, words []string, distance int) []occurrence {
	return newNearness(text, words).spans(distance)
}

// spans returns the occurrences of the words where all of them are with at most distance
// characters between them, about maxMarks.
func (n *nearness) spans(distance int) []occurrence {
	var out []occurrence
	for i := range n.all {
		if len(out) >= maxMarks {
			break
		}
		if n.from(i, distance) {
			for _, p := range n.chosen {
				out = append(out, occurrence{start: p.start, end: p.end})
			}
			n.drop(0)
		}
	}
	slices.SortFunc(out, func(a, b occurrence) int { return cmp.Or(a.start-b.start, a.end-b.end) })
	return slices.Compact(out)
}

// found reports whether all words are somewhere with at most distance characters
// between them.
func (n *nearness) found(distance int) bool {
	for i := range n.all {
		if n.from(i, distance) {
			return true
		}
	}
	return false
}

// nearness looks for an occurrence of each word, from left to right. A word that the query
// contains several times needs as many occurrences.
type nearness struct {
	text    string
	apart   bool         // no two occurrences may overlap
	within  bool         // all must be in one sentence
	all     []occurrence // by start
	at      [][]int      // by word, the indexes of its occurrences in all
	missing []int        // by word, how many occurrences are still to be chosen
	number  []int        // of the word, by its place in the query
	left    int          // the same over all words
	overlap bool         // two of all do
	chosen  []occurrence
	steps   int
	words   []string // room for them
}

const (
	// maxOccurrences bounds the occurrences of a word in one text: later ones are
	// ignored.
	maxOccurrences = 100_000
	// maxSteps bounds the search in a text in which occurrences overlap.
	maxSteps = 100_000
)

// newNearness looks for words that may overlap and be in several sentences.
func newNearness(text string, words []string) *nearness {
	n := &nearness{}
	n.find(text, words, func(word string) iter.Seq[int] { return each(text, word) })
	return n
}

// find looks for words that begin where occurrences yields. Without one of them, there are no
// occurrences of any. A nearness may be used again for another text.
func (n *nearness) find(text string, words []string, occurrences func(word string) iter.Seq[int]) {
	n.text, n.left, n.overlap, n.steps = text, len(words), false, 0
	n.all, n.missing, n.chosen = n.all[:0], n.missing[:0], n.chosen[:0]
	if slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) }) {
		return
	}
	n.number = n.number[:0]
	for i, w := range words {
		if first := slices.Index(words, w); first < i {
			word := n.number[first]
			n.number = append(n.number, word)
			n.missing[word]++
			continue
		}
		word := len(n.missing)
		n.number, n.missing = append(n.number, word), append(n.missing, 1)
		found := 0
		for at := range occurrences(w) {
			n.all = append(n.all, occurrence{word, at, at + len(w)})
			if found++; found == maxOccurrences {
				break
			}
		}
	}
	slices.SortFunc(n.all, func(a, b occurrence) int { return cmp.Or(a.start-b.start, b.end-a.end, a.word-b.word) })
	n.at = slices.Grow(n.at[:0], len(n.missing))[:len(n.missing)]
	for word := range n.at {
		n.at[word] = n.at[word][:0]
	}
	for i, p := range n.all {
		n.at[p.word] = append(n.at[p.word], i)
		n.overlap = n.overlap || i > 0 && p.start < n.all[i-1].end
	}
}

// from chooses all[i] and after it an occurrence of each word that is missing
// then, with at most distance characters between them. If there are none it
// chooses nothing.
func (n *nearness) from(i, distance int) bool {
	switch {
	case !n.enough(i):
		return false
	case n.overlap:
		return n.with(i, distance)
	}
	return n.withNext(i, distance)
}

// withNext is with where no occurrences overlap: each choice covers as much, so
// that the next occurrence of each word is the best.
func (n *nearness) withNext(i, budget int) bool {
	n.choose(i)
	for n.left > 0 {
		last := n.chosen[len(n.chosen)-1]
		if i = n.next(i + 1); i < len(n.all) {
			budget -= n.gap(last, n.all[i], budget)
		}
		if i == len(n.all) || budget < 0 || n.endsBetween(last, n.all[i]) {
			n.drop(0)
			return false
		}
		n.choose(i)
	}
	return true
}

// next returns the first of all[from:] of which a word is missing, len(all) for none.
func (n *nearness) next(from int) int {
	first := len(n.all)
	for word, missing := range n.missing {
		if missing == 0 {
			continue
		}
		if k, _ := slices.BinarySearch(n.at[word], from); k < len(n.at[word]) {
			first = min(first, n.at[word][k])
		}
	}
	return first
}

// choose chooses all[i].
func (n *nearness) choose(i int) {
	p := n.all[i]
	n.chosen = append(n.chosen, p)
	n.missing[p.word]--
	n.left--
}

// with is from by trying every choice.
func (n *nearness) with(i, budget int) bool {
	n.choose(i)
	if n.complete(i+1, budget) {
		return true
	}
	n.drop(len(n.chosen) - 1)
	return false
}

// drop takes back all choices but the first keep.
func (n *nearness) drop(keep int) {
	for _, p := range n.chosen[keep:] {
		n.missing[p.word]++
		n.left++
	}
	n.chosen = n.chosen[:keep]
}

// complete adds what is missing from all[from:] to chosen, which is not empty.
func (n *nearness) complete(from, budget int) bool {
	if n.left == 0 {
		return true
	}
	if !n.enough(from) {
		return false
	}
	last := n.chosen[len(n.chosen)-1]
	for i := from; i < len(n.all) && n.steps < maxSteps; i++ {
		n.steps++
		p := n.all[i]
		gap := n.gap(last, p, budget)
		if gap > budget || n.endsBetween(last, p) {
			return false
		}
		within := p.end <= last.end || p.start == last.start || n.apart && p.start < last.end
		if !within && n.missing[p.word] > 0 && n.with(i, budget-gap) {
			return true
		}
	}
	return false
}

// gap returns how many characters are between an occurrence and a later one. Of more
// than most it may return any number that is more, so as not to count a whole text.
func (n *nearness) gap(last, next occurrence, most int) int {
	if next.start <= last.end {
		return 0
	}
	if bytes := next.start - last.end; bytes > most*utf8.UTFMax {
		return bytes
	}
	return utf8.RuneCountInString(n.text[last.end:next.start])
}

// endsBetween reports whether a sentence ends between two occurrences that must be in one.
func (n *nearness) endsBetween(last, next occurrence) bool {
	return n.within && nextSentence(n.text, last.start, next.start) > 0
}

// enough reports whether all[from:] has what is missing; without it the search
// would try every choice of what comes before.
func (n *nearness) enough(from int) bool {
	for word, missing := range n.missing {
		if first, _ := slices.BinarySearch(n.at[word], from); len(n.at[word])-first < missing {
			return false
		}
	}
	return true
}

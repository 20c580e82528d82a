package engine

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// nearSpans returns the occurrences of the words in the folded text where all of
// them are with at most distance characters between them. Each word needs an
// occurrence of its own: two may overlap, but none lies within another.
func nearSpans(text string, words []string, distance int) []occurrence {
	n := newNearness(text, words)
	var out []occurrence
	for i := range n.all {
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
	all     []occurrence // by start
	at      [][]int      // by word, the indexes of its occurrences in all
	missing []int        // by word, how many occurrences are still to be chosen
	left    int          // the same over all words
	overlap bool         // two of all do
	chosen  []occurrence
	steps   int
}

const (
	// maxOccurrences bounds the occurrences of a word in one text: later ones are
	// ignored.
	maxOccurrences = 100_000
	// maxSteps bounds the search in a text in which occurrences overlap.
	maxSteps = 100_000
)

func newNearness(text string, words []string) *nearness {
	n := &nearness{text: text, left: len(words)}
	number := map[string]int{}
	for _, w := range words {
		if word, again := number[w]; again {
			n.missing[word]++
			continue
		}
		word := len(n.missing)
		number[w], n.missing = word, append(n.missing, 1)
		found := 0
		for at := range each(text, w) {
			n.all = append(n.all, occurrence{word, at, at + len(w)})
			if found++; found == maxOccurrences {
				break
			}
		}
	}
	slices.SortFunc(n.all, func(a, b occurrence) int { return cmp.Or(a.start-b.start, b.end-a.end, a.word-b.word) })
	n.at = make([][]int, len(n.missing))
	for i, p := range n.all {
		n.at[p.word] = append(n.at[p.word], i)
		n.overlap = n.overlap || i > 0 && p.start < n.all[i-1].end
	}
	return n
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
		last := n.chosen[len(n.chosen)-1].end
		i = n.next(i + 1)
		if i < len(n.all) {
			budget -= utf8.RuneCountInString(n.text[last:n.all[i].start])
		}
		if i == len(n.all) || budget < 0 {
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
		gap := 0
		if p.start > last.end {
			gap = utf8.RuneCountInString(n.text[last.end:p.start])
		}
		if gap > budget {
			return false
		}
		within := p.end <= last.end || p.start == last.start
		if !within && n.missing[p.word] > 0 && n.with(i, budget-gap) {
			return true
		}
	}
	return false
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

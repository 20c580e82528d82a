package engine

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/query"
)

// matchNear finds the documents that hold every word of n close together.
func (r *run) matchNear(n *query.Near, in zone) (*roaring.Bitmap, error) {
	words := make([]string, len(n.Words))
	var docs *roaring.Bitmap
	for i, w := range n.Words {
		r.ranked = append(r.ranked, r.analyze(w))
		words[i] = r.cut.FoldString(w)
		found, _, err := r.candidates(in.grams(), words[i], in)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			docs = found
		} else {
			docs = roaring.And(docs, found)
		}
	}
	if docs == nil {
		return roaring.New(), nil
	}
	docs, err := r.verify(docs, in.grams(), func(text string) bool {
		return newNearness(r.cut.FoldString(text), words).found(n.Distance)
	})
	if err != nil {
		return nil, err
	}
	return r.liftFrom(docs, in), nil
}

// nearSpans returns the places of the words in the folded text where all of
// them stand with at most distance characters between them. Each word needs a
// place of its own: two may overlap, but none lies within another.
func nearSpans(text string, words []string, distance int) []place {
	n := newNearness(text, words)
	var out []place
	for i := range n.all {
		if n.from(i, distance) {
			for _, p := range n.chosen {
				out = append(out, place{start: p.start, end: p.end})
			}
			n.drop(0)
		}
	}
	slices.SortFunc(out, func(a, b place) int { return cmp.Or(a.start-b.start, a.end-b.end) })
	return slices.Compact(out)
}

// found tells whether all words stand somewhere with at most distance characters
// between them.
func (n *nearness) found(distance int) bool {
	for i := range n.all {
		if n.from(i, distance) {
			return true
		}
	}
	return false
}

// nearness looks for a place of each word, from left to right. A word that is
// asked for several times is one of which several places are missing.
type nearness struct {
	text    string
	all     []place // by start
	at      [][]int // by word, its places among all
	missing []int   // by word, how many places are to be chosen yet
	left    int     // the same over all words
	overlap bool    // two of all do
	chosen  []place
	steps   int
}

const (
	// maxPlaces bounds the places of a word in one text: what comes later is not
	// looked at.
	maxPlaces = 100_000
	// maxSteps bounds the search in a text in which places overlap.
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
			n.all = append(n.all, place{word, at, at + len(w)})
			if found++; found == maxPlaces {
				break
			}
		}
	}
	slices.SortFunc(n.all, func(a, b place) int { return cmp.Or(a.start-b.start, b.end-a.end, a.word-b.word) })
	n.at = make([][]int, len(n.missing))
	for i, p := range n.all {
		n.at[p.word] = append(n.at[p.word], i)
		n.overlap = n.overlap || i > 0 && p.start < n.all[i-1].end
	}
	return n
}

// from chooses all[i] and behind it a place of each word that is missing then,
// with at most distance characters between them; if there are none, nothing.
func (n *nearness) from(i, distance int) bool {
	switch {
	case !n.enough(i):
		return false
	case n.overlap:
		return n.with(i, distance)
	}
	return n.withNext(i, distance)
}

// withNext is with where no places overlap: what is chosen covers as much
// whichever it is, so that the next place of each word is the best.
func (n *nearness) withNext(i, room int) bool {
	n.choose(i)
	for n.left > 0 {
		last := n.chosen[len(n.chosen)-1].end
		i = n.next(i + 1)
		if i < len(n.all) {
			room -= utf8.RuneCountInString(n.text[last:n.all[i].start])
		}
		if i == len(n.all) || room < 0 {
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

// choose takes all[i].
func (n *nearness) choose(i int) {
	p := n.all[i]
	n.chosen = append(n.chosen, p)
	n.missing[p.word]--
	n.left--
}

// with is from by trying every choice.
func (n *nearness) with(i, room int) bool {
	n.choose(i)
	if n.complete(i+1, room) {
		return true
	}
	n.drop(len(n.chosen) - 1)
	return false
}

// drop takes all choices back but the first so many.
func (n *nearness) drop(keep int) {
	for _, p := range n.chosen[keep:] {
		n.missing[p.word]++
		n.left++
	}
	n.chosen = n.chosen[:keep]
}

// complete adds what is missing to chosen, which holds at least one place, out of
// all[from:].
func (n *nearness) complete(from, room int) bool {
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
		if gap > room {
			return false
		}
		within := p.end <= last.end || p.start == last.start
		if !within && n.missing[p.word] > 0 && n.with(i, room-gap) {
			return true
		}
	}
	return false
}

// enough tells whether all[from:] has what is missing; without it the search
// would try every choice of what comes before.
func (n *nearness) enough(from int) bool {
	for word, missing := range n.missing {
		if first, _ := slices.BinarySearch(n.at[word], from); len(n.at[word])-first < missing {
			return false
		}
	}
	return true
}

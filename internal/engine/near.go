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
		return len(nearSpans(r.cut.FoldString(text), words, n.Distance)) > 0
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
	var all []place
	for i, w := range words {
		found := 0
		for at := range each(text, w) {
			all = append(all, place{i, at, at + len(w)})
			if found++; found > maxSteps { // what comes later is not looked at
				break
			}
		}
	}
	slices.SortFunc(all, func(a, b place) int { return cmp.Or(a.start-b.start, b.end-a.end, a.word-b.word) })
	n := nearness{text: text, all: all, want: len(words)}
	var out []place
	for i := range all {
		n.chosen = append(n.chosen[:0], all[i])
		if n.complete(i+1, distance) {
			for _, p := range n.chosen {
				out = append(out, place{start: p.start, end: p.end})
			}
		}
	}
	slices.SortFunc(out, func(a, b place) int { return cmp.Or(a.start-b.start, a.end-b.end) })
	return slices.Compact(out)
}

// nearness looks for one place of each word, from left to right.
type nearness struct {
	text   string
	all    []place // by start
	want   int
	chosen []place
	steps  int
}

// maxSteps bounds the search in a text that repeats its words without end.
const maxSteps = 100_000

// complete adds to chosen, which holds at least one place, until every word
// has one, with at most room characters between them; all[from:] are left.
func (n *nearness) complete(from, room int) bool {
	if len(n.chosen) == n.want {
		return true
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
		if within || slices.ContainsFunc(n.chosen, func(c place) bool { return c.word == p.word }) {
			continue
		}
		n.chosen = append(n.chosen, p)
		if n.complete(i+1, room-gap) {
			return true
		}
		n.chosen = n.chosen[:len(n.chosen)-1]
	}
	return false
}

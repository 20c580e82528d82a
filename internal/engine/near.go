package engine

import (
	"slices"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/query"
	"xunwen/internal/textnorm"
)

// matchNear finds the documents that hold every word of n close together.
func (r *run) matchNear(n *query.Near, in zone) (*roaring.Bitmap, error) {
	words := make([]string, len(n.Words))
	var docs *roaring.Bitmap
	field := Grams
	if in == inSection {
		field = SectionGrams
	}
	for i, w := range n.Words {
		r.ranked = append(r.ranked, r.analyze(w))
		words[i] = textnorm.FoldString(w)
		found, _, err := r.candidates(field, words[i], in)
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
	docs, err := r.verify(docs, field, func(text string) bool { return len(nearSpans(text, words, n.Distance)) > 0 })
	if err != nil {
		return nil, err
	}
	return r.liftFrom(docs, in), nil
}

// place is one occurrence of a word in a text, in bytes.
type place struct {
	word       int
	start, end int
}

// nearSpans returns the places of the words in the folded text where all of
// them stand with at most distance characters between them: neighbours are
// taken in order, overlapping ones have none between them.
func nearSpans(text string, words []string, distance int) []place {
	var all []place
	for i, w := range words {
		each(text, w, func(at int) { all = append(all, place{i, at, at + len(w)}) })
	}
	slices.SortFunc(all, func(a, b place) int { return a.start - b.start })
	var out []place
	count := make([]int, len(words))
	missing := len(words)
	for left, right := 0, 0; right < len(all); right++ {
		if count[all[right].word]++; count[all[right].word] == 1 {
			missing--
		}
		for missing == 0 {
			if window := all[left : right+1]; gapIn(text, window) <= distance {
				out = append(out, window...)
			}
			if count[all[left].word]--; count[all[left].word] == 0 {
				missing++
			}
			left++
		}
	}
	slices.SortFunc(out, func(a, b place) int { return a.start - b.start })
	return slices.Compact(out)
}

// gapIn counts the characters of a window that belong to none of its words.
func gapIn(text string, window []place) int {
	gap, end := 0, window[0].end
	for _, p := range window[1:] {
		if p.start > end {
			gap += utf8.RuneCountInString(text[end:p.start])
		}
		end = max(end, p.end)
	}
	return gap
}

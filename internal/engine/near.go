package engine

import (
	"slices"
	"strings"
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
		found, err := r.containingIn(field, words[i], in)
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
		for from := 0; w != ""; {
			at := strings.Index(text[from:], w)
			if at < 0 {
				break
			}
			at += from
			all = append(all, place{i, at, at + len(w)})
			_, size := utf8.DecodeRuneInString(text[at:])
			from = at + size
		}
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
			if window := all[left : right+1]; gapIn(text, window, len(words)) <= distance {
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

// gapIn counts the characters of a window that belong to none of its first
// and last words. For two words that is what stands between them.
func gapIn(text string, window []place, words int) int {
	first, last := window[0], window[len(window)-1]
	if words == 1 || first.end >= last.start {
		return 0
	}
	gap := utf8.RuneCountInString(text[first.end:last.start])
	for _, p := range window[1 : len(window)-1] {
		if words > 2 && p.start >= first.end && p.end <= last.start {
			gap -= utf8.RuneCountInString(text[p.start:p.end])
		}
	}
	return max(gap, 0)
}

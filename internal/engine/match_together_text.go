package engine

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"xunwen/internal/numeral"
	"xunwen/internal/textnorm"
)

// nearCharacters is how many characters there may be on average between two words of an
// operand that are next to each other, and don't belong to it. Measured in
// docs/measurements/together.md.
const nearCharacters = 4

// in reports whether a text has a variant. Most that have it are spared folding.
func (v variant) in(s Segmenter, text string) bool {
	if isHan(v.text) && !v.uncut && strings.Contains(text, v.text) {
		return true
	}
	joined := textnorm.Join(s.FoldString(text))
	for range v.occurrences(joined) {
		return true
	}
	return len(v.nearIn(joined, 1)) > 0
}

// occurrences yields where a variant is contiguous in a joined text.
func (v variant) occurrences(text textnorm.Joined) iter.Seq[int] {
	return func(yield func(int) bool) {
		for at := range text.Occurrences(v.text) {
			if v.uncut && numeral.Cuts(text.Text, at, at+len(v.text)) {
				continue
			}
			if !yield(at) {
				return
			}
		}
	}
}

// find returns where a variant is contiguous in a joined text, at most maxMarks times.
func (v variant) find(text textnorm.Joined) []occurrence {
	var out []occurrence
	for at := range v.occurrences(text) {
		if out = append(out, occurrence{start: at, end: at + len(v.text)}); len(out) == maxMarks {
			break
		}
	}
	return out
}

// nearIn returns the occurrences of the words of a variant that are near one another in
// one sentence of a joined text, until there are most.
func (v variant) nearIn(text textnorm.Joined, most int) []occurrence {
	w := newWindows(text, v.near)
	var out []occurrence
	for i := range w.all {
		if len(out) >= most {
			break
		}
		if w.from(i, nearCharacters*(len(v.near)-1)) {
			out = append(out, w.chosen...)
		}
		w.drop(0)
	}
	slices.SortFunc(out, func(a, b occurrence) int { return a.start - b.start })
	return slices.Compact(out)
}

// windows looks for places in a text with an occurrence of each word, in any order.
type windows struct {
	text    string
	all     []occurrence // of any word, by start
	missing []int        // by word, how many occurrences are still to be chosen
	left    int          // the same over all words
	chosen  []occurrence
}

// newWindows finds the occurrences of words; it has none if one of them is missing. A word
// that is there several times needs as many occurrences.
func newWindows(text textnorm.Joined, words []part) *windows {
	w := &windows{text: text.Text, left: len(words)}
	for i, p := range words {
		if !strings.Contains(text.Text, p.text) {
			return &windows{}
		}
		first := slices.IndexFunc(words[:i], func(other part) bool { return other.text == p.text })
		w.missing = append(w.missing, 1)
		if first >= 0 {
			w.missing[first]++
			w.missing[i] = 0
		}
	}
	for i, p := range words {
		found := 0
		if w.missing[i] == 0 {
			continue
		}
		for at := range text.Occurrences(p.text) {
			if p.uncut && numeral.Cuts(text.Text, at, at+len(p.text)) {
				continue
			}
			w.all = append(w.all, occurrence{i, at, at + len(p.text)})
			if found++; found == maxOccurrences {
				break
			}
		}
		if found < w.missing[i] {
			return &windows{}
		}
	}
	slices.SortFunc(w.all, func(a, b occurrence) int { return cmp.Or(a.start-b.start, a.end-b.end) })
	return w
}

// from chooses all[i] and after it an occurrence of each other word, none of which
// overlap, with at most so many characters between them and no end of a sentence.
func (w *windows) from(i, between int) bool {
	w.choose(i)
	if w.left == 0 {
		return true
	}
	last := w.all[i]
	for j := i + 1; j < len(w.all); j++ {
		next := w.all[j]
		if next.start < last.end {
			continue
		}
		gap := w.text[last.end:next.start]
		if len(gap) > between*utf8.UTFMax {
			break
		}
		n := utf8.RuneCountInString(gap)
		if n > between || n > 0 && len(sentenceEnds(w.text[last.start:next.start])) > 0 {
			break
		}
		if w.missing[next.word] > 0 && w.from(j, between-n) {
			return true
		}
	}
	w.drop(len(w.chosen) - 1)
	return false
}

func (w *windows) choose(i int) {
	w.chosen = append(w.chosen, w.all[i])
	w.missing[w.all[i].word]--
	w.left--
}

// drop takes back all choices but the first keep.
func (w *windows) drop(keep int) {
	for _, o := range w.chosen[keep:] {
		w.missing[o.word]++
		w.left++
	}
	w.chosen = w.chosen[:keep]
}

package neardup

import (
	"slices"
	"strings"
	"unicode"

	"github.com/cespare/xxhash/v2"

	"xunwen/internal/news"
	"xunwen/internal/textnorm"
)

const (
	// shingle is the length of a shingle in characters: two or three words, so that
	// different reports of an event share few, and a changed word changes few.
	shingle = 5
	// shortText is the number of characters below which texts must be equal.
	shortText = 50
)

// text is the text of an article, prepared for comparison.
type text struct {
	letters string // folded letters, marks and digits: punctuation and spaces vary between prints
	starts  []int  // where each character of letters starts
}

func (c Comparer) newText(a *news.Article) text {
	all := make([]string, len(a.Paragraphs))
	for i, p := range a.Paragraphs {
		all[i] = p.Text
	}
	t := text{letters: c.letters(all...)}
	t.starts = make([]int, 0, len(t.letters)/3+1)
	for i := range t.letters {
		t.starts = append(t.starts, i)
	}
	return t
}

func (c Comparer) letters(texts ...string) string {
	var b strings.Builder
	for _, s := range texts {
		for _, r := range c.Fold.FoldString(s) {
			if isLetter(r) {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

func isLetter(r rune) bool {
	return textnorm.IsHan(r) || unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}

func (t text) size() int { return len(t.starts) }

// shingles returns the hashes of the shingles, in text order.
func (t text) shingles() []uint64 {
	out := make([]uint64, 0, max(t.size()-shingle+1, 0))
	for i := shingle - 1; i < t.size(); i++ {
		end := len(t.letters)
		if i+1 < t.size() {
			end = t.starts[i+1]
		}
		out = append(out, xxhash.Sum64String(t.letters[t.starts[i-shingle+1]:end]))
	}
	return out
}

// set sorts hashes and removes repeated ones.
func set(hashes []uint64) []uint64 {
	slices.Sort(hashes)
	return slices.Compact(hashes)
}

// common returns the size of the intersection of two sets.
func common(a, b []uint64) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}

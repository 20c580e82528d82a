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
	// shingle is how many characters make a shingle: two or three words, so that
	// reports of one event share few and a changed word spoils few.
	shingle = 5
	// shortText is below how many characters a text is only compared as a whole.
	shortText = 50
)

// text is an article's text made ready to be compared.
type text struct {
	letters string // letters, marks and digits, folded; punctuation and blanks change from print to print
	starts  []int  // where each character of letters begins
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

// shingles returns the hashes of t's shingles, in order of the text.
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

// set sorts hashes and drops those that stand twice.
func set(hashes []uint64) []uint64 {
	slices.Sort(hashes)
	return slices.Compact(hashes)
}

// common counts what two sets share.
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

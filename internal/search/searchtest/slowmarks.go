package searchtest

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"xunwen/internal/query"
	"xunwen/internal/textnorm"
)

// slowText is a folded text, character by character.
type slowText struct {
	fold         textnorm.Folder
	folded       []rune
	starts, ends []int // of each in the original, in bytes
}

func newSlowText(fold textnorm.Folder, text string) *slowText {
	s := &slowText{fold: fold}
	folded := fold.Fold(text)
	for at, r := range folded.Text {
		start, end := folded.Span(at, at+utf8.RuneLen(r))
		s.folded = append(s.folded, r)
		s.starts, s.ends = append(s.starts, start), append(s.ends, end)
	}
	return s
}

// at reports whether part is at i.
func (s *slowText) at(i int, part []rune) bool {
	return len(part) > 0 && i+len(part) <= len(s.folded) && slices.Equal(s.folded[i:i+len(part)], part)
}

// insideRun reports whether i is inside a run of letters and digits.
func (s *slowText) insideRun(i int) bool {
	return i > 0 && i < len(s.folded) && inRun(s.folded[i-1]) && inRun(s.folded[i])
}

// boundary reports whether a word may begin or end at i: not inside a run of letters
// or a run of digits.
func (s *slowText) boundary(i int) bool {
	return !s.insideRun(i) || unicode.IsNumber(s.folded[i-1]) != unicode.IsNumber(s.folded[i])
}

func paint(mask []bool, from, to int) {
	for i := from; i < to; i++ {
		mask[i] = true
	}
}

// matches paints the characters that a query must mark and those that it may mark.
func (s *slowText) matches(n query.Node, in query.FieldName, must, may []bool) {
	query.Walk(n, func(n query.Node) bool {
		switch n := n.(type) {
		case *query.Not:
			return false
		case *query.Field:
			return n.Name == in
		case *query.Phrase:
			s.phrase(n, must, may)
		case *query.Prefix:
			s.prefix(n, must, may)
		case *query.Near:
			s.near(n, may)
		case *query.Word:
			s.word(n, must, may)
		}
		return true
	})
}

func (s *slowText) phrase(n *query.Phrase, must, may []bool) {
	want := []rune(s.fold.FoldString(n.Text))
	for i := range s.folded {
		if s.at(i, want) {
			paint(must, i, i+len(want))
			paint(may, i, i+len(want))
		}
	}
}

func (s *slowText) prefix(n *query.Prefix, must, may []bool) {
	want := []rune(s.fold.FoldString(n.Text))
	for i := range s.folded {
		if s.at(i, want) && !s.insideRun(i) {
			end := i + len(want)
			for s.insideRun(end) {
				end++
			}
			paint(must, i, end)
			paint(may, i, end)
		}
	}
}

// word paints the whole operand and nothing else if the text contains it, else only
// what they have in common, never a character alone.
func (s *slowText) word(n *query.Word, must, may []bool) {
	want := []rune(s.fold.FoldString(n.Text))
	whole := false
	for i := range s.folded {
		if end := i + len(want); s.at(i, want) && s.boundary(i) && s.boundary(end) {
			whole = true
			paint(must, i, end)
			paint(may, i, end)
		}
	}
	if whole {
		return
	}
	for from := range want {
		for to := from + 2; to <= len(want); to++ {
			for i := range s.folded {
				if end := i + to - from; s.at(i, want[from:to]) && s.boundary(i) && s.boundary(end) {
					paint(may, i, end)
				}
			}
		}
	}
}

// near paints every choice of one occurrence of each word that is close enough.
func (s *slowText) near(n *query.Near, may []bool) {
	type occurrence struct{ from, to int }
	var chosen []occurrence
	var choose func(word int)
	choose = func(word int) {
		if word < len(n.Words) {
			want := []rune(s.fold.FoldString(n.Words[word]))
			for i := range s.folded {
				p := occurrence{i, i + len(want)}
				within := func(c occurrence) bool {
					return c.from <= p.from && p.to <= c.to || p.from <= c.from && c.to <= p.to
				}
				if s.at(i, want) && !slices.ContainsFunc(chosen, within) {
					chosen = append(chosen, p)
					choose(word + 1)
					chosen = chosen[:len(chosen)-1]
				}
			}
			return
		}
		sorted := slices.SortedFunc(slices.Values(chosen), func(a, b occurrence) int { return a.from - b.from })
		gaps := 0
		for i, p := range sorted[1:] {
			gaps += max(0, p.from-sorted[i].to)
		}
		if gaps <= n.Distance {
			for _, p := range sorted {
				paint(may, p.from, p.to)
			}
		}
	}
	choose(0)
}

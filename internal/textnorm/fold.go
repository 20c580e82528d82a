package textnorm

import (
	"sort"
	"unicode/utf8"
)

// Folder brings texts into normal form, in which texts are compared. The zero
// Folder leaves traditional characters as they are; one made by NewFolder has a
// table of them. It is safe for concurrent use, and only texts that were folded by
// the same Folder can be compared.
type Folder struct{ table *table }

// Folded is a text in normal form, with a map of offsets to the original. The zero
// Folded is the folded empty text.
type Folded struct {
	Text string

	original   int         // length of the original in bytes
	alignments []alignment // in order; nil if every offset equals its original
}

// alignment maps a part of the normal form to the part of the original that became it.
// Between alignments, characters have the length that they had. An alignment of no length
// is what was left out.
type alignment struct{ start, end, from, to int }

// Fold returns the normal form of s:
//
//   - each character folds to what it is compatible with by Unicode (NFKC): width,
//     ㎡ to m2, radicals to ideographs; case folds, and Latin letters lose their
//     diacritics,
//   - Han characters fold by the Folder's table, character by character: 臺灣
//     becomes 台湾,
//   - signs without width are left out,
//   - signs of a kind fold to one: quotation marks, middle dots, dashes, ellipses,
//     colons; a run of dashes or of ellipses is one, and three dots are an ellipsis,
//   - white space is left out, except between two letters or digits that are not
//     Han characters, where a run of it is one space,
//   - a NUL and a byte that is not valid UTF-8 become U+FFFD, which is a sign.
//
// Folding the folded text again changes nothing. Text that is already folded costs
// no allocation.
func (f Folder) Fold(s string) Folded {
	text := f.folding(s)
	text.wantAlignments = true
	return Folded{Text: text.run(), original: len(s), alignments: text.alignments}
}

// Scratch is the memory of one folded text after another.
type Scratch struct {
	out        []byte
	alignments []alignment
}

// FoldIn is Fold in the memory of m: what it returns is valid until m is used again.
func (f Folder) FoldIn(m *Scratch, s string) Folded {
	text := f.folding(s)
	text.wantAlignments = true
	text.out, text.alignments = m.out[:0], m.alignments[:0]
	folded := text.run()
	m.out, m.alignments = text.out, text.alignments
	return Folded{Text: folded, original: len(s), alignments: text.alignments}
}

// FoldString is Fold for callers that need no offsets.
func (f Folder) FoldString(s string) string {
	text := f.folding(s)
	return text.run()
}

func (f Folder) folding(s string) folding {
	if f.table == nil {
		f.table = base()
	}
	return folding{table: f.table, source: s, dotsAt: none}
}

// Span maps a match in f.Text to the original: [i,j) of f.Text are [start,end)
// there, exactly the characters that the match was folded from, with what was left
// out between them and without what was left out around them. An offset inside a
// character counts as its start; offsets outside the text count as its nearest end.
func (f Folded) Span(i, j int) (start, end int) {
	i, j = runeStart(f.Text, i), runeStart(f.Text, j)
	start = startOf(f.alignments, i)
	if j <= i {
		return start, start
	}
	p := alignmentBefore(f.alignments, j-1)
	if p.end >= j {
		return start, p.to
	}
	return start, p.to + j - p.end
}

// startOf returns the offset in the original of the character at i.
func startOf(alignments []alignment, i int) int {
	p := alignmentBefore(alignments, i)
	if p.end > i {
		return p.from
	}
	return p.to + i - p.end
}

// alignmentBefore returns the last alignment that starts at i or before.
func alignmentBefore(alignments []alignment, i int) alignment {
	after := sort.Search(len(alignments), func(k int) bool { return alignments[k].start > i })
	if after == 0 {
		return alignment{}
	}
	return alignments[after-1]
}

// runeStart returns the start of the character that i lies in, from 0 to the end of
// the text.
func runeStart(text string, i int) int {
	i = min(max(i, 0), len(text))
	for i < len(text) && !utf8.RuneStart(text[i]) {
		i--
	}
	return i
}

package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
)

// Glyph is a character with its position on a page. Lengths are in points, y
// grows downwards.
type Glyph struct {
	Rune        rune
	Left, Right float64
	Base        float64 // y of its baseline
	Size        float64 // type size as rendered
	blank       float64 // width of the blanks before it
}

// farOff is larger than any sheet of paper (PDF's own limit is 14,400 points).
const farOff = 1e6

// usable reports whether the glyph has a position and a size that a reader could
// see.
func (g *Glyph) usable() bool {
	const least = 0.5 // points
	for _, v := range []float64{g.Left, g.Right, g.Base, g.Size} {
		if math.IsNaN(v) || math.Abs(v) > farOff {
			return false
		}
	}
	return g.Size >= least && g.Right >= g.Left && !unicode.IsControl(g.Rune) && g.Rune != 0xfffd
}

// line is a sequence of glyphs without a gap that could separate two columns.
type line struct {
	glyphs      []Glyph // from left to right, without blanks
	left, right float64
	base, size  float64
	page        int  // of a document, from 1
	byline      bool // of a document: names below a headline
}

func (l *line) top() float64    { return l.base - 0.88*l.size } // of a Han character
func (l *line) bottom() float64 { return l.base + 0.12*l.size }
func (l *line) width() float64  { return l.right - l.left }

// edge is the right end without punctuation, which may hang over the edge of the
// column.
func (l *line) edge() float64 {
	if last := &l.glyphs[len(l.glyphs)-1]; unicode.IsPunct(last.Rune) {
		return last.Left
	}
	return l.right
}

// Gaps, relative to the type size. Justified lines are seldom spaced by more than
// half a character, and columns are seldom closer than a whole one.
const (
	columnGap = 0.8
	blankGap  = 0.18 // between two Latin letters: a blank that is not a character
)

func newLine(glyphs []Glyph) line {
	l := line{glyphs: glyphs, left: farOff, right: -farOff}
	sizes := map[float64]int{}
	for i := range glyphs {
		g := &glyphs[i]
		l.left, l.right = min(l.left, g.Left), max(l.right, g.Right)
		sizes[math.Round(g.Size*4)/4]++
	}
	for size, n := range sizes {
		if n > sizes[l.size] || n == sizes[l.size] && size > l.size {
			l.size = size
		}
	}
	if len(glyphs) > 0 {
		l.base = glyphs[len(glyphs)/2].Base
	}
	return l
}

// rows groups glyphs by baseline, from top to bottom and from left to right.
func rows(glyphs []Glyph) [][]Glyph {
	glyphs = slices.Clone(glyphs)
	slices.SortFunc(glyphs, func(a, b Glyph) int { return cmp.Compare(a.Base, b.Base) })
	var out [][]Glyph
	const near = 0.25 // of the type size: the offset of a second font within a line
	for from := 0; from < len(glyphs); {
		to := from + 1
		for to < len(glyphs) && glyphs[to].Base-glyphs[from].Base <= near*min(glyphs[from].Size, glyphs[to].Size) {
			to++
		}
		row := glyphs[from:to]
		slices.SortFunc(
			row,
			func(a, b Glyph) int { return cmp.Or(cmp.Compare(a.Left, b.Left), cmp.Compare(a.Rune, b.Rune)) },
		)
		if row = dropBlanks(dropShadows(row)); len(row) > 0 {
			out = append(out, row)
		}
		from = to
	}
	return out
}

// dropShadows keeps one of several equal characters drawn over each other, as
// some papers do to make type bold.
func dropShadows(row []Glyph) []Glyph {
	const same = 0.2 // of the type size
	kept := row[:0]
	for _, g := range row {
		if n := len(kept); n > 0 && kept[n-1].Rune == g.Rune && g.Left-kept[n-1].Left < same*g.Size &&
			g.Right-g.Left > same*g.Size {
			continue
		}
		kept = append(kept, g)
	}
	return kept
}

// dropBlanks removes the blanks from a row and records their width at what
// follows.
func dropBlanks(row []Glyph) []Glyph {
	kept := row[:0]
	blank := 0.0
	for _, g := range row {
		if unicode.IsSpace(g.Rune) {
			blank += g.Right - g.Left
			continue
		}
		g.blank, blank = blank, 0
		kept = append(kept, g)
	}
	return kept
}

// linesOf splits the rows where a gap or a change of type separates columns;
// large type also at gaps over a gutter, which is narrow relative to it.
func linesOf(rows [][]Glyph) []line {
	lines := cutRows(rows, nil)
	if at := gutters(lines); len(at) > 0 {
		lines = cutRows(rows, at)
	}
	return lines
}

func cutRows(rows [][]Glyph, gutters []float64) []line {
	var out []line
	for _, row := range rows {
		from := 0
		for i := 1; i <= len(row); i++ {
			if i < len(row) && !separates(&row[i-1], &row[i]) && !overGutter(row, i, gutters) {
				continue
			}
			out = append(out, newLine(row[from:i]))
			from = i
		}
	}
	return out
}

// gutters returns the middles of the gaps that are aligned vertically between
// lines of body type, from left to right.
func gutters(lines []line) []float64 {
	body := bodySize(lines)
	var middles []float64
	for i := 1; i < len(lines); i++ {
		a, b := &lines[i-1], &lines[i]
		const widest = 4 // characters
		if sameType(a.size, body) && sameType(b.size, body) && math.Abs(a.base-b.base) < 0.25*body &&
			b.left > a.right &&
			b.left-a.right < widest*body {
			middles = append(middles, (a.right+b.left)/2)
		}
	}
	slices.Sort(middles)
	const (
		enough = 5   // lines, more than a table has
		same   = 0.3 // of the body size
	)
	var out []float64
	for i := 0; i+enough <= len(middles); i++ {
		if m := middles[i+enough/2]; middles[i+enough-1]-middles[i] < same*body &&
			(len(out) == 0 || m-out[len(out)-1] > same*body) {
			out = append(out, m)
		}
	}
	return out
}

// overGutter reports whether the gap before row[i] is over a gutter and wider
// than the adjacent gaps, unlike those of a letter-spaced headline.
func overGutter(row []Glyph, i int, gutters []float64) bool {
	a, b := &row[i-1], &row[i]
	const least, wider = 0.25, 1.5 // of the type size; times the adjacent gaps
	gap := b.Left - a.Right
	if gap < least*max(a.Size, b.Size) {
		return false
	}
	if k, _ := slices.BinarySearch(gutters, a.Right); k == len(gutters) || gutters[k] >= b.Left {
		return false
	}
	return (i < 2 || gap > wider*(a.Left-row[i-2].Right)) && (i+1 == len(row) || gap > wider*(row[i+1].Left-b.Right))
}

// separates reports whether a column may end between two adjacent glyphs.
func separates(a, b *Glyph) bool {
	const otherType = 1.25 // a change of size that doesn't happen within a line
	gap := b.Left - a.Right - b.blank
	large, small := max(a.Size, b.Size), min(a.Size, b.Size)
	return gap > columnGap*large || large > otherType*small && gap > 0.3*small
}

// text returns the text of the line. A gap that could separate table cells
// becomes four blanks.
func (l *line) text() string {
	var b strings.Builder
	for i := range l.glyphs {
		g := &l.glyphs[i]
		if i > 0 {
			before := &l.glyphs[i-1]
			switch gap := g.Left - before.Right; {
			case gap > cellGap*l.size && gap-g.blank > columnGap*l.size:
				b.WriteString("    ")
			case g.blank > 0, gap > blankGap*l.size && narrow(before.Rune) && narrow(g.Rune):
				b.WriteByte(' ')
			}
		}
		b.WriteRune(g.Rune)
	}
	return b.String()
}

// cellGap is the least gap between table cells.
const cellGap = 1.5

func narrow(r rune) bool { return r < 0x2e80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

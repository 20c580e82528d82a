package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
)

// Glyph is a character where it stands on a page. Lengths are in points, y grows
// downwards.
type Glyph struct {
	Rune        rune
	Left, Right float64
	Base        float64 // the line it stands on
	Size        float64 // of its type, as rendered
	blank       float64 // width of the blanks before it
}

// farOff is larger than any sheet of paper (PDF's own limit is 14,400 points).
const farOff = 1e6

// usable says whether the glyph has a place and a size that a reader could see.
func (g *Glyph) usable() bool {
	const least = .5 // points
	for _, v := range []float64{g.Left, g.Right, g.Base, g.Size} {
		if math.IsNaN(v) || math.Abs(v) > farOff {
			return false
		}
	}
	return g.Size >= least && g.Right >= g.Left && !unicode.IsControl(g.Rune) && g.Rune != 0xfffd
}

// line is glyphs that stand beside each other without a gap that could part two
// columns.
type line struct {
	glyphs      []Glyph // from left to right, without blanks
	left, right float64
	base, size  float64
}

func (l *line) top() float64    { return l.base - .88*l.size } // of a Han character
func (l *line) bottom() float64 { return l.base + .12*l.size }
func (l *line) width() float64  { return l.right - l.left } //

// Gaps in parts of the type size. Justified lines are seldom spaced by more
// than half a character, and columns seldom stand closer than a whole one.
const (
	columnGap = .8
	blankGap  = .18 // between two Latin letters: a blank that isn't there as a character
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

// rows puts glyphs that stand on one line beside each other, from top to bottom
// and from left to right.
func rows(glyphs []Glyph) [][]Glyph {
	glyphs = slices.Clone(glyphs)
	slices.SortFunc(glyphs, func(a, b Glyph) int { return cmp.Compare(a.Base, b.Base) })
	var out [][]Glyph
	const near = .25 // of the type size: what a font changed within a line may be off
	for from := 0; from < len(glyphs); {
		to := from + 1
		for to < len(glyphs) && glyphs[to].Base-glyphs[from].Base <= near*min(glyphs[from].Size, glyphs[to].Size) {
			to++
		}
		row := glyphs[from:to]
		slices.SortFunc(row, func(a, b Glyph) int { return cmp.Or(cmp.Compare(a.Left, b.Left), cmp.Compare(a.Rune, b.Rune)) })
		if row = dropBlanks(dropShadows(row)); len(row) > 0 {
			out = append(out, row)
		}
		from = to
	}
	return out
}

// dropShadows leaves one of several equal characters that were drawn over each
// other, as some papers do to make type bold.
func dropShadows(row []Glyph) []Glyph {
	const same = .2 // of the type size
	kept := row[:0]
	for _, g := range row {
		if n := len(kept); n > 0 && kept[n-1].Rune == g.Rune && g.Left-kept[n-1].Left < same*g.Size && g.Right-g.Left > same*g.Size {
			continue
		}
		kept = append(kept, g)
	}
	return kept
}

// dropBlanks takes the blanks out of a row and notes their width at what follows.
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

// linesOf cuts the rows where a gap or a change of type parts columns.
func linesOf(rows [][]Glyph) []line {
	var out []line
	for _, row := range rows {
		from := 0
		for i := 1; i <= len(row); i++ {
			if i < len(row) && !parts(&row[i-1], &row[i]) {
				continue
			}
			out = append(out, newLine(row[from:i]))
			from = i
		}
	}
	return out
}

// parts says whether a column may end between two neighbours.
func parts(a, b *Glyph) bool {
	const otherType = 1.25 // a change of size that doesn't happen within a line
	gap := b.Left - a.Right - b.blank
	large, small := max(a.Size, b.Size), min(a.Size, b.Size)
	return gap > columnGap*large || large > otherType*small && gap > .3*small
}

// text writes the line out. A gap that could part the cells of a table becomes
// four blanks.
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

// cellGap is the least gap between the cells of a table.
const cellGap = 1.5

func narrow(r rune) bool { return r < 0x2e80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

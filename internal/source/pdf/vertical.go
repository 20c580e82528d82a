package pdf

import (
	"cmp"
	"math"
	"slices"
	"unicode"
)

// turnVertical lays vertical type, whose lines are columns from right to left, on its
// side, so that it is read like horizontal type. Horizontal lines on such a page, as the
// head line and headlines often are, come before the columns or, if they are not above
// them, after them.
func turnVertical(glyphs []Glyph) []Glyph {
	if !isVertical(glyphs) {
		return glyphs
	}
	columns, across := splitDirections(glyphs)
	var out []Glyph
	top, left := farOff, farOff
	first, last := farOff, -farOff
	for _, g := range columns {
		centre := (g.Left + g.Right) / 2
		top = min(top, g.Base-0.88*g.Size)
		const order = 1e-4 // of digits side by side in a column
		g.Left = g.Base - 0.88*g.Size + order*centre
		g.Right = g.Left + g.Size
		g.Base = -centre + 0.38*g.Size
		left, first, last = min(left, g.Left), min(first, g.Base), max(last, g.Base)
		out = append(out, g)
	}
	var before, after float64 // heights of the lines above and below
	for _, row := range slices.Backward(across) {
		if l := newLine(row); l.base <= top+l.size {
			before += leading * l.size
			out = append(out, moved(row, left, first-before-2*l.size)...)
		}
	}
	for _, row := range across {
		if l := newLine(row); l.base > top+l.size {
			after += leading * l.size
			out = append(out, moved(row, left, last+after+2*l.size)...)
		}
	}
	return out
}

const leading = 1.8 // times the size, from line to line

// moved moves a row to a place.
func moved(row []Glyph, left, base float64) []Glyph {
	out := slices.Clone(row)
	for i := range out {
		width := out[i].Right - out[i].Left
		out[i].Left += left - row[0].Left
		out[i].Right, out[i].Base = out[i].Left+width, base
	}
	return out
}

// splitDirections separates the horizontal rows of a page in vertical type: those with
// several Han characters side by side, with none above or below them.
func splitDirections(glyphs []Glyph) (columns []Glyph, across [][]Glyph) {
	const fewest = 3 // Han characters
	below := map[[3]int]bool{}
	key := func(g *Glyph, base float64) [3]int {
		column, row := (g.Left+g.Right)/g.Size, base/(0.3*g.Size)
		return [3]int{int(math.Round(column)), int(math.Round(row)), int(math.Round(g.Size))}
	}
	for i := range glyphs {
		below[key(&glyphs[i], glyphs[i].Base)] = true
	}
	inColumn := func(g *Glyph) bool {
		for _, d := range []float64{0.9, 1, 1.1} { // times the size, up or down
			if below[key(g, g.Base+d*g.Size)] || below[key(g, g.Base-d*g.Size)] {
				return true
			}
		}
		return false
	}
	var lone []Glyph
	for i := range glyphs {
		if g := &glyphs[i]; inColumn(g) {
			columns = append(columns, *g)
		} else {
			lone = append(lone, *g)
		}
	}
	slices.SortStableFunc(lone, func(a, b Glyph) int { return cmp.Compare(a.Base, b.Base) })
	for from, to := 0, 0; from < len(lone); from = to {
		han := 0
		for to < len(lone) && lone[to].Base-lone[from].Base < 0.1*lone[from].Size {
			if unicode.Is(unicode.Han, lone[to].Rune) {
				han++
			}
			to++
		}
		row := slices.Clone(lone[from:to])
		if han < fewest || !areBeside(row) {
			columns = append(columns, row...)
			continue
		}
		across = append(across, row)
	}
	return columns, across
}

// areBeside sorts a row and reports whether most of its characters touch the next one.
func areBeside(row []Glyph) bool {
	slices.SortStableFunc(row, func(a, b Glyph) int { return cmp.Compare(a.Left, b.Left) })
	const gap = 0.4 // of the size
	n := 0
	for i := 1; i < len(row); i++ {
		if row[i].Left-row[i-1].Right < gap*row[i].Size {
			n++
		}
	}
	return 2*n >= len(row)-1
}

// isVertical reports whether most characters stand directly below another and not
// directly beside one: lines are farther apart than the characters in them.
func isVertical(glyphs []Glyph) bool {
	const (
		fewest = 20 // characters that touch one
		times  = 2
	)
	down := touching(glyphs, func(g *Glyph) (across, along float64) { return (g.Left + g.Right) / 2, g.Base })
	right := touching(glyphs, func(g *Glyph) (across, along float64) { return g.Base, (g.Left + g.Right) / 2 })
	return down >= fewest && down > times*right
}

// touching counts the Han characters that follow another without white in a direction.
func touching(glyphs []Glyph, place func(*Glyph) (across, along float64)) int {
	type cell struct {
		across      int // in halves of a character
		along, size float64
	}
	var cells []cell
	for i := range glyphs {
		if g := &glyphs[i]; unicode.Is(unicode.Han, g.Rune) {
			across, along := place(g)
			cells = append(cells, cell{int(math.Round(2 * across / g.Size)), along, g.Size})
		}
	}
	slices.SortFunc(cells, func(a, b cell) int {
		return cmp.Or(cmp.Compare(a.across, b.across), cmp.Compare(a.along, b.along))
	})
	n := 0
	for i := 1; i < len(cells); i++ {
		a, b := &cells[i-1], &cells[i]
		const least, most = 0.8, 1.15 // times the size
		if d := b.along - a.along; a.across == b.across && sameType(a.size, b.size) &&
			d > least*b.size && d < most*b.size {
			n++
		}
	}
	return n
}

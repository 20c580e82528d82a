package pdf

import (
	"cmp"
	"math"
	"slices"
	"unicode"
)

// turnVertical lays vertical type, whose lines are columns from right to left, on its
// side, so that it is read like horizontal type.
func turnVertical(glyphs []Glyph) []Glyph {
	if !isVertical(glyphs) {
		return glyphs
	}
	out := make([]Glyph, len(glyphs))
	for i, g := range glyphs {
		centre := (g.Left + g.Right) / 2
		const order = 1e-4 // of digits side by side in a column
		g.Left = g.Base - 0.88*g.Size + order*centre
		g.Right = g.Left + g.Size
		g.Base = -centre + 0.38*g.Size
		out[i] = g
	}
	return out
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

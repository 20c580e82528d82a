package suggest

import (
	"math/bits"

	"github.com/hajimehoshi/bitmapfont/v4"
	"golang.org/x/image/math/fixed"
)

// glyph is how a character looks in 12 by 13 pixels, one bit each. Of so few
// pixels small strokes take one or two, so that counting those which two glyphs
// share tells look-alikes well: 己 and 已 share 99 %, 晴 and 睛 95 %, 未 and 末 95 %.
type glyph struct {
	rows [3]uint64
	ink  int // pixels set
}

// leastInk is what a character has that the font really draws.
const leastInk = 4

// drawn returns a character's glyph, the zero glyph where the font has none.
func drawn(r rune) glyph {
	var g glyph
	area, mask, at, _, ok := bitmapfont.FaceSC.Glyph(fixed.P(0, 0), r)
	if !ok || area.Dx()*area.Dy() > 64*len(g.rows) {
		return glyph{}
	}
	bit := 0
	for y := range area.Dy() {
		for x := range area.Dx() {
			if _, _, _, alpha := mask.At(at.X+x, at.Y+y).RGBA(); alpha != 0 {
				g.rows[bit/64] |= 1 << (bit % 64)
				g.ink++
			}
			bit++
		}
	}
	if g.ink < leastInk {
		return glyph{}
	}
	return g
}

// alike returns the share of their pixels that two glyphs have in common (the
// Dice coefficient), 0 to 1.
func (g *glyph) alike(h *glyph) float64 {
	if g.ink == 0 || h.ink == 0 {
		return 0
	}
	both := 0
	for i := range g.rows {
		both += bits.OnesCount64(g.rows[i] & h.rows[i])
	}
	return 2 * float64(both) / float64(g.ink+h.ink)
}

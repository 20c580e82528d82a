package suggest

import (
	"math/bits"

	"github.com/hajimehoshi/bitmapfont/v4"
	"golang.org/x/image/math/fixed"
)

// The cell of a character in the bitmap font, in pixels.
const (
	cellWidth  = 12
	cellHeight = 13
)

// glyph is how a character looks: one bit for each pixel of its cell, row by row.
// Of so few pixels small strokes take one or two, so that counting those which
// two glyphs share tells look-alikes: 己 and 已 share 99 %, 晴 and 睛 95 %.
type glyph [3]uint64

// leastInk is how many pixels a character has that the font really draws.
const leastInk = 4

// drawn returns a character's glyph, the zero glyph where the font has none.
func drawn(r rune) glyph {
	var g glyph
	area, mask, at, _, ok := bitmapfont.FaceSC.Glyph(fixed.P(0, 0), r)
	if !ok {
		return g
	}
	for y := range min(area.Dy(), cellHeight) {
		for x := range min(area.Dx(), cellWidth) {
			if _, _, _, alpha := mask.At(at.X+x, at.Y+y).RGBA(); alpha != 0 {
				g.set(x, y)
			}
		}
	}
	if g.ink() < leastInk {
		return glyph{}
	}
	return g
}

func (g *glyph) set(x, y int) {
	bit := y*cellWidth + x
	g[bit/64] |= 1 << (bit % 64)
}

func (g *glyph) ink() int {
	return bits.OnesCount64(g[0]) + bits.OnesCount64(g[1]) + bits.OnesCount64(g[2])
}

func (g *glyph) and(h *glyph) glyph { return glyph{g[0] & h[0], g[1] & h[1], g[2] & h[2]} }

// moved returns g moved by so many pixels; what leaves the cell is lost.
func (g *glyph) moved(dx, dy int) glyph {
	var out glyph
	for y := range cellHeight {
		for x := range cellWidth {
			bit := y*cellWidth + x
			inside := x+dx >= 0 && x+dx < cellWidth && y+dy >= 0 && y+dy < cellHeight
			if inside && g[bit/64]>>(bit%64)&1 != 0 {
				out.set(x+dx, y+dy)
			}
		}
	}
	return out
}

// partSize is how wide and how high the part of a cell is, in pixels, in which
// most characters keep the component that they share with their look-alikes: two
// thirds, a little less of its height.
const partSize = 8

// parts are those parts: right, left, lower, upper.
var parts = func() [4]glyph {
	var out [4]glyph
	for y := range cellHeight {
		for x := range cellWidth {
			for i, inside := range [4]bool{x >= cellWidth-partSize, x < partSize, y >= cellHeight-partSize, y < partSize} {
				if inside {
					out[i].set(x, y)
				}
			}
		}
	}
	return out
}()

// inked is a glyph with its pixels counted.
type inked struct {
	glyph
	count int
}

func newInked(g glyph) inked { return inked{g, g.ink()} }

// same is the share of their pixels that two glyphs have in common (the Dice
// coefficient), 0 to 1.
func (g *inked) same(h *inked) float64 {
	if g.count == 0 || h.count == 0 {
		return 0
	}
	both := bits.OnesCount64(g.glyph[0]&h.glyph[0]) + bits.OnesCount64(g.glyph[1]&h.glyph[1]) + bits.OnesCount64(g.glyph[2]&h.glyph[2])
	return 2 * float64(both) / float64(g.count+h.count)
}

// look is a glyph with its parts, ready to be compared.
type look struct {
	whole inked
	parts [len(parts)]inked
}

func newLook(g glyph) look {
	l := look{whole: newInked(g)}
	for i := range parts {
		l.parts[i] = newInked(g.and(&parts[i]))
	}
	return l
}

// likeness compares looks with one of them, each part of which is also moved by
// a pixel in four directions: a component moves a little to make room for its
// neighbour.
type likeness struct {
	of    look
	moved [len(parts)][4]inked
}

func newLikeness(g glyph) *likeness {
	l := &likeness{of: newLook(g)}
	for i := range parts {
		part := &l.of.parts[i]
		for k, by := range [4][2]int{{1, 0}, {-1, 0}, {0, 1}, {0, -1}} {
			l.moved[i][k] = newInked(part.moved(by[0], by[1]))
		}
	}
	return l
}

const (
	// partOnly is what a likeness of two thirds is less than one of the whole.
	partOnly = .1
	// leastWhole is the likeness of the whole below which parts are hardly ever
	// alike. Comparing them takes twenty times as long.
	leastWhole = .45
)

// perhaps tells quickly whether another character may look like l's.
func (l *likeness) perhaps(h *look) bool { return l.of.whole.same(&h.whole) >= leastWhole }

// alike returns how much another character looks like l's, 0 to 1.
func (l *likeness) alike(h *look) float64 {
	best := l.of.whole.same(&h.whole)
	for i := range parts {
		best = max(best, l.of.parts[i].same(&h.parts[i])-partOnly)
		for k := range l.moved[i] {
			best = max(best, l.moved[i][k].same(&h.parts[i])-partOnly)
		}
	}
	return best
}

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

// glyph is the picture of a character: one bit for each pixel of its cell, row by
// row. With so few pixels a small stroke has one or two, so that the pixels which
// two glyphs share measure how alike they look: 己 and 已 share 99 %, 晴 and 睛
// 95 %.
type glyph [3]uint64

// minInk is how many pixels a character has at least that the font really draws.
const minInk = 4

// glyphOf returns the glyph of a character, the zero glyph if the font has none.
func glyphOf(r rune) glyph {
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
	if g.ink() < minInk {
		return glyph{}
	}
	return g
}

func (g *glyph) set(x, y int) {
	bit := y*cellWidth + x
	g[bit/64] |= 1 << (bit % 64)
}

// ink counts the pixels.
func (g *glyph) ink() int {
	return bits.OnesCount64(g[0]) + bits.OnesCount64(g[1]) + bits.OnesCount64(g[2])
}

func (g *glyph) and(h *glyph) glyph { return glyph{g[0] & h[0], g[1] & h[1], g[2] & h[2]} }

// shifted returns g moved by some pixels; those that leave the cell are lost.
func (g *glyph) shifted(dx, dy int) glyph {
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

// partSize is the width or height, in pixels, of the part of a cell in which most
// characters have the component that they share with similar ones: two thirds,
// of the height a little less.
const partSize = 8

// parts are masks of those parts: right, left, lower, upper.
var parts = func() [4]glyph {
	var out [4]glyph
	for y := range cellHeight {
		for x := range cellWidth {
			inside := [4]bool{x >= cellWidth-partSize, x < partSize, y >= cellHeight-partSize, y < partSize}
			for i := range inside {
				if inside[i] {
					out[i].set(x, y)
				}
			}
		}
	}
	return out
}()

// inked is a glyph with the number of its pixels.
type inked struct {
	glyph
	count int
}

func newInked(g glyph) inked { return inked{g, g.ink()} }

// overlap is the share of their pixels that two glyphs have in common, 0 to 1
// (the Dice coefficient).
func (g *inked) overlap(h *inked) float64 {
	if g.count == 0 || h.count == 0 {
		return 0
	}
	both := g.and(&h.glyph)
	return 2 * float64(both.ink()) / float64(g.count+h.count)
}

// shape is a glyph with its parts, ready for comparison.
type shape struct {
	whole inked
	parts [len(parts)]inked
}

func newShape(g glyph) shape {
	s := shape{whole: newInked(g)}
	for i := range parts {
		s.parts[i] = newInked(g.and(&parts[i]))
	}
	return s
}

// matcher compares one shape with others. Each of its parts is also shifted by a
// pixel in four directions: a component moves a little to leave room for its
// neighbour.
type matcher struct {
	shape
	shifted [len(parts)][4]inked
}

func newMatcher(g glyph) *matcher {
	m := &matcher{shape: newShape(g)}
	for i := range parts {
		part := &m.parts[i]
		for k, by := range [4][2]int{{1, 0}, {-1, 0}, {0, 1}, {0, -1}} {
			m.shifted[i][k] = newInked(part.shifted(by[0], by[1]))
		}
	}
	return m
}

const (
	// partPenalty is by how much the similarity of a part counts less than that
	// of the whole.
	partPenalty = 0.1
	// minWholeOverlap is the overlap of the whole below which parts are hardly
	// ever similar. Comparing parts takes twenty times as long.
	minWholeOverlap = 0.45
)

// mayMatch reports quickly whether another character may look like m's.
func (m *matcher) mayMatch(s *shape) bool { return m.whole.overlap(&s.whole) >= minWholeOverlap }

// similarity returns how much another character looks like m's, 0 to 1. Parts count only
// where they make it minSimilarity or more.
func (m *matcher) similarity(s *shape) float64 {
	best := m.whole.overlap(&s.whole)
	for i := range parts {
		part := &s.parts[i]
		if m.parts[i].mayBeAlike(part) {
			best = max(best, m.parts[i].overlap(part)-partPenalty)
		}
		for k := range m.shifted[i] {
			if shifted := &m.shifted[i][k]; shifted.mayBeAlike(part) {
				best = max(best, shifted.overlap(part)-partPenalty)
			}
		}
	}
	return best
}

// mayBeAlike reports quickly whether two parts may be alike enough to count: by how many
// pixels they have, then by those that they share.
func (g *inked) mayBeAlike(h *inked) bool {
	const percent = 100 * (minSimilarity + partPenalty)
	least := percent * (g.count + h.count) / 200 // of the pixels in both, rounded down
	if min(g.count, h.count) < least {
		return false
	}
	both := bits.OnesCount64(g.glyph[0]&h.glyph[0]) + bits.OnesCount64(g.glyph[1]&h.glyph[1]) +
		bits.OnesCount64(g.glyph[2]&h.glyph[2])
	return both >= least
}

package suggest

import (
	"testing"
	"unicode/utf8"
)

func TestGlyphSimilarity(t *testing.T) {
	for pair, similar := range map[string]bool{
		"己已": true, "未末": true, "晴睛": true, "土士": true, "戌戍": true, "情请": true, "径经": true,
		"一二": false, "人国": false,
	} {
		a, size := utf8.DecodeRuneInString(pair)
		b, _ := utf8.DecodeRuneInString(pair[size:])
		m, whole, s := newMatcher(glyphOf(a)), newInked(glyphOf(b)), newShape(glyphOf(b))
		if got := m.similarity(&whole, &s).value(); (got >= minSimilarity) != similar {
			t.Errorf("%s: similarity %.2f", pair, got)
		}
	}
	missing := newMatcher(glyphOf('\uE000'))
	whole, other := newInked(glyphOf('国')), newShape(glyphOf('国'))
	if missing.similarity(&whole, &other).value() != 0 {
		t.Error("a character that the font does not have is similar to another")
	}
}

// TestShiftedGlyphs compares moving all pixels of a glyph at once with moving each.
func TestShiftedGlyphs(t *testing.T) {
	for _, r := range "国一鬱𠮷口" {
		g := glyphOf(r)
		for i, by := range [][2]int{{1, 0}, {-1, 0}, {0, 1}, {0, -1}} {
			var want glyph
			for bit := range cellWidth * cellHeight {
				x, y := bit%cellWidth+by[0], bit/cellWidth+by[1]
				if g[bit/64]>>(bit%64)&1 != 0 && 0 <= x && x < cellWidth && 0 <= y && y < cellHeight {
					want.set(x, y)
				}
			}
			if got := g.shifted(&shifts[i]); got != want {
				t.Errorf("%c moved by %v is %x, want %x", r, by, got, want)
			}
		}
	}
}

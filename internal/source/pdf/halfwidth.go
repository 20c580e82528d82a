package pdf

import "xunwen/internal/source/glyph"

// readHalfWidth replaces the rare characters that stand for half-width ones, in lines
// where one is narrow or two are side by side: a text in traditional characters may have
// some of them, wide and alone.
func readHalfWidth(lines []line) {
	for i := range lines {
		glyphs := lines[i].glyphs
		if !hasHalfWidth(glyphs) {
			continue
		}
		for k := range glyphs {
			if ascii, ok := glyph.HalfWidth(glyphs[k].Rune); ok {
				glyphs[k].Rune = ascii
			}
		}
	}
}

func hasHalfWidth(glyphs []Glyph) bool {
	before := false
	for k := range glyphs {
		g := &glyphs[k]
		_, ok := glyph.HalfWidth(g.Rune)
		const narrow = 0.75 // of the type size
		if ok && (before || g.Right-g.Left < narrow*g.Size) {
			return true
		}
		before = ok
	}
	return false
}

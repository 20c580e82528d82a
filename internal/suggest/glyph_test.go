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
		m, s := newMatcher(glyphOf(a)), newShape(glyphOf(b))
		if got := m.similarity(&s); (got >= minSimilarity) != similar {
			t.Errorf("%s: similarity %.2f", pair, got)
		}
	}
	missing := newMatcher(glyphOf('\uE000'))
	if other := newShape(glyphOf('国')); missing.similarity(&other) != 0 {
		t.Error("a character that the font does not have is similar to another")
	}
}

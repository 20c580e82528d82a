package textnorm

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestLooseParts cuts random texts between any two characters: what the parts fold to by
// themselves, put together, folds to what the whole does, and is that already where nothing is
// left to do.
func TestLooseParts(t *testing.T) {
	f, err := NewFolder(map[rune]rune{'臺': '台', '灣': '湾'})
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(9, 9))
	pieces := []string{"大", "桥", "臺灣", "，", "。", "。", ".", "…", "⋯", "‥", "—", "-", "~", "·", "・", " ", "　", "\n", "a",
		"B", "9", "é", "é", "か", "゙", "が", "ｶﾞ", "㎡", "㍿", "\u200b", "\x00", "〇", "○", "“", "'", "𠮷", "ﷺ", "¨", "ª",
		"㌀", "︰", "⁉", "﹣", "年"}
	settled := 0
	for range 30000 {
		var text, loose strings.Builder
		var left Left
		for range r.IntN(12) {
			var part strings.Builder
			for range r.IntN(4) {
				part.WriteString(pieces[r.IntN(len(pieces))])
			}
			if r.IntN(20) == 0 {
				part.WriteRune(rune(r.IntN(0x30000)))
			}
			l, more := f.Loose(part.String())
			text.WriteString(part.String())
			loose.WriteString(l)
			left |= more
		}
		want := f.FoldString(text.String())
		if got := f.FoldString(loose.String()); got != want {
			t.Fatalf("%q is loose %q, which folds to %q, want %q", text.String(), loose.String(), got, want)
		}
		if left.Settled([]byte(loose.String())) {
			settled++
			if loose.String() != want {
				t.Fatalf("%q is loose %q, want %q", text.String(), loose.String(), want)
			}
		}
	}
	if settled < 1000 {
		t.Errorf("only %d texts were settled", settled)
	}
	if _, left := f.Loose("大\xe5\xb1"); left&LeftBytes == 0 || left.Settled(nil) {
		t.Error("a part of a character is taken for a text")
	}
	if _, left := f.Loose(string(utf8.RuneError)); left != 0 {
		t.Error("U+FFFD is taken for a part of a character")
	}
}

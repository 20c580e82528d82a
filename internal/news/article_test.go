package news

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
)

func TestCharacters(t *testing.T) {
	a := Article{Title: "标题", Paragraphs: []Paragraph{
		{Section: "小标题", Text: "北约 东扩，Ｃ９１９。"}, {Text: "　𠮷野\u00a0é\n"}, {Kind: Caption, Text: "图"},
	}}
	if got := a.Characters(); got != 14 {
		t.Errorf("%d characters, want 14", got)
	}
	if got := (&Article{Title: "标题"}).Characters(); got != 0 {
		t.Errorf("%d characters without paragraphs", got)
	}
}

// TestTextsByBytes compares what looks at bytes first with what looks at every character, over
// texts of any bytes.
func TestTextsByBytes(t *testing.T) {
	t.Parallel()
	parts := []string{
		"北", "约", "𠮷", "é", "a", " ", "　", "\u00a0", "\u0085", "\u009f", "\u00b7", "\x7f", "\n", "\x00", "，",
		"\xe4", "\xe4\xb8", "\xe4\xc0\x80", "\xe9\x80\xff", "\x80", "\xff", "\xc2",
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		var b strings.Builder
		for range r.IntN(6) {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		text, want := b.String(), 0
		for _, c := range text {
			if !unicode.IsSpace(c) {
				want++
			}
		}
		if got := characters(text); got != want {
			t.Fatalf("%q has %d characters, want %d", text, got, want)
		}
		if strings.IndexFunc(text, isControl) >= 0 && !mayHaveControl(text) {
			t.Fatalf("%q has control characters", text)
		}
	}
}

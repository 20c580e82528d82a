package snippet

import (
	"math/rand/v2"
	"testing"
	"unicode/utf8"
)

// TestCharactersAreRunes compares counting and moving by characters with package utf8, also in
// texts that are not valid.
func TestCharactersAreRunes(t *testing.T) {
	parts := []string{"a", "é", "。", "中", "䀀", "鿿", "𠮷", "\xe4", "\xe4\xb8", "\x80", "\xff"}
	r := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		text := ""
		for range r.IntN(20) {
			text += parts[r.IntN(len(parts))]
		}
		if got, want := length(text, 0, len(text)), utf8.RuneCountInString(text); got != want {
			t.Fatalf("%q has %d characters, want %d", text, got, want)
		}
		at := 0
		for n := range utf8.RuneCountInString(text) + 1 {
			if got := forward(text, 0, n); got != at {
				t.Fatalf("%d characters of %q end at %d, want %d", n, text, got, at)
			}
			_, size := utf8.DecodeRuneInString(text[at:])
			at += size
		}
		at = len(text)
		for n := range utf8.RuneCountInString(text) + 1 {
			if got := backward(text, len(text), n); got != at {
				t.Fatalf("%d characters before the end of %q begin at %d, want %d", n, text, got, at)
			}
			_, size := utf8.DecodeLastRuneInString(text[:at])
			at -= size
		}
	}
}

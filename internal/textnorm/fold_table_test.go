package textnorm

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// TestEveryRune checks for each character of Unicode that it folds as those do
// that differ from it only in case or in how they are composed.
func TestEveryRune(t *testing.T) {
	folder := testFolder(t)
	for r := rune(1); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		got := folder.FoldString("x" + string(r) + "x")
		if again := folder.FoldString(got); again != got {
			t.Fatalf("%U folds to %q and then to %q", r, got, again)
		}
		for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
			if !isIgnored(r) && !isIgnored(other) && folder.FoldString("x"+string(other)+"x") != got {
				t.Fatalf("%U and %U differ only in case but fold differently", r, other)
			}
		}
		parts := norm.NFKD.String(string(r))
		if strings.ContainsFunc(parts, isBlank) || strings.ContainsFunc(parts, isJamo) {
			continue
		}
		if other := folder.FoldString("x" + parts + "x"); other != got && !isSign(r) {
			t.Fatalf("%U folds to %q, decomposed %q to %q", r, got, parts, other)
		}
	}
}

// isJamo reports whether r is a part of a Korean syllable.
func isJamo(r rune) bool { return r >= 0x1100 && r <= 0x11FF }

// isSign reports whether a class of signs names r: ‴ is one quotation mark, not three.
func isSign(r rune) bool {
	for _, c := range signClasses {
		for _, x := range c.signs() {
			if x == r {
				return true
			}
		}
	}
	return false
}

func TestRuneClasses(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if got, want := IsHan(r), unicode.Is(unicode.Han, r); got != want {
			t.Fatalf("IsHan(%U) = %v", r, got)
		}
		want := (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)) && !unicode.Is(unicode.Han, r)
		if got := IsWordRune(r); got != want {
			t.Fatalf("IsWordRune(%U) = %v", r, got)
		}
	}
}

// TestRadicals checks Kangxi radicals, which NFKC folds, and their supplement.
func TestRadicals(t *testing.T) {
	for r := rune(0x2E80); r <= 0x2FD5; r++ {
		if !unicode.Is(unicode.Radical, r) || r == 0x2E80 { // which looks like no character
			continue
		}
		got := []rune(Folder{}.FoldString(string(r)))
		if len(got) != 1 || !unicode.Is(unicode.Unified_Ideograph, got[0]) {
			t.Errorf("%c (%U) folds to %q", r, r, string(got))
		}
	}
}

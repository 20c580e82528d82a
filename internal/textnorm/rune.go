package textnorm

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// isBlank reports whether a decoded rune folds to white space: white space
// itself, NUL, and a byte that is not UTF-8 (which decodes with size 1; a
// U+FFFD in the text has size 3 and stays).
func isBlank(r rune, size int) bool {
	if r < utf8.RuneSelf {
		return r == ' ' || r >= '\t' && r <= '\r' || r == 0
	}
	return r == utf8.RuneError && size == 1 || unicode.IsSpace(r)
}

// The full-width forms of ASCII are in ASCII's order at a fixed distance.
const (
	fullWidthFirst = '！' // U+FF01
	fullWidthLast  = '～' // U+FF5E
	fullWidthShift = fullWidthFirst - '!'
)

// firstCJK is where the blocks of East Asian writing begin; no Han character
// has a smaller code. From here to afterNear there are CJK radicals, kana and
// ideographs.
const firstCJK = 0x2E80

// foldRune returns the one rune that r folds to.
func (f Folder) foldRune(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		if 'A' <= r && r <= 'Z' {
			return r + ('a' - 'A')
		}
		return r
	case r >= firstCJK && r < afterNear:
		// No case or width here, except the ideographic space, which is blank.
		return f.script.simplify(r)
	case fullWidthFirst <= r && r <= fullWidthLast:
		r -= fullWidthShift
		if 'A' <= r && r <= 'Z' {
			return r + ('a' - 'A')
		}
		return r
	}
	if narrow := width.LookupRune(r).Folded(); narrow != 0 {
		r = narrow
	}
	return f.script.simplify(foldCase(r))
}

// foldCase returns the lower case of the smallest rune that differs from r only
// in case, so that σ ς Σ all fold alike, and so do k K and the Kelvin sign.
func foldCase(r rune) rune {
	least := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		least = min(least, next)
	}
	return unicode.ToLower(least)
}

// IsHan reports whether r is a Han character (汉字) by its Unicode script,
// which includes 々 and 〇.
func IsHan(r rune) bool {
	switch {
	case r < firstCJK:
		return false
	case r >= 0x4E00 && r <= 0x9FFF:
		return true
	}
	return unicode.Is(unicode.Han, r)
}

// IsWordRune reports whether r belongs to a run of letters, digits (numbers of
// any kind: 5, ①, Ⅳ) and marks that are not Han characters: c919, новости.
func IsWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	}
	return (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)) && !IsHan(r)
}

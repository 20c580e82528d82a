package analyzer

import (
	"unicode"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// run scans the parts between signs that may have joint grams. Nearly all parts are Han
// characters only, without a joiner.
func (g *jointScanner) run() {
	text := g.joined.Text
	isJoined := len(text) != len(g.folded)
	start := none         // of a part
	before := classOfSign // of the character before i
	differs := false
	for i, size := 0, 0; i < len(text); i += size {
		class := classOfHan
		if first := text[i]; isNearHan(first) {
			size = nearSize
		} else if first < utf8.RuneSelf {
			class, size = classASCII[first], 1
		} else {
			var r rune
			r, size = utf8.DecodeRuneInString(text[i:])
			class = classOf(r)
		}
		if class == classOfSign {
			g.end(start, i, differs, isJoined)
			start, differs = none, false
		} else if start == none {
			start = i
		} else if class != before && class != classOfHan && before != classOfHan {
			differs = true
		}
		before = class
	}
	g.end(start, len(text), differs, isJoined)
}

// end ends a part at an offset.
func (g *jointScanner) end(start, end int, differs, isJoined bool) {
	if start == none {
		return
	}
	if isJoined && !differs {
		from, to := g.joined.Span(start, end)
		differs = to-from != end-start
	}
	if differs {
		g.scan(start, end)
	}
}

// class is what matters of a character for its grams.
type class uint8

const (
	classOfSign class = iota
	classOfHan
	classOfLetter
	classOfNumber
)

func classOf(r rune) class {
	switch {
	case textnorm.IsHan(r):
		return classOfHan
	case !textnorm.IsWordRune(r):
		return classOfSign
	case unicode.IsNumber(r):
		return classOfNumber
	}
	return classOfLetter
}

// classASCII has the classes of the characters of ASCII.
var classASCII = func() (all [utf8.RuneSelf]class) {
	for r := range all {
		all[r] = classOf(rune(r))
	}
	return all
}()

// nearSize is the length in bytes of most Han characters.
const nearSize = 3

// isNearHan reports whether a character of a folded text that begins with a byte is
// between U+5000 and U+9FFF: most Han characters of texts are, and nothing else is.
func isNearHan(first byte) bool { return 0xE5 <= first && first <= 0xE9 }

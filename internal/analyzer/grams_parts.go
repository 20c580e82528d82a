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
		var class class
		class, size = classAt(text, i)
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

// The characters with a table of classes beside that of ASCII: signs and kana.
const (
	firstSign = 0x2000
	afterSign = 0x3100
)

// classesOfSigns has the classes of the characters from firstSign on.
var classesOfSigns = func() (all [afterSign - firstSign]class) {
	for i := range all {
		all[i] = classOf(rune(firstSign + i))
	}
	return all
}()

// classAt returns the class of the character at an offset of a folded text and its size.
func classAt(text string, at int) (c class, size int) {
	if isHanAt(text, at) {
		return classOfHan, hanSize
	}
	if first := text[at]; first < utf8.RuneSelf {
		return classASCII[first], 1
	}
	r, size := utf8.DecodeRuneInString(text[at:])
	if r >= firstSign && r < afterSign {
		return classesOfSigns[r-firstSign], size
	}
	return classOf(r), size
}

// hanSize is the length in bytes of most Han characters.
const hanSize = 3

// isHanAt reports whether the character at an offset of a folded text is between U+4E00 and
// U+9FFF: most Han characters of texts are, and nothing else is.
func isHanAt(text string, at int) bool {
	const lead, second = 0xE4, 0xB8 // of U+4E00
	first := text[at]
	return first > lead && first <= 0xE9 || first == lead && at+1 < len(text) && text[at+1] >= second
}

package analyzer

import (
	"unicode"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// scanParts scans the parts between signs that may have joint grams. Nearly all parts are Han
// characters only, without a joiner.
func (g *jointScanner) scanParts() {
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

// classAt returns the class of the character at an offset and its size.
func classAt(text string, at int) (c class, size int) {
	if first := text[at]; first < utf8.RuneSelf {
		return classASCII[first], 1
	}
	if at+hanSize <= len(text) {
		switch r := decodeThree(text[at:]); {
		case r >= firstHan && r < afterHan:
			return classOfHan, hanSize
		case r >= firstSign && r < afterSign:
			return classesOfSigns[r-firstSign], hanSize
		}
	}
	r, size := utf8.DecodeRuneInString(text[at:])
	return classOf(r), size
}

// The block of nearly all Han characters of texts, and their length in bytes.
const (
	firstHan = 0x4E00
	afterHan = 0xA000
	hanSize  = 3
)

// decodeThree decodes the first character of a text of three bytes or more, if that has three
// itself and is between U+1000 and U+CFFF; otherwise it returns utf8.RuneError.
func decodeThree(s string) rune {
	const first, last, continuation, mask = 0xE1, 0xEC, 0x80, 0xC0
	a, b, c := s[0], s[1], s[2]
	if a < first || a > last || b&mask != continuation || c&mask != continuation {
		return utf8.RuneError
	}
	return rune(a&0x0F)<<12 | rune(b&^mask)<<6 | rune(c&^mask)
}

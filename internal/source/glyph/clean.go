package glyph

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Count is the number of characters of each kind.
type Count struct {
	Invisible int // removed
	Shapes    int // replaced by the characters that they represent
	Private   int // kept: see Clean
}

// Clean removes soft hyphens and zero-width characters, and replaces shapes: radicals and
// compatibility ideographs by the ideograph (NFKC for these blocks only, and Unicode's
// equivalents for radicals that are whole characters), Latin ligatures by letters.
// Full-width characters stay. A word split by a soft hyphen at a line end is joined on the
// first line.
//
// Private use characters stay: often one is the rare character of a name in the
// newspaper's own font, and without it its neighbours would read as a word. They are
// counted, so that a caller can recognise a text of little else, which is the encoding of
// a font rather than text.
func Clean(s string) (string, Count) {
	var n Count
	first := strings.IndexFunc(s, unusual)
	if first < 0 {
		return s, n
	}
	c := cleaner{n: &n}
	c.out.Grow(len(s))
	c.out.WriteString(s[:first])
	c.last, _ = utf8.DecodeLastRuneInString(s[:first])
	for rest := s[first:]; rest != ""; {
		r, size := utf8.DecodeRuneInString(rest)
		if r == softHyphen {
			rest = c.hyphen(rest[size:])
			continue
		}
		c.add(r, rest[:size])
		rest = rest[size:]
	}
	return c.out.String(), n
}

// unusual reports whether Clean might change r; it is fast for all other characters.
func unusual(r rune) bool {
	switch {
	case r < softHyphen:
		return false
	case r >= 0x4e00 && r <= 0x9fff:
		return false
	}
	return r == softHyphen || invisible(r) || r == joiner || isSelector(r) || isShape(r) || unicode.Is(unicode.Co, r)
}

const (
	softHyphen = '\u00ad'
	joiner     = '\u200d' // joins emoji; has no effect on other text
)

// invisible reports whether r is a zero-width character that Chinese or Latin text doesn't
// need: it allows or forbids a line break or sets a direction.
func invisible(r rune) bool {
	switch {
	case r >= '\u200b' && r <= '\u200c', // zero width space and non-joiner
		r >= '\u200e' && r <= '\u200f', r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', // directions
		r >= '\u2060' && r <= '\u2064', // word joiner, invisible operators
		r == '\u180e', r == '\ufeff':
		return true
	}
	return false
}

// isSelector reports whether r is a variation selector. After a Han character it selects
// one of its shapes; after a symbol it selects colour, and stays.
func isSelector(r rune) bool {
	return r >= 0xfe00 && r <= 0xfe0f || r >= 0xe0100 && r <= 0xe01ef
}

// isShape reports whether r is in a block of shapes of other characters.
func isShape(r rune) bool {
	switch {
	case r >= 0x2e80 && r <= 0x2fd5, // radicals
		r >= 0xf900 && r <= 0xfaff, r >= 0x2f800 && r <= 0x2fa1f, // compatibility ideographs
		r >= 0xfb00 && r <= 0xfb06: // Latin ligatures
		return true
	}
	return false
}

type cleaner struct {
	out  strings.Builder
	last rune // the last one kept
	n    *Count
}

// add writes one character, text, in its plain form.
func (c *cleaner) add(r rune, text string) {
	switch {
	case r == softHyphen, invisible(r),
		r == joiner && !symbol(c.last),
		isSelector(r) && unicode.Is(unicode.Han, c.last):
		c.n.Invisible++
		return
	case isShape(r):
		if plain := plainOf(r, text); plain != text {
			c.n.Shapes++
			text = plain
		}
	case unicode.Is(unicode.Co, r):
		c.n.Private++
	}
	c.out.WriteString(text)
	c.last, _ = utf8.DecodeLastRuneInString(text)
}

// symbol reports whether a joiner after r can form an emoji.
func symbol(r rune) bool { return unicode.In(r, unicode.So, unicode.Sk) || isSelector(r) }

func plainOf(r rune, text string) string {
	if plain, ok := radicals[r]; ok {
		return string(plain)
	}
	return norm.NFKC.String(text)
}

// hyphen removes a soft hyphen and, if it ends a line, moves the rest of the word up. It
// returns the remaining text.
func (c *cleaner) hyphen(rest string) string {
	c.n.Invisible++
	after := strings.TrimLeft(rest, " \t\r")
	next, ok := strings.CutPrefix(after, "\n")
	if !ok || !unicode.IsLetter(c.last) {
		return rest
	}
	word := strings.TrimLeft(next, " \t")
	end := strings.IndexFunc(word, func(r rune) bool { return !unicode.Is(unicode.Latin, r) && r != softHyphen })
	if end < 0 {
		end = len(word)
	}
	if begin, _ := utf8.DecodeRuneInString(word); !unicode.Is(unicode.Latin, begin) {
		return rest
	}
	for _, r := range word[:end] {
		c.add(r, string(r))
	}
	c.out.WriteString(rest[:len(rest)-len(next)])
	c.last = '\n'
	return word[end:]
}

package terminal

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line returns a text with everything escaped that is not visible, as in Go: \n, \x1b,
// \u202e. So it is shown in one line and in its own order.
func Line(s string) string { return escape(s, func(rune) bool { return false }) }

// Text is Line for a text of several lines: it keeps line ends and tabs.
func Text(s string) string {
	return escape(s, func(r rune) bool { return r == '\n' || r == '\t' })
}

// Valid returns a text with the bytes escaped that are no UTF-8, and everything else as it is: a
// name of a file, for JSON.
func Valid(s string) string { return escape(s, func(rune) bool { return true }) }

// escape escapes what is invisible but for what keep reports.
func escape(s string, keep func(rune) bool) string {
	isFine := func(r rune) bool { return isVisible(r) || keep(r) }
	if utf8.ValidString(s) && strings.IndexFunc(s, func(r rune) bool { return !isFine(r) }) < 0 {
		return s
	}
	var b strings.Builder
	for i, size := 0, 0; i < len(s); i += size {
		var r rune
		r, size = utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case isFine(r):
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r < utf8.RuneSelf:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// isVisible reports whether a character shows something or is white space in a line. It
// is false for controls, format characters, line separators, private characters and those
// that fonts ignore.
func isVisible(r rune) bool {
	if r >= ' ' && r < 0x7f {
		return true
	}
	return unicode.IsGraphic(r) &&
		!unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// JSON returns a writer of lines of JSON. It writes what is invisible as \u escapes, which
// mean the same. Each call of Write must have whole characters.
func JSON(w io.Writer) io.Writer { return jsonWriter{w} }

type jsonWriter struct{ w io.Writer }

func (j jsonWriter) Write(p []byte) (int, error) {
	isEscaped := func(r rune) bool { return r != '\n' && r != utf8.RuneError && !isVisible(r) }
	text := string(p)
	if strings.IndexFunc(text, isEscaped) < 0 {
		return j.w.Write(p)
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case !isEscaped(r):
			b.WriteRune(r)
		case r > 0xffff:
			r -= 0x10000
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	if _, err := io.WriteString(j.w, b.String()); err != nil {
		return 0, err
	}
	return len(p), nil
}

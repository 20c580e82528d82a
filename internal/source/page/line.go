package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// line is one line of the page with what it shows by itself.
type line struct {
	no     int    // counted from 1
	raw    string // trimmed, inner runs of space as one; "" for a blank line
	text   string // raw with letter-spacing removed
	indent int    // leading white space in cells
	narrow int    // width in cells, punctuation as half width
	wide   int    // width in cells, punctuation as full width
}

// minIndent is the least leading space, in cells, that counts as an indent: one
// full-width space. A single blank is noise.
const minIndent = 2

func (l *line) blank() bool { return l.raw == "" }

func (l *line) indented() bool { return l.indent >= minIndent }

// splitLines splits the text at every kind of line end. A form feed counts as a
// blank line, since it separates what precedes it from what follows.
func splitLines(text string) []line {
	text = strings.TrimPrefix(text, "\ufeff")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	lines := make([]line, 0, strings.Count(text, "\n")+1)
	for start, no := 0, 1; start <= len(text); no++ {
		end, step := lineEnd(text, start)
		lines = append(lines, newLine(no, text[start:end]))
		if step == 0 {
			break
		}
		if text[end] == '\f' {
			lines = append(lines, line{no: no})
		}
		start = end + step
	}
	return lines
}

// lineEnd returns where the line that starts at start ends, and the length of
// the character that ends it: 0 at the end of the text.
func lineEnd(text string, start int) (end, step int) {
	for i := start; i < len(text); i++ {
		switch text[i] {
		case '\n', '\r', '\f':
			return i, 1
		case 0xc2: // of U+0085
			if strings.HasPrefix(text[i:], "\u0085") {
				return i, len("\u0085")
			}
		case 0xe2: // of U+2028 and U+2029
			if strings.HasPrefix(text[i:], "\u2028") || strings.HasPrefix(text[i:], "\u2029") {
				return i, len("\u2028")
			}
		}
	}
	return len(text), 0
}

func newLine(no int, s string) line {
	l := line{no: no}
	body := strings.TrimLeftFunc(s, unicode.IsSpace)
	for _, r := range s[:len(s)-len(body)] {
		switch r {
		case '\u3000':
			l.indent += 2
		case '\t':
			l.indent += 4
		default:
			l.indent++
		}
	}
	l.raw = collapseSpace(body)
	l.text = closeUp(l.raw)
	for _, r := range l.text {
		l.narrow += runeWidth(r, 1)
		l.wide += runeWidth(r, 2)
	}
	return l
}

// collapseSpace trims s, replaces each run of white space by one blank and drops
// control characters. A gap of two full-width spaces or four blanks becomes a
// tab, since it may separate the cells of a table.
func collapseSpace(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := 0
	for _, r := range s {
		switch {
		case r == '\u3000':
			gap += 2
		case r == '\t':
			gap += cellGap
		case unicode.IsSpace(r):
			gap++
		case unicode.IsControl(r) || r == '\u200b' || r == '\ufeff' || r == '\u00ad':
		default:
			if gap > 0 && b.Len() > 0 {
				if gap >= cellGap {
					b.WriteByte('\t')
				} else {
					b.WriteByte(' ')
				}
			}
			gap = 0
			b.WriteRune(r)
		}
	}
	return b.String()
}

// cellGap is the least gap, in cells, between two columns of a table.
const cellGap = 4

// runeWidth is the width of r in cells, given that of punctuation.
func runeWidth(r rune, punctuation int) int {
	switch {
	case !isWide(r):
		return 1
	case r >= 0x4e00 && r <= 0x9fff || r == utf8.RuneError: // nearly all of a page: skip the search
		return 2
	case isWidePunctuation(r):
		return punctuation
	}
	return 2
}

// isWidePunctuation reports whether r may be set at half width to make a line
// come out even.
func isWidePunctuation(r rune) bool {
	switch r {
	case '，', '。', '、', '；', '：', '？', '！', '“', '”', '‘', '’', '（', '）', '《', '》', '〈', '〉',
		'「', '」', '『', '』', '…', '—', '·', '〔', '〕', '【', '】':
		return true
	}
	return false
}

// isWide reports whether r is as wide as a Han character.
func isWide(r rune) bool { return r >= 0x2010 || r == '·' }

func hasHan(s string) bool { return strings.IndexFunc(s, textnorm.IsHan) >= 0 }

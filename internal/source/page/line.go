package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// line is one line of the page as it was given, and what can be seen of it alone.
type line struct {
	no     int    // counted from 1
	raw    string // trimmed, inner runs of space as one; "" for a blank line
	text   string // raw with the letter-spacing closed up
	indent int    // leading white space in cells
	narrow int    // width in cells, punctuation as half width
	wide   int    // width in cells, punctuation as full width
}

// minIndent is the least leading space, in cells, that counts as an indent:
// one full-width space. A single blank is dirt.
const minIndent = 2

func (l *line) blank() bool { return l.raw == "" }

func (l *line) indented() bool { return l.indent >= minIndent }

// splitLines cuts the text at every kind of line end. A form feed stands for a
// blank line, since it parts what stands before and after it.
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

// lineEnd gives where the line that begins at start ends, and how long the
// character is that ends it: 0 at the end of the text.
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
	l.raw = squeeze(body)
	l.text = closeUp(l.raw)
	for _, r := range l.text {
		l.narrow += runeWidth(r, 1)
		l.wide += runeWidth(r, 2)
	}
	return l
}

// squeeze trims s, makes each run of white space one blank (a gap of two
// full-width spaces or four blanks stays visible as a tab, it may part the
// cells of a table) and drops control characters.
func squeeze(s string) string {
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

// cellGap is the least gap, in cells, that parts two columns of a table.
const cellGap = 4

// runeWidth is the width of r in cells, with punctuation set at the width given.
func runeWidth(r rune, punctuation int) int {
	switch {
	case !isWide(r):
		return 1
	case r >= 0x4e00 && r <= 0x9fff || r == utf8.RuneError: // nearly all of a page: spare the search
		return 2
	case isWidePunctuation(r):
		return punctuation
	}
	return 2
}

// isWidePunctuation says whether r may be set at half its width so that a line
// comes out even.
func isWidePunctuation(r rune) bool {
	switch r {
	case '，', '。', '、', '；', '：', '？', '！', '“', '”', '‘', '’', '（', '）', '《', '》', '〈', '〉',
		'「', '」', '『', '』', '…', '—', '·', '〔', '〕', '【', '】':
		return true
	}
	return false
}

// isWide says whether r is set as wide as a Han character.
func isWide(r rune) bool { return r >= 0x2010 || r == '·' }

func hasHan(s string) bool { return strings.IndexFunc(s, textnorm.IsHan) >= 0 }

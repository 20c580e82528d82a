package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"xunwen/internal/news"
	"xunwen/internal/source/page"
)

// isNames reports whether a text is the names of people and nothing else, as they are set
// below a headline: 周　舟　李晓华. They may have marks of footnotes.
func isNames(text string) bool {
	const longest = 60 // characters
	if utf8.RuneCountInString(text) > longest {
		return false
	}
	text = strings.TrimFunc(strings.Map(withoutMark, text), unicode.IsSpace)
	names := strings.Fields(news.Byline(text))
	if len(names) == 0 {
		return false
	}
	length := 0
	for _, n := range names {
		if !news.LooksLikeName(n) {
			return false
		}
		length += utf8.RuneCountInString(n)
	}
	// Nothing else: no 记者, no brackets.
	return length == utf8.RuneCountInString(strings.Map(onlyLetters, text))
}

// withoutMark replaces the marks of footnotes by blanks.
func withoutMark(r rune) rune {
	if unicode.IsDigit(r) || unicode.IsNumber(r) || strings.ContainsRune("*＊†‡", r) {
		return ' '
	}
	return r
}

func onlyLetters(r rune) rune {
	if unicode.IsLetter(r) || r == '·' {
		return r
	}
	return -1
}

// removeBylines removes the bylines of a page of a document from its lines: those that
// read like one, whatever their size, and names below a headline.
func (s *sheet) removeBylines(lines []line) (rest, bylines []line) {
	for i := range lines {
		l := &lines[i]
		byline := page.IsByline(l.text())
		if byline && l.size < display*s.body || s.belowHeadline(lines, i) && (byline || isNames(rowText(lines, i))) {
			l.byline = true
			if n := len(bylines); n > 0 && bylines[n-1].right <= l.left && sameRow(&bylines[n-1], l) {
				bylines[n-1] = newLine(slices.Concat(bylines[n-1].glyphs, l.glyphs))
				bylines[n-1].byline = true
				continue
			}
			bylines = append(bylines, *l)
			continue
		}
		rest = append(rest, *l)
	}
	return rest, bylines
}

// names returns the text of a line with a blank for each gap that may separate names.
func (l *line) names() string {
	const gap = 0.3 // of the type size
	var b strings.Builder
	for i := range l.glyphs {
		g := &l.glyphs[i]
		if i > 0 && (g.blank > 0 || g.Left-l.glyphs[i-1].Right > gap*l.size) {
			b.WriteByte(' ')
		}
		b.WriteRune(g.Rune)
	}
	return b.String()
}

// rowText is the text of the row that line i is in: names are far apart.
func rowText(lines []line, i int) string {
	var b strings.Builder
	for k := range lines {
		if sameRow(&lines[k], &lines[i]) {
			b.WriteString(lines[k].names() + " ")
		}
	}
	return b.String()
}

func sameRow(a, b *line) bool { return math.Abs(a.base-b.base) < 0.25*b.size }

// belowHeadline reports whether line i is in the row below a line of a headline, in
// smaller type, and within its width.
func (s *sheet) belowHeadline(lines []line, i int) bool {
	const (
		large = 1.2 // times the size of the names
		near  = 2.5 // times the size of the headline
	)
	l := &lines[i]
	for k := i - 1; k >= 0; k-- {
		h := &lines[k]
		switch d := l.base - h.base; {
		case d < 0.25*l.size: // in the same row
		case d > near*h.size:
			return false
		case h.byline:
		default:
			return h.size >= titleSize*s.body && h.size > large*l.size
		}
	}
	return false
}

package pdf

import (
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
		if text := l.text(); page.IsByline(text) || s.belowHeadline(lines, i) && isNames(rowText(lines, i)) {
			l.byline = true
			bylines = append(bylines, *l)
			continue // joinRows makes one of those in a row
		}
		rest = append(rest, *l)
	}
	return rest, bylines
}

// rowText is the text of the row that line i is in: names are far apart.
func rowText(lines []line, i int) string {
	var b strings.Builder
	for k := range lines {
		if d := lines[k].base - lines[i].base; d < 0.25*lines[i].size && d > -0.25*lines[i].size {
			b.WriteString(lines[k].text() + " ")
		}
	}
	return b.String()
}

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

package pdf

import (
	"math"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"xunwen/internal/news"
	"xunwen/internal/source/page"
)

// documentNumber matches the number of an official document: 柳政发〔2024〕3号.
var documentNumber = regexp.MustCompile(`^\p{Han}{2,10}\s*[〔［\[（(]\s*\d{4}\s*[〕］\]）)]\s*第?\s*\d{1,4}\s*号$`)

// text adds the first of lines to the texts; before is the line above it in its
// column.
func (b *builder) text(lines []line, edge span, before *line) {
	l := &lines[0]
	var last *part
	if n := len(b.parts); n > 0 {
		last = &b.parts[n-1]
	}
	if b.levels != nil && isArticleFolio(l.text()) {
		b.add(page.RoleFurniture, lines[:1], "the page that the article was printed on").folio = true
		return
	}
	if l.byline {
		p := b.add(page.RoleByline, lines[:1], "a byline and nothing else")
		if isNames(l.names()) { // set apart, as 周　舟 and names are from one another
			p.Lines = []string{news.Byline(l.names())}
		}
		return
	}
	if page.IsByline(l.text()) && (last == nil || last.Role != page.RoleBody || b.isolated(l, edge)) {
		b.add(page.RoleByline, lines[:1], "a byline and nothing else")
		return
	}
	if b.levels != nil && last != nil && last.Role == page.RoleTitle && documentNumber.MatchString(l.text()) {
		b.add(page.RoleSubtitle, lines[:1], "the number of a document")
		return
	}
	if (b.centred(l, edge) || b.inMiddle(lines, edge, before)) && !endsWithMark(l.text()) &&
		!(b.indent(l, edge) && page.EndsSentence(l.text())) {
		if last != nil && before != nil && (last.Role == page.RoleSection || b.flush(last, edge)) {
			last.Role = page.RoleSection
			last.Lines = append(last.Lines, l.text())
			last.lines = append(last.lines, *l)
			return
		}
		b.add(page.RoleSection, lines[:1:1], "centred in its column")
		return
	}
	begins, why := b.begins(l, edge, before, last)
	if begins && before != nil && last.Role == page.RoleBody && b.wraps(lines, edge, last) {
		begins = false
	}
	if !begins && last != nil && last.Role == page.RoleBody && before != nil {
		last.Lines = append(last.Lines, l.text())
		last.lines = append(last.lines, *l)
		return
	}
	p := b.add(page.RoleBody, lines[:1:1], why)
	p.Continues = !begins
}

// flush reports whether a part may be the full lines of a heading whose last
// line is centred: it begins without an indent.
func (b *builder) flush(p *part, edge span) bool {
	const most = 2 // lines
	return p.Role == page.RoleBody && !p.Continues && len(p.lines) <= most && !b.indent(&p.lines[0], edge) &&
		!endsWithMark(p.lines[len(p.lines)-1].text())
}

// begins reports whether a paragraph begins with l.
func (b *builder) begins(l *line, edge span, before *line, last *part) (bool, string) {
	const apart = 1.25 // times the pitch: white between paragraphs
	switch {
	case last == nil || last.Role != page.RoleBody && last.Role != page.RoleCaption:
		return true, "the first line of a text"
	case b.levels != nil && isItem(l):
		return true, "an item of a list"
	case b.levels != nil && before == nil && l.left-edge.left > 4*b.sheet.body:
		return true, "set at the right"
	case b.indents && b.indent(l, edge):
		return true, "begins with an indent"
	case b.indents && before != nil && last.Role == page.RoleBody &&
		(b.short(before, edge) || l.base-before.base > apart*b.pitch):
		return true, "separated from the paragraph before"
	case b.indents:
		return false, "continues the column before"
	}
	prev := &last.lines[len(last.lines)-1]
	if before == nil {
		return b.endsEarly(prev, b.edge(leaf(last.lines)), last.lines), "the paragraph before has ended"
	}
	early := b.endsEarly(before, edge, append(last.lines[:len(last.lines):len(last.lines)], *l))
	return l.base-before.base > apart*b.pitch || early, "white before it, or the line before ended early"
}

// isItem reports whether a line begins an item of a list.
func isItem(l *line) bool {
	return strings.ContainsRune("•●■◆▪➢○◇□✓", l.glyphs[0].Rune)
}

// endsEarly reports whether a line is the last of its paragraph by where it
// ends: it leaves more room than anything that follows needs, ends a sentence
// and leaves some room, or leaves any room where lines fill their column. Lines
// that are set wide all leave the same room.
func (b *builder) endsEarly(l *line, edge span, neighbours []line) bool {
	const most, some, same = 2.5, 0.4, 0.2 // characters
	room := (edge.right - l.right) / b.sheet.body
	like := 0 // l itself is one
	for i := range neighbours {
		if math.Abs(neighbours[i].right-l.right) < same*b.sheet.body {
			like++
		}
	}
	return room > most || b.justified && room > some && like < 2 || b.short(l, edge)
}

// wraps reports whether the line continues a heading that is indented on all its
// lines: the line before is one and fills its column, or the line after begins a
// paragraph.
func (b *builder) wraps(lines []line, edge span, last *part) bool {
	head := &last.lines[0]
	if len(last.lines) > 1 || !b.indent(head, edge) || math.Abs(head.left-lines[0].left) > 0.3*b.sheet.body ||
		endsWithMark(head.text()) {
		return false
	}
	return len(lines) > 1 && b.indent(&lines[1], edge) && !endsWithMark(lines[0].text())
}

// short reports whether a line ends a sentence and leaves room for what follows.
func (b *builder) short(l *line, edge span) bool {
	const room = 1.6 // characters
	return page.EndsSentence(l.text()) && edge.right-l.right > room*b.sheet.body
}

// centred reports whether a line is in the middle of its column with room on
// both sides.
func (b *builder) centred(l *line, edge span) bool {
	left, right := (l.left-edge.left)/b.sheet.body, (edge.right-l.right)/b.sheet.body
	const room, even = 0.8, 1.3
	return left > room && right > room && math.Abs(left-right) < even && !(b.indent(l, edge) && left < 2.2 && right < 3)
}

// inMiddle reports whether the first of lines is exactly in the middle of its
// column with hardly any room, provided nothing else begins off the edge: the
// page has no indents, and no adjacent line begins at the same x, as lines that
// are set wide do.
func (b *builder) inMiddle(lines []line, edge span, before *line) bool {
	const some, same = 0.2, 0.15 // characters
	l := &lines[0]
	left, right := (l.left-edge.left)/b.sheet.body, (edge.right-l.right)/b.sheet.body
	sameLeft := func(k *line) bool { return math.Abs(k.left-l.left) < same*b.sheet.body }
	return !b.indents && left > some && right > some && math.Abs(left-right) < same &&
		!(before != nil && sameLeft(before)) && !(len(lines) > 1 && sameLeft(&lines[1]))
}

// isolated reports whether a line has white on both sides, unlike the first line
// of a paragraph.
func (b *builder) isolated(l *line, edge span) bool {
	const room = 1 // characters
	return min(l.left-edge.left, edge.right-l.right) > room*b.sheet.body
}

// endsWithMark reports whether a text ends with punctuation, unlike headings.
func endsWithMark(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimSpace(text))
	return unicode.IsPunct(r) && !strings.ContainsRune("？！”》）", r)
}

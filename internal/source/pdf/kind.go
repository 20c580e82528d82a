package pdf

import (
	"slices"
	"strings"

	"xunwen/internal/source/page"
)

// isDocument reports whether pages are those of a document, whose text goes on from
// page to page, and not of a newspaper, each of which stands for itself: most have
// their text in one column, or begin with a text without a headline. A single page is
// one if its headings are numbered.
func isDocument(papers []paper) bool {
	switch pages := withText(papers); len(pages) {
	case 0:
		return false
	case 1:
		return inOneColumn(pages) && hasNumberedHeadings(pages[0].lines)
	default:
		return inOneColumn(pages) || goesOn(pages)
	}
}

func withText(papers []paper) []paper {
	var out []paper
	for _, p := range papers {
		if len(p.lines) > 0 {
			out = append(out, p)
		}
	}
	return out
}

// inOneColumn reports whether most pages have their text in one column.
func inOneColumn(papers []paper) bool {
	const enough = 6 // lines of body type that a page must have to count
	columns, pages := 0, 0
	for i := range papers {
		if body := bodyLines(papers[i].lines); len(body) >= enough {
			if pages++; hasColumns(body) {
				columns++
			}
		}
	}
	return 2*columns < pages || pages == 0 && len(papers) > 1 // slides
}

// hasColumns reports whether many lines have others beside them, and not as the rows of
// tables do, whose cells differ in width.
func hasColumns(lines []line) bool {
	const (
		most  = 0.25 // share of lines with any beside them
		alike = 0.15 // with one of about the same width
	)
	return besides(lines, beside) >= most && besides(lines, isColumn) >= alike
}

func beside(a, b *line) bool { return a.right <= b.left || b.right <= a.left }

// isColumn reports whether lines may be those of two columns.
func isColumn(a, b *line) bool {
	const least, alike = 6, 0.8 // characters; of the wider
	narrow, wide := min(a.width(), b.width()), max(a.width(), b.width())
	return beside(a, b) && narrow >= least*a.size && narrow > alike*wide
}

// goesOn reports whether most pages but the first begin with a text: below the running
// head no column has a heading at its top.
func goesOn(papers []paper) bool {
	const most = 0.5
	var all []line
	for i := range papers {
		all = append(all, papers[i].lines...)
	}
	body := bodySize(all)
	found := repeated(papers, body)
	n := 0
	for i := range papers[1:] {
		if beginsWithText(papers[i+1].lines, found[i+1], body) {
			n++
		}
	}
	return float64(n) >= most*float64(len(papers)-1)
}

func beginsWithText(lines []line, furniture []bool, body float64) bool {
	const enough = 3 // lines in body type
	var text []line
	for i, l := range lines {
		if _, sure := page.IsFurniture(l.text()); !sure && !furniture[i] {
			text = append(text, l)
		}
	}
	if len(bodyLines(text)) < enough {
		return false
	}
	rowOf := rowNumbers(text, body)
	for i := range text {
		const top = 3 // rows
		if rowOf[i] < top && text[i].size >= display*body {
			return false
		}
	}
	return true
}

// hasNumberedHeadings reports whether a page has headings with numbers, short lines of
// their own: some that follow one another, or the first one in large type.
func hasNumberedHeadings(lines []line) bool {
	const (
		fewest  = 2
		longest = 0.7 // of the width of the text
	)
	width, body := extent(lines).right-extent(lines).left, bodySize(lines)
	o := outline{}
	for i := range lines {
		l := &lines[i]
		if l.width() >= longest*width || page.EndsSentence(l.text()) || endsWithMark(l.text()) {
			continue
		}
		o.note(l.text())
		h, ok := numberOf(l.text())
		if ok && l.size >= display*body && h.n == 1 && !strings.HasPrefix(h.series, "dotted") {
			return true
		}
	}
	n := 0
	for h := range o {
		if o[headingNumber{h.series, h.n - 1}] || o[headingNumber{h.series, h.n + 1}] {
			n++
		}
	}
	return n >= fewest
}

// bodyLines returns the lines in the size of most characters, from top to bottom.
func bodyLines(lines []line) []line {
	size := bodySize(lines)
	var out []line
	for _, l := range lines {
		if sameType(l.size, size) {
			out = append(out, l)
		}
	}
	slices.SortStableFunc(out, func(a, b line) int {
		if a.base < b.base {
			return -1
		} else if a.base > b.base {
			return 1
		}
		return 0
	})
	return out
}

// besides returns the share of the lines that have another, as is wanted, beside them.
// The lines are sorted from top to bottom; those of two columns needn't be level.
func besides(lines []line, wanted func(a, b *line) bool) float64 {
	n := 0
	for i := range lines {
		a := &lines[i]
		near := func(b *line) bool {
			const level = 0.7 // of the type size
			return b.base-a.base < level*a.size && a.base-b.base < level*a.size
		}
		found := false
		for k := i - 1; k >= 0 && near(&lines[k]) && !found; k-- {
			found = wanted(a, &lines[k])
		}
		for k := i + 1; k < len(lines) && near(&lines[k]) && !found; k++ {
			found = wanted(a, &lines[k])
		}
		if found {
			n++
		}
	}
	return float64(n) / float64(len(lines))
}

// hasRows reports whether a page has lines beside others only as the rows of tables:
// level with them.
func hasRows(lines []line) bool {
	const most = 0.2 // share of the lines beside others that aren't level
	if len(lines) == 0 || hasColumns(lines) {
		return false
	}
	all := besides(lines, beside)
	level := besides(lines, func(a, b *line) bool { return beside(a, b) && sameRow(a, b) })
	return all-level <= most*all
}

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

// inOneColumn reports whether few lines of most pages have others beside them.
func inOneColumn(papers []paper) bool {
	const (
		enough = 6    // lines of body type that a page must have to count
		most   = 0.25 // share of lines that have another beside them: in tables and lists
	)
	var shares []float64
	for i := range papers {
		if body := bodyLines(papers[i].lines); len(body) >= enough {
			shares = append(shares, besides(body))
		}
	}
	if len(shares) == 0 {
		return false
	}
	slices.Sort(shares)
	return shares[len(shares)/2] < most
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

// besides returns the share of the lines that have another beside them. The lines
// are sorted from top to bottom; those of two columns needn't be level.
func besides(lines []line) float64 {
	n := 0
	for i := range lines {
		a := &lines[i]
		near := func(b *line) bool {
			const level = 0.7 // of the type size
			return b.base-a.base < level*a.size && a.base-b.base < level*a.size
		}
		beside := func(b *line) bool { return a.right <= b.left || b.right <= a.left }
		found := false
		for k := i - 1; k >= 0 && near(&lines[k]) && !found; k-- {
			found = beside(&lines[k])
		}
		for k := i + 1; k < len(lines) && near(&lines[k]) && !found; k++ {
			found = beside(&lines[k])
		}
		if found {
			n++
		}
	}
	return float64(n) / float64(len(lines))
}

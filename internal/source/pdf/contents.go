package pdf

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// contentsHeading matches the heading of a table of contents, without blanks.
var contentsHeading = regexp.MustCompile(`(?i)^\p{Han}{0,10}(?:目录|目錄|目次)$|^contents$`)

// leader matches the end of an entry with a leader and the number of its page.
var leader = regexp.MustCompile(`(?:[.．·•‥…─—_]\s*){4,}\(?[0-9０-９ivxIVX]{1,5}\)?\s*$|…{2,}\s*\(?[0-9０-９ivxIVX]{1,5}\)?\s*$`)

// entryEnd matches the end of an entry with the number of its page after white.
var entryEnd = regexp.MustCompile(`\S\s{2,}[0-9０-９]{1,4}$`)

// listed matches the number of an entry.
var listed = regexp.MustCompile(`^[0-9０-９]{1,3}[.．、]\s*`)

// contents finds the lines of tables of contents.
type contents struct {
	papers   []paper
	body     float64
	found    [][]bool
	headings []string // of the pages, without blanks
}

// markContents marks the lines of the tables of contents of a document in found: entries
// with leaders, and below the heading 目录 entries that end with a number or are the
// beginning of a heading.
func markContents(papers []paper, body float64, found [][]bool) {
	c := &contents{papers: papers, body: body, found: found}
	below := false // the heading of a table of contents
	for i := range papers {
		entries := c.leaders(i)
		const fewest = 3 // entries
		for k := range papers[i].lines {
			l := &papers[i].lines[k]
			switch {
			case found[i][k]:
			case contentsHeading.MatchString(squeezed(l)):
				below = c.listFollows(i, k+1)
				found[i][k] = below || len(entries) >= fewest
			case below:
				below = !c.isHeadline(l) && (c.isEntry(i, k) || c.listFollows(i, k+1))
				found[i][k] = below
			}
		}
		if len(entries) >= fewest {
			c.mark(i, entries)
		}
	}
}

func squeezed(l *line) string { return strings.Join(strings.Fields(l.text()), "") }

// leaders returns the lines of a page that end with a leader and a number.
func (c *contents) leaders(i int) []int {
	var entries []int
	for k := range c.papers[i].lines {
		if leader.MatchString(c.papers[i].lines[k].text()) {
			entries = append(entries, k)
		}
	}
	return entries
}

// mark marks entries of a page and the first lines of those that take two.
func (c *contents) mark(i int, entries []int) {
	before := -1
	for _, k := range entries {
		c.found[i][k] = true
		if before >= 0 && k-before == 2 {
			c.found[i][k-1] = true
		}
		before = k
	}
}

// listFollows reports whether an entry is among the next lines.
func (c *contents) listFollows(i, k int) bool {
	const reach = 3 // lines: folios and the first lines of an entry are between
	for n := 0; n < reach && i < len(c.papers); k++ {
		for i < len(c.papers) && k >= len(c.papers[i].lines) {
			i, k = i+1, 0
		}
		if i == len(c.papers) {
			return false
		}
		if c.found[i][k] {
			continue
		}
		if c.isEntry(i, k) {
			return true
		}
		n++
	}
	return false
}

// isEntry reports whether a line below the heading of a table of contents is an entry:
// it ends with a number, or is the beginning of a heading on a page.
func (c *contents) isEntry(i, k int) bool {
	l := &c.papers[i].lines[k]
	if c.isHeadline(l) {
		return false
	}
	text := strings.TrimSpace(l.text())
	if leader.MatchString(text) || entryEnd.MatchString(text) {
		return true
	}
	const shortest = 2 // characters
	entry := strings.Join(strings.Fields(listed.ReplaceAllString(text, "")), "")
	if utf8.RuneCountInString(entry) < shortest {
		return false
	}
	if c.headings == nil {
		c.readHeadings()
	}
	for _, h := range c.headings {
		if strings.HasPrefix(h, entry) || strings.HasPrefix(entry, h) {
			return true
		}
	}
	return false
}

// isHeadline reports whether a line ends the table of contents that it is below.
func (c *contents) isHeadline(l *line) bool {
	return l.size >= titleSize*c.body && !leader.MatchString(l.text())
}

// readHeadings notes the lines in display type.
func (c *contents) readHeadings() {
	const most = 1000 // headings: as many as a table of contents has
	c.headings = []string{}
	for i := range c.papers {
		for k := range c.papers[i].lines {
			l := &c.papers[i].lines[k]
			const shortest = 2 // characters
			if l.size < display*c.body || len(c.headings) == most || contentsHeading.MatchString(squeezed(l)) {
				continue
			}
			if h := squeezed(l); utf8.RuneCountInString(h) >= shortest {
				c.headings = append(c.headings, h)
			}
		}
	}
}

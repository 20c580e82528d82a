package page

import "strings"

// pageLines are the lines of a page and how to join them.
type pageLines struct {
	lines []line
	joiner
}

func newPageLines(lines []line) *pageLines { return &pageLines{lines, newJoiner(lines)} }

// of returns the lines of a span.
func (p *pageLines) of(s span) []line { return p.lines[s.from:s.to] }

// raw joins lines keeping the blanks in them, as captions and bylines need;
// letter-spacing is removed all the same.
func (p *pageLines) raw(s span) string {
	if s.len() == 1 && !strings.ContainsAny(p.lines[s.from].raw, " \t") { // the common case
		return p.lines[s.from].raw
	}
	var b strings.Builder
	tail := ""
	for i := s.from; i < s.to; i++ {
		l := &p.lines[i]
		part := strings.ReplaceAll(l.raw, "\t", " ")
		if isTracked(strings.Fields(part)) && !bylineHead.MatchString(part) {
			part = l.text
		}
		if i > s.from {
			b.WriteString(p.glue(tail, part))
		}
		b.WriteString(part)
		tail = part
	}
	return b.String()
}

// layout is the text of a page and how the page is set.
type layout struct {
	*pageLines
	geo    geometry
	blocks []span // separated by blank lines
}

func newLayout(text string) *layout {
	lines := splitLines(text)
	blocks := blankSeparated(lines)
	if unwrapped(lines) {
		blocks = lineByLine(lines)
	}
	return &layout{newPageLines(lines), measure(lines, blocks), blocks}
}

// width is the width of line i in cells.
func (p *layout) width(i int) int { return p.geo.width(&p.lines[i]) }

// room is what line i leaves of a column after the beginning of the next line.
func (p *layout) room(i, column int) int {
	return column - p.width(i) - p.geo.need(p.lines[i+1].text)
}

// runColumn is the width of a full line of a run: its own if it has enough
// lines, else the page's.
func (p *layout) runColumn(run span) int {
	var widths []int
	for i := run.from + 1; i+1 < run.to; i++ {
		if !p.lines[i].indented() && !endMark(p.lines[i].text).endsSentence() {
			widths = append(widths, p.width(i))
		}
	}
	return columnOf(widths, p.geo.column)
}

package story

import "strings"

// Row is what stands side by side: paragraphs of the first version, and what became of them in
// the second. Mostly it is one of each; none, where the other version has nothing to do with it.
type Row struct {
	Part        Part
	First, Next []Line
}

// Line is a paragraph, or a part of one.
type Line []Piece

// Piece is a piece of a text. Joined, the pieces of one side are its text.
type Piece struct {
	Text   string
	Change Change // Same or Cut in the first version, Same or Added in the second
}

// Text returns the text of a line.
func (l Line) Text() string {
	var b strings.Builder
	for _, p := range l {
		b.WriteString(p.Text)
	}
	return b.String()
}

// rows puts two texts side by side. A row ends with a paragraph of both, or with one that only one
// side has.
func rows(part Part, list []edit) []Row {
	b := rowBuilder{part: part}
	for _, e := range list {
		if e.change == Same {
			b.same(e)
			continue
		}
		side := &b.first
		tokens := e.first
		if e.change == Added {
			side, tokens = &b.next, e.next
		}
		for len(tokens) > 0 {
			n, ends := paragraphEnd(tokens)
			side.add(textOf(tokens[:n]), e.change)
			if tokens = tokens[n:]; ends {
				tokens = tokens[1:]
				side.end()
				b.endRow()
			}
		}
	}
	b.first.end()
	b.next.end()
	b.endRow()
	return b.rows
}

// paragraphEnd returns how many tokens there are before the end of a paragraph, and whether there
// is one.
func paragraphEnd(list []token) (n int, ends bool) {
	for n < len(list) && list[n].key != endOfParagraph {
		n++
	}
	return n, n < len(list)
}

type rowBuilder struct {
	part        Part
	rows        []Row
	first, next cell
}

// same adds what both sides have.
func (b *rowBuilder) same(e edit) {
	for len(e.first) > 0 {
		n, ends := paragraphEnd(e.first)
		b.first.add(textOf(e.first[:n]), Same)
		b.next.add(textOf(e.next[:n]), Same)
		if e.first, e.next = e.first[n:], e.next[n:]; ends {
			e.first, e.next = e.first[1:], e.next[1:]
			b.first.end()
			b.next.end()
			b.endRow()
		}
	}
}

// endRow ends the row unless a paragraph has begun on one side.
func (b *rowBuilder) endRow() {
	if len(b.first.line)+len(b.next.line) > 0 || len(b.first.lines)+len(b.next.lines) == 0 {
		return
	}
	b.rows = append(b.rows, Row{b.part, b.first.lines, b.next.lines})
	b.first, b.next = cell{}, cell{}
}

// cell is one side of a row.
type cell struct {
	lines []Line
	line  Line // begun
}

func (c *cell) add(text string, change Change) {
	if n := len(c.line); n > 0 && c.line[n-1].Change == change {
		c.line[n-1].Text += text
	} else if text != "" {
		c.line = append(c.line, Piece{text, change})
	}
}

// end ends the paragraph.
func (c *cell) end() {
	if len(c.line) > 0 {
		c.lines, c.line = append(c.lines, c.line), nil
	}
}

package pdf

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"xunwen/internal/source/page"
)

// titleSize is how much larger than the body a headline's type is at least;
// what lies between that and display are section headings.
const titleSize = 1.3

// part is a page.Part with the lines it was read from.
type part struct {
	page.Part
	lines []line
	size  float64
}

// builder puts parts together, leaf by leaf.
type builder struct {
	sheet   *sheet
	cutter  cutter
	edges   []span  // of the columns on the page
	indents bool    // paragraphs begin with an indent
	pitch   float64 // from line to line in texts
	title   float64 // the least size of a headline's largest line
	parts   []part
}

// span is the left and right edge of a column.
type span struct{ left, right float64 }

// parts reads the leaves in order and puts the captions in their places.
func (s *sheet) parts() []page.Part {
	b := &builder{sheet: s, cutter: cutter{body: s.body}}
	b.measure()
	for _, l := range s.leaves {
		b.leaf(l)
	}
	b.headings()
	b.bodyCaptions()
	b.placeCaptions()
	out := make([]page.Part, 0, len(b.parts)+1)
	if len(s.furniture) > 0 {
		out = append(out, page.Part{Role: page.RoleFurniture, Lines: texts(s.furniture), Reason: "a head or foot line"})
	}
	for i := range b.parts {
		out = append(out, b.parts[i].Part)
	}
	return out
}

// measure finds the columns' edges, whether paragraphs are indented, and how
// large headlines are.
func (b *builder) measure() {
	var pitches []float64
	texts, indented, largest := 0, 0, 0.0
	for _, leaf := range b.sheet.leaves {
		edge := span{farOff, -farOff}
		n := 0
		for i := range leaf {
			l := &leaf[i]
			largest = max(largest, l.size)
			if b.isText(l) {
				edge.left, edge.right = min(edge.left, l.left), max(edge.right, l.right)
				n++
			}
		}
		const enough = 3 // lines that show their column
		if n < enough {
			continue
		}
		b.edges = append(b.edges, edge)
		for i := range leaf {
			if l := &leaf[i]; b.isText(l) {
				texts++
				if b.indent(l, edge) {
					indented++
				}
				if i > 0 && b.isText(&leaf[i-1]) {
					pitches = append(pitches, l.base-leaf[i-1].base)
				}
			}
		}
	}
	slices.Sort(pitches)
	b.pitch = 1.5 * b.sheet.body
	if len(pitches) > 0 {
		b.pitch = pitches[len(pitches)/2]
	}
	const few = .03 // share of lines that begin a paragraph in very long ones
	b.indents = float64(indented) >= few*float64(texts)
	b.title = min(titleSize*b.sheet.body, largest)
}

func (b *builder) isText(l *line) bool { return !b.cutter.isDisplay(l) }

// indent says whether l begins with an indent in its column.
func (b *builder) indent(l *line, edge span) bool {
	in := (l.left - edge.left) / b.sheet.body
	return in > 1.2 && in < 4.5
}

// edge gives the edges of a leaf's column: its own, and where it is short those
// of the column on the page that holds it.
func (b *builder) edge(l leaf) span {
	own := span{farOff, -farOff}
	n := 0
	for i := range l {
		if b.isText(&l[i]) {
			own.left, own.right = min(own.left, l[i].left), max(own.right, l[i].right)
			n++
		}
	}
	const slack = 1 // characters
	best := own
	for _, e := range b.edges {
		if own.left >= e.left-slack*b.sheet.body && own.right <= e.right+slack*b.sheet.body &&
			(best == own || e.right-e.left < best.right-best.left) && e.right-e.left < 1.5*(own.right-own.left)+4*b.sheet.body {
			best = e
		}
	}
	return best
}

func (b *builder) leaf(l leaf) {
	edge := b.edge(l)
	for i := 0; i < len(l); {
		switch {
		case !b.isText(&l[i]):
			n := b.run(l[i:], func(k *line) bool { return !b.isText(k) })
			b.heads(l[i : i+n])
			i += n
		case b.tableRows(l[i:]) > 0:
			n := b.tableRows(l[i:])
			b.add(page.RoleTable, l[i:i+n], "rows with cells")
			i += n
		default:
			if i == 0 || !b.isText(&l[i-1]) {
				b.text(l[i:], edge, nil)
			} else {
				b.text(l[i:], edge, &l[i-1])
			}
			i++
		}
	}
}

func (b *builder) run(lines []line, is func(*line) bool) int {
	n := 0
	for n < len(lines) && is(&lines[n]) {
		n++
	}
	return n
}

func (b *builder) add(role page.Role, lines []line, reason string) *part {
	p := part{Part: page.Part{Role: role, Lines: texts(lines), Reason: reason}, lines: lines}
	for i := range lines {
		p.size = max(p.size, lines[i].size)
	}
	b.parts = append(b.parts, p)
	return &b.parts[len(b.parts)-1]
}

// heads reads a run of lines in display type. headings decides later what
// they head.
func (b *builder) heads(lines []line) {
	for from := 0; from < len(lines); {
		to := from + 1
		for to < len(lines) && sameType(lines[to].size, lines[from].size) {
			to++
		}
		size := lines[from].size / b.sheet.body
		b.add(page.RoleTitle, lines[from:to], fmt.Sprintf("type of %.2f times the body's", size))
		from = to
	}
}

// tableRows says how many lines from here on are rows of a table.
func (b *builder) tableRows(lines []line) int {
	n := b.run(lines, func(l *line) bool {
		return b.isText(l) && strings.Contains(l.text(), "    ") && !strings.ContainsAny(l.text(), "。，；")
	})
	const fewest = 3
	if n < fewest {
		return 0
	}
	return n
}

// text adds the first of lines to the texts; before is the line above it in
// its column.
func (b *builder) text(lines []line, edge span, before *line) {
	l := &lines[0]
	var last *part
	if n := len(b.parts); n > 0 {
		last = &b.parts[n-1]
	}
	if page.IsByline(l.text()) && (last == nil || last.Role != page.RoleBody || b.alone(l, edge)) {
		b.add(page.RoleByline, lines[:1], "a byline and nothing else")
		return
	}
	if b.centred(l, edge) && !endsWithMark(l.text()) {
		if last != nil && before != nil && (last.Role == page.RoleSection || b.flush(last, edge)) {
			last.Role = page.RoleSection
			last.Lines = append(last.Lines, l.text())
			last.lines = append(last.lines, *l)
			return
		}
		b.add(page.RoleSection, lines[:1:1], "stands in the middle of its column")
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
	p.GoesOn = !begins
}

// flush says whether a part may be the full lines of a heading whose last line
// stands in the middle: it begins without an indent.
func (b *builder) flush(p *part, edge span) bool {
	const most = 2 // lines
	return p.Role == page.RoleBody && !p.GoesOn && b.indents && len(p.lines) <= most &&
		!b.indent(&p.lines[0], edge) && !endsWithMark(p.lines[len(p.lines)-1].text())
}

// begins says whether a paragraph begins with l.
func (b *builder) begins(l *line, edge span, before *line, last *part) (bool, string) {
	switch {
	case last == nil || last.Role != page.RoleBody && last.Role != page.RoleCaption:
		return true, "the first line of a text"
	case b.indents && b.indent(l, edge):
		return true, "begins with an indent"
	case b.indents && before != nil && last.Role == page.RoleBody && b.short(before, edge):
		return true, "stands after the end of a paragraph"
	case b.indents:
		return false, "goes on from the column before"
	}
	prev := &last.lines[len(last.lines)-1]
	if before == nil {
		return b.short(prev, b.edge(leaf(last.lines))), "the paragraph before has ended"
	}
	const apart = 1.25 // times the pitch: white between paragraphs
	return l.base-before.base > apart*b.pitch || b.short(before, edge), "white before it, or the line before ended early"
}

// wraps says whether the line goes on with a heading that is set with an indent
// on all of its lines: the line before is one and fills its column, or the line
// after begins a paragraph.
func (b *builder) wraps(lines []line, edge span, last *part) bool {
	head := &last.lines[0]
	if len(last.lines) > 1 || !b.indent(head, edge) || math.Abs(head.left-lines[0].left) > .3*b.sheet.body || endsWithMark(head.text()) {
		return false
	}
	return len(lines) > 1 && b.indent(&lines[1], edge) && !endsWithMark(lines[0].text())
}

// short says whether a line ends a sentence and leaves room for what follows.
func (b *builder) short(l *line, edge span) bool {
	const room = 1.6 // characters
	return page.EndsSentence(l.text()) && edge.right-l.right > room*b.sheet.body
}

// centred says whether a line stands in the middle of its column, with room on
// both sides.
func (b *builder) centred(l *line, edge span) bool {
	left, right := (l.left-edge.left)/b.sheet.body, (edge.right-l.right)/b.sheet.body
	const room, even = .8, 1.3
	return left > room && right > room && math.Abs(left-right) < even && !(b.indent(l, edge) && left < 2.2 && right < 3)
}

// alone says whether a line has white on both sides, as the first line of a
// paragraph hasn't.
func (b *builder) alone(l *line, edge span) bool {
	const room = 1 // characters
	return min(l.left-edge.left, edge.right-l.right) > room*b.sheet.body
}

// endsWithMark says whether a text ends with a mark, as headings don't.
func endsWithMark(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimSpace(text))
	return unicode.IsPunct(r) && !strings.ContainsRune("？！”》）", r)
}

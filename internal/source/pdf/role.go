package pdf

import (
	"fmt"
	"slices"
	"strings"

	"xunwen/internal/source/page"
)

// titleSize is the least size of headlines, relative to the body size; sizes
// between display and this are those of section headings.
const titleSize = 1.3

// part is a page.Part with the lines it was read from.
type part struct {
	page.Part
	lines []line
	size  float64
	page  int  // of a document, from 1
	folio bool // furniture that is printed with its article
}

// builder builds the parts, leaf by leaf.
type builder struct {
	sheet     *sheet
	cutter    cutter
	edges     []span  // of the columns on the page
	indents   bool    // paragraphs begin with an indent
	justified bool    // all lines but the last of a paragraph fill their column
	pitch     float64 // from line to line in texts
	title     float64 // the least size of the largest line of a headline
	parts     []part
	levels    *levels // of a document; nil for a page of a newspaper
}

// span is the left and right edge of a column.
type span struct{ left, right float64 }

// parts reads the leaves in order and inserts the captions.
func (s *sheet) parts() []page.Part {
	b := s.builder(nil, nil)
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

// builder reads the lines of the leaves, which gives all parts but the captions. They
// follow the parts of the pages before.
func (s *sheet) builder(levels *levels, before []part) *builder {
	b := &builder{sheet: s, cutter: cutter{body: s.body}, levels: levels, parts: before}
	b.measure()
	for _, l := range s.leaves {
		b.leaf(l)
	}
	return b
}

// measure finds the edges of the columns, whether paragraphs are indented and
// lines justified, and the size of headlines.
func (b *builder) measure() {
	var pitches []float64
	texts, indented, filled, largest := 0, 0, 0, 0.0
	for _, leaf := range b.sheet.leaves {
		for i := range leaf {
			largest = max(largest, leaf[i].size)
		}
		edge, n := b.ownEdge(leaf)
		const (
			enough = 3   // lines that show their column
			full   = 1.6 // characters: a heading with an indent seldom fills its line
			exact  = 0.1 // characters: a justified line
		)
		if n < enough {
			continue
		}
		b.edges = append(b.edges, edge)
		for i := range leaf {
			if l := &leaf[i]; b.isText(l) {
				texts++
				if edge.right-l.right < exact*b.sheet.body {
					filled++
				}
				if b.indent(l, edge) && edge.right-l.right < full*b.sheet.body {
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
	const few = 0.03 // share of lines that begin a paragraph in very long ones
	const most = 0.6 // share of the lines that others follow in their paragraphs
	b.justified = float64(filled) >= most*float64(texts)
	b.indents = float64(indented) >= few*float64(texts)
	b.title = min(titleSize*b.sheet.body, largest)
}

func (b *builder) isText(l *line) bool { return !b.cutter.isDisplay(l) }

// indent reports whether l is indented in its column.
func (b *builder) indent(l *line, edge span) bool {
	in := (l.left - edge.left) / b.sheet.body
	return in > 1.2 && in < 4.5
}

// edge returns the edges of the column of a leaf: its own or, if it is short,
// those of the column of the page that contains it.
func (b *builder) edge(l leaf) span {
	own, _ := b.ownEdge(l)
	const slack = 1 // characters
	best := own
	for _, e := range b.edges {
		if own.left >= e.left-slack*b.sheet.body && own.right <= e.right+slack*b.sheet.body &&
			(best == own || e.right-e.left < best.right-best.left) &&
			e.right-e.left < 1.5*(own.right-own.left)+4*b.sheet.body {
			best = e
		}
	}
	return best
}

// ownEdge returns the edges that the text lines of a leaf show, and their
// number. A single line that is longer than the others, as table rows are, is
// not the right edge.
func (b *builder) ownEdge(l leaf) (edge span, lines int) {
	edge = span{farOff, -farOff}
	var rights []float64
	for i := range l {
		if b.isText(&l[i]) {
			edge.left = min(edge.left, l[i].left)
			rights = append(rights, l[i].right)
		}
	}
	slices.Sort(rights)
	for i, right := range slices.Backward(rights) {
		edge.right = max(edge.right, right)
		const same = 0.5 // characters
		if i > 0 && right-rights[i-1] < same*b.sheet.body {
			return span{edge.left, right}, len(rights)
		}
	}
	return edge, len(rights)
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
			b.text(l[i:], edge, b.above(l, i))
			i++
		}
	}
}

// above is the text line over line i of a leaf: in the leaf or, if a cut
// separates them, at the end of what was read before.
func (b *builder) above(l leaf, i int) *line {
	if i > 0 {
		if before := &l[i-1]; b.isText(before) {
			return before
		}
		return nil
	}
	if len(b.parts) == 0 {
		return nil
	}
	last := b.parts[len(b.parts)-1].lines
	before := &last[len(last)-1]
	const near = 3 // times the pitch
	if down := l[0].base - before.base; down <= 0 || down > near*b.pitch || !b.isText(before) ||
		before.left >= l[0].right ||
		l[0].left >= before.right {
		return nil
	}
	return before
}

func (b *builder) run(lines []line, is func(*line) bool) int {
	n := 0
	for n < len(lines) && is(&lines[n]) {
		n++
	}
	return n
}

func (b *builder) add(role page.Role, lines []line, reason string) *part {
	p := part{Part: page.Part{Role: role, Lines: texts(lines), Reason: reason}, lines: lines, page: lines[0].page}
	for i := range lines {
		p.size = max(p.size, lines[i].size)
	}
	b.parts = append(b.parts, p)
	return &b.parts[len(b.parts)-1]
}

// heads reads a run of lines in display type; headings decides later what they
// are.
func (b *builder) heads(lines []line) {
	for from := 0; from < len(lines); {
		to := from + 1
		for to < len(lines) && sameType(lines[to].size, lines[from].size) {
			to++
		}
		size := lines[from].size / b.sheet.body
		b.add(page.RoleTitle, lines[from:to], fmt.Sprintf("type is %.2f times the body size", size))
		from = to
	}
}

// tableRows returns how many lines from here on are table rows.
func (b *builder) tableRows(lines []line) int {
	n := b.run(lines, func(l *line) bool {
		return b.isText(l) && strings.Contains(l.text(), "    ") && !strings.ContainsAny(l.text(), "。，；")
	})
	fewest := 3
	if b.levels != nil {
		fewest = 2 // there are no columns
	}
	if n < fewest {
		return 0
	}
	return n
}

package page

// splitRun splits a run of text lines where the lines show that one thing ends
// and another begins: an indent, the end of a paragraph with room left, a
// heading without a blank line around it.
func (r *reader) splitRun(run span) []span {
	if run.len() == 1 || run.len() <= shortRun && isCaption(r.rawOf(run), run.len()) {
		return []span{run}
	}
	column := r.runColumn(run)
	base := r.baseIndent(run)
	var out []span
	start := run.from
	cut := func(at int) {
		if at > start {
			out = append(out, span{start, at})
			start = at
		}
	}
	for i := run.from; i < run.to; i++ {
		if i > run.from && (r.lines[i].indent-base >= minIndent || r.paragraphEnds(i-1, column, i-1 == run.from)) {
			cut(i)
		}
		if r.bylineMayStand(run, i, column) && r.isByline(i) {
			cut(i)
			cut(i + 1)
			continue
		}
		if n := r.headingLines(i, span{start, run.to}, column, base); n > 0 {
			cut(i)
			cut(i + n)
			i += n - 1
		}
	}
	cut(run.to)
	return out
}

// shortRun is the most lines that a headline with its byline has.
const shortRun = 5

// bylineMayStand reports whether line i is where a byline may be among other
// lines: in a short run, or under a headline whose text follows without a blank
// line. A line of text is longer.
func (r *reader) bylineMayStand(run span, i, column int) bool {
	const (
		underHeadline = 2    // lines of a headline
		part, whole   = 2, 3 // a byline fills at most two thirds of the column
	)
	return run.len() <= shortRun ||
		i > run.from && i-run.from <= underHeadline && r.geo.width(&r.lines[i])*whole <= column*part
}

func (r *reader) isByline(i int) bool {
	ok, _, _ := readByline(r.lines[i].raw)
	return ok
}

// baseIndent is the indent that all lines of a longer run share: the block is
// shifted, its lines are not paragraphs.
func (r *reader) baseIndent(run span) int {
	const few = 4 // lines: fewer share an indent by chance
	least := r.lines[run.from].indent
	for i := run.from; i < run.to; i++ {
		least = min(least, r.lines[i].indent)
	}
	if run.len() < few {
		return 0
	}
	return least
}

// paragraphEnds reports whether line i ends a sentence and has more room for the
// beginning of the next line than full lines here leave. The first line of a run
// may have lost an indent.
func (r *reader) paragraphEnds(i, column int, first bool) bool {
	l := &r.lines[i]
	if !endMark(l.text).endsSentence() {
		return false
	}
	if l.indented() {
		column -= l.indent
	} else if first {
		column -= indentCells
	}
	return r.room(l, column, i+1) >= r.geo.spread+charCells
}

// room is what is left on a line after the beginning of line next.
func (r *reader) room(l *line, column, next int) int {
	return column - r.geo.width(l) - r.geo.need(r.lines[next].text)
}

// headingLines returns how many lines from i on are a heading without blank
// lines around it: they are short, do not end a sentence, and a paragraph begins
// after them.
func (r *reader) headingLines(i int, run span, column, base int) int {
	const (
		most   = 2 // lines of the heading
		enough = 3 // lines after it: a paragraph rather than another heading
		// cells that a full line leaves at most: a lost indent and one character
		full = indentCells + charCells
	)
	if i > run.from && !endMark(r.lines[i-1].text).endsSentence() || r.lines[i].indent-base >= minIndent {
		return 0
	}
	for n := 1; n <= most && i+n < run.to; n++ {
		l, next := &r.lines[i+n-1], &r.lines[i+n]
		if endMark(l.text).endsSentence() || r.geo.width(l) > column {
			return 0
		}
		if next.indent-base >= minIndent || r.bylineMayStand(run, i+n, column) && r.isByline(i+n) {
			return n
		}
		short := r.room(l, column, i+n) >= r.geo.spread+full
		if short && !r.geo.indents && run.to-(i+n) >= enough && r.room(next, column, i+n+1) < full {
			return n
		}
	}
	return 0
}

// runColumn is the width of a full line of a run: its own if it has enough
// lines, else the page's.
func (r *reader) runColumn(run span) int {
	var widths []int
	for i := run.from + 1; i+1 < run.to; i++ {
		if !r.lines[i].indented() && !endMark(r.lines[i].text).endsSentence() {
			widths = append(widths, r.geo.width(&r.lines[i]))
		}
	}
	return columnOf(widths, r.geo.column)
}

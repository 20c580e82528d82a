package page

// splitRun splits a run of text lines where the lines show that one thing ends
// and another begins: an indent, the end of a paragraph with room left, a
// heading without a blank line around it.
func (sp *splitter) splitRun(run span) []span {
	if run.len() == 1 || run.len() <= shortRun && isCaption(sp.raw(run), run.len()) {
		return []span{run}
	}
	column := sp.runColumn(run)
	base := sp.baseIndent(run)
	var out []span
	start := run.from
	cut := func(at int) {
		if at > start {
			out = append(out, span{start, at})
			start = at
		}
	}
	for i := run.from; i < run.to; i++ {
		if i > run.from && (sp.lines[i].indent-base >= minIndent || sp.paragraphEnds(i-1, column, i-1 == run.from)) {
			cut(i)
		}
		if sp.bylineMayStand(run, i, column) && sp.isByline(i) {
			cut(i)
			cut(i + 1)
			continue
		}
		if n := sp.headingLines(i, span{start, run.to}, column, base); n > 0 {
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
func (sp *splitter) bylineMayStand(run span, i, column int) bool {
	const (
		underHeadline = 2    // lines of a headline
		part, whole   = 2, 3 // a byline fills at most two thirds of the column
	)
	return run.len() <= shortRun ||
		i > run.from && i-run.from <= underHeadline && sp.width(i)*whole <= column*part
}

func (sp *splitter) isByline(i int) bool {
	ok, _, _ := readByline(sp.lines[i].raw)
	return ok
}

// baseIndent is the indent that all lines of a longer run share: the block is
// shifted, its lines are not paragraphs.
func (sp *splitter) baseIndent(run span) int {
	const few = 4 // lines: fewer share an indent by chance
	least := sp.lines[run.from].indent
	for i := run.from; i < run.to; i++ {
		least = min(least, sp.lines[i].indent)
	}
	if run.len() < few {
		return 0
	}
	return least
}

// paragraphEnds reports whether line i ends a sentence and has more room for the
// beginning of the next line than full lines here leave. The first line of a run
// may have lost an indent.
func (sp *splitter) paragraphEnds(i, column int, first bool) bool {
	l := &sp.lines[i]
	if !endMark(l.text).endsSentence() {
		return false
	}
	if l.indented() {
		column -= l.indent
	} else if first {
		column -= indentCells
	}
	return sp.room(i, column) >= sp.geo.spread+charCells
}

// headingLines returns how many lines from i on are a heading without blank
// lines around it: they are short, do not end a sentence, and a paragraph begins
// after them.
func (sp *splitter) headingLines(i int, run span, column, base int) int {
	const (
		most   = 2 // lines of the heading
		enough = 3 // lines after it: a paragraph rather than another heading
		// cells that a full line leaves at most: a lost indent and one character
		full = indentCells + charCells
	)
	if i > run.from && !endMark(sp.lines[i-1].text).endsSentence() || sp.lines[i].indent-base >= minIndent {
		return 0
	}
	for n := 1; n <= most && i+n < run.to; n++ {
		l, next := &sp.lines[i+n-1], &sp.lines[i+n]
		if endMark(l.text).endsSentence() || sp.width(i+n-1) > column {
			return 0
		}
		if next.indent-base >= minIndent || sp.bylineMayStand(run, i+n, column) && sp.isByline(i+n) {
			return n
		}
		short := sp.room(i+n-1, column) >= sp.geo.spread+full
		if short && !sp.geo.indents && run.to-(i+n) >= enough && sp.room(i+n, column) < full {
			return n
		}
	}
	return 0
}

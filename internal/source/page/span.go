package page

// span is a run of lines, [from, to).
type span struct{ from, to int }

func (s span) len() int { return s.to - s.from }

// blankSeparated gives the runs of lines between blank lines.
func blankSeparated(lines []line) []span {
	var out []span
	start := -1
	for i := range lines {
		switch {
		case lines[i].blank() && start >= 0:
			out = append(out, span{start, i})
			start = -1
		case !lines[i].blank() && start < 0:
			start = i
		}
	}
	if start >= 0 {
		out = append(out, span{start, len(lines)})
	}
	return out
}

// unwrapped says whether each paragraph stands on one line, as in text that a
// word processor or a web page was saved as: long lines end sentences. Of the
// lines of a column nearly all end openly.
func unwrapped(lines []line) bool {
	const (
		long = 30 // cells: headings, signatures and narrow columns are not counted
		few  = 2  // long lines that tell nothing yet, unless they are longer than two columns
		most = 10 // of so many long lines one may end openly
	)
	n, openly, widest := 0, 0, 0
	for i := range lines {
		if lines[i].narrow < long {
			continue
		}
		n++
		widest = max(widest, lines[i].wide)
		if endMark(lines[i].text) == endOpen {
			openly++
		}
	}
	return (n > few || widest > 2*defaultColumn) && openly*most <= n
}

// lineByLine gives each line that isn't blank as a run of its own.
func lineByLine(lines []line) []span {
	var out []span
	for i := range lines {
		if !lines[i].blank() {
			out = append(out, span{i, i + 1})
		}
	}
	return out
}

package page

// span is a run of lines, [from, to).
type span struct{ from, to int }

func (s span) len() int { return s.to - s.from }

// blankSeparated returns the runs of lines between blank lines.
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

// unwrapped reports whether each paragraph is on one line, as in text saved from
// a word processor or a web page: then long lines end sentences, while nearly
// all lines of a column end in the middle of one.
func unwrapped(lines []line) bool {
	const (
		long = 30 // cells: excludes headings, signatures and narrow columns
		few  = 2  // long lines that prove nothing, unless they are wider than two columns
		most = 10 // one long line in so many may end in the middle of a sentence
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

// lineByLine returns each non-blank line as a run of its own.
func lineByLine(lines []line) []span {
	var out []span
	for i := range lines {
		if !lines[i].blank() {
			out = append(out, span{i, i + 1})
		}
	}
	return out
}

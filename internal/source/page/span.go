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

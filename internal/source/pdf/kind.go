package pdf

import "slices"

// isDocument reports whether pages are those of a document, whose text goes on from
// page to page, and not of a newspaper, each of which stands for itself: most have
// their text in one column.
func isDocument(papers []paper) bool {
	const (
		enough = 6    // lines of body type that a page must have to count
		most   = 0.25 // share of lines that have another beside them: in tables and lists
	)
	var shares []float64
	pages := 0
	for i := range papers {
		lines := papers[i].lines
		if len(lines) == 0 {
			continue
		}
		pages++
		if body := bodyLines(lines); len(body) >= enough {
			shares = append(shares, besides(body))
		}
	}
	if pages < 2 || len(shares) == 0 {
		return false
	}
	slices.Sort(shares)
	return shares[len(shares)/2] < most
}

// bodyLines returns the lines in the size of most characters, from top to bottom.
func bodyLines(lines []line) []line {
	size := bodySize(lines)
	var out []line
	for _, l := range lines {
		if sameType(l.size, size) {
			out = append(out, l)
		}
	}
	slices.SortStableFunc(out, func(a, b line) int {
		if a.base < b.base {
			return -1
		} else if a.base > b.base {
			return 1
		}
		return 0
	})
	return out
}

// besides returns the share of the lines that have another beside them. The lines
// are sorted from top to bottom; those of two columns needn't be level.
func besides(lines []line) float64 {
	n := 0
	for i := range lines {
		a := &lines[i]
		near := func(b *line) bool {
			const level = 0.7 // of the type size
			return b.base-a.base < level*a.size && a.base-b.base < level*a.size
		}
		beside := func(b *line) bool { return a.right <= b.left || b.right <= a.left }
		found := false
		for k := i - 1; k >= 0 && near(&lines[k]) && !found; k-- {
			found = beside(&lines[k])
		}
		for k := i + 1; k < len(lines) && near(&lines[k]) && !found; k++ {
			found = beside(&lines[k])
		}
		if found {
			n++
		}
	}
	return float64(n) / float64(len(lines))
}

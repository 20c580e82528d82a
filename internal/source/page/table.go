package page

import "strings"

const (
	minTableRows  = 3
	minTableCells = 3
)

// markTables marks runs of lines with nearly the same number of cells, most of
// them numbers or separated by wide gaps.
func (sp *splitter) markTables(block span, kinds []pieceKind) {
	for from := block.from; from < block.to; {
		n := len(cells(&sp.lines[from]))
		to := from + 1
		for n > 0 && to < block.to {
			m := len(cells(&sp.lines[to]))
			if m < n-1 || m > n+1 || m == 0 { // a cell may be empty or contain a blank
				break
			}
			n = m
			to++
		}
		if n > 0 && to-from >= minTableRows {
			for i := from; i < to; i++ {
				if kinds[i-block.from] == textPiece {
					kinds[i-block.from] = tablePiece
				}
			}
		}
		from = to
	}
}

// cells returns the cells of a line that may be a table row, or nil.
func cells(l *line) []string {
	if strings.IndexFunc(l.raw, isPause) >= 0 {
		return nil
	}
	if strings.Contains(l.raw, "\t") {
		return strings.FieldsFunc(l.raw, func(c rune) bool { return c == '\t' })
	}
	if strings.Count(l.raw, " ") < minTableCells-1 {
		return nil
	}
	fields := strings.Fields(l.raw)
	if len(fields) < minTableCells || isTracked(fields) && !manyNumbers(fields) {
		return nil
	}
	return fields
}

// isPause reports whether r separates clauses, which no cell contains.
func isPause(r rune) bool {
	switch r {
	case '。', '，', '；', '！', '？':
		return true
	}
	return false
}

func manyNumbers(fields []string) bool {
	n := 0
	for _, f := range fields {
		if isNumber(f) {
			n++
		}
	}
	return n*2 >= len(fields)
}

package html

import (
	"strings"
	"unicode/utf8"

	dom "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A data table has rows and columns and short cells. Old pages use tables to lay
// out text.
const (
	minTableRows    = 2
	minTableColumns = 2
	maxCell         = 60 // characters, on average
)

// isDataTable reports whether a table contains data; others lay out a page.
func isDataTable(table *dom.Node) bool {
	rows := tableRows(table)
	wide, cells, runes := 0, 0, 0
	for _, row := range rows {
		if len(row) >= minTableColumns {
			wide++
		}
		for _, cell := range row {
			cells++
			runes += utf8.RuneCountInString(cell)
		}
	}
	return wide >= minTableRows && wide*2 > len(rows) && runes <= cells*maxCell && !hasTable(table)
}

func hasTable(n *dom.Node) bool {
	for d := range n.Descendants() {
		if d.Data == "table" && d.Type == dom.ElementNode {
			return true
		}
	}
	return false
}

// tableRows returns the cells of a table that contain text, row by row.
func tableRows(table *dom.Node) [][]string {
	var rows [][]string
	for d := range table.Descendants() {
		switch {
		case d.Type != dom.ElementNode:
		case d.Data == atom.Tr.String():
			rows = append(rows, nil)
		case (d.Data == atom.Td.String() || d.Data == atom.Th.String()) && len(rows) > 0:
			if text := cellText(d); text != "" {
				rows[len(rows)-1] = append(rows[len(rows)-1], text)
			}
		}
	}
	return rows
}

func cellText(cell *dom.Node) string {
	var b strings.Builder
	for d := range cell.Descendants() {
		switch {
		case d.Type == dom.TextNode:
			b.WriteString(d.Data)
		case d.Type == dom.ElementNode && !isInline(d.DataAtom):
			b.WriteByte('\n')
		}
	}
	return collapseSpace(b.String())
}

// table adds a paragraph for each row, its cells separated by blanks.
func (r *blockReader) table(n *dom.Node) {
	for _, row := range tableRows(n) {
		if len(row) > 0 {
			r.blocks = append(r.blocks, block{kind: tableBlock, text: strings.Join(row, " ")})
		}
	}
	r.image = false
}

package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// mostCells is how many cells the tables of a file can have together. The parser fills each row up
// to the columns of the table, and a cell takes some 500 bytes.
const mostCells = 100_000

// cellLimit makes raw text of the tables that have more cells than are left of mostCells, and of
// paragraphs with more than mostMarkers, lines of which prepare took for blocks: their words are
// kept, line by line.
type cellLimit struct{}

var cellsKey = parser.NewContextKey()

// Extend implements goldmark.Extender.
func (l cellLimit) Extend(m goldmark.Markdown) {
	const beforeTables = 199 // extension.Table has 200
	m.Parser().AddOptions(parser.WithParagraphTransformers(util.Prioritized(l, beforeTables)))
}

// Transform implements parser.ParagraphTransformer.
func (cellLimit) Transform(p *ast.Paragraph, reader text.Reader, pc parser.Context) {
	columns, markers := 0, 0
	for i := range p.Lines().Len() {
		line := p.Lines().At(i)
		content := line.Value(reader.Source())
		markers += unescaped(content)
		if i > 0 {
			columns = max(columns, columnsIn(content))
		}
	}
	if columns == 0 && markers <= mostMarkers {
		return
	}
	used, _ := pc.Get(cellsKey).(int) // nil before the first table
	if used += columns * p.Lines().Len(); columns > 0 && used <= mostCells {
		pc.Set(cellsKey, used)
		return
	}
	raw := ast.NewCodeBlock() // the parser looks for no emphasis and links in it
	raw.SetPos(p.Pos())
	raw.SetLines(p.Lines())
	p.Parent().ReplaceChild(p.Parent(), p, raw)
}

// columnsIn returns how many columns a line can give to a table, 0 if it is a row or text.
func columnsIn(line []byte) int {
	if !bytes.Contains(line, []byte{'-'}) || len(bytes.Trim(line, "-:| \t\r\n\v\f")) > 0 {
		return 0
	}
	return bytes.Count(line, []byte{'|'}) + 1
}

// unescaped returns how many markers of a line the parser looks at.
func unescaped(line []byte) (n int) {
	for i, c := range line {
		if strings.IndexByte(markers, c) >= 0 && (i == 0 || line[i-1] != '\\') {
			n++
		}
	}
	return n
}

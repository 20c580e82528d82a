package batch

import (
	"cmp"
	"fmt"
	"io"
	"strconv"

	"xunwen/internal/search"
	"xunwen/internal/sheet"
)

// Sheet writes an answer as CSV: a row for each query, with a column for each year, month and
// publication of the archive. It is a Writer.
type Sheet struct {
	rows    *sheet.Writer
	request Request
	columns map[Dimension]map[string]int // by value, in a row
	width   int
}

// NewSheet returns a Sheet for the answer to a request.
func NewSheet(w io.Writer, r Request) *Sheet { return &Sheet{rows: sheet.NewWriter(w), request: r} }

// fixedColumns come first.
var fixedColumns = []string{"line", "query", "total", "total_relation", "error"}

// Begin implements Writer. It writes the names of the columns.
func (s *Sheet) Begin(h Head) error {
	names := append([]string{}, fixedColumns...)
	s.columns = map[Dimension]map[string]int{}
	for _, by := range s.request.Counts {
		s.columns[by] = map[string]int{}
		for _, v := range h.Values[by] {
			s.columns[by][v] = len(names)
			names = append(names, v)
		}
	}
	for i := range s.request.Hits {
		for _, name := range []string{"article_id", "date", "publication", "title"} {
			names = append(names, fmt.Sprintf("hit_%d_%s", i+1, name))
		}
	}
	s.width = len(names)
	return s.rows.Write(names)
}

// Write implements Writer.
func (s *Sheet) Write(r Row) error {
	row := append(make([]string, 0, s.width), strconv.Itoa(r.Line), r.Text, "", "", Reason(r.Err))
	if r.Err != nil {
		return s.rows.Write(row[:s.width])
	}
	row[2], row[3] = strconv.Itoa(r.Total), string(r.Relation)
	for _, by := range s.request.Counts {
		for range s.columns[by] {
			row = append(row, "0")
		}
		for _, c := range r.Counts[by] {
			if at, ok := s.columns[by][c.Value]; ok {
				row[at] = strconv.Itoa(c.Count)
			}
		}
	}
	for _, h := range r.Hits {
		a := h.Article
		row = append(row, a.ID, a.Date, a.Publication, titleOf(h))
	}
	return s.rows.Write(row[:s.width])
}

// Flush writes what is buffered.
func (s *Sheet) Flush() error { return s.rows.Flush() }

// titleOf returns what a hit is called in a list.
func titleOf(h search.Hit) string { return cmp.Or(h.Article.DisplayTitle(), h.Opening) }

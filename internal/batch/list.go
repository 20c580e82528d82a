package batch

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"xunwen/internal/source/charset"
)

// Bounds of a list.
const (
	// MaxQueries is the most queries of a list.
	MaxQueries = 10_000
	// MaxListBytes is the most bytes that a list may have: MaxQueries of a hundred
	// characters, and spaces for more.
	MaxListBytes = 4 << 20
)

// Query is one of a list.
type Query struct {
	Line int // in the list, from 1
	Text string
	Err  error // why it can't be read, else nil
}

// ListError says why a list can't be read.
type ListError struct{ Reason string }

func (e *ListError) Error() string { return e.Reason }

// listErrorf returns a *ListError.
func listErrorf(format string, args ...any) error { return &ListError{fmt.Sprintf(format, args...)} }

// ReadText reads a list with a query on each line. Blank lines count as lines only.
func ReadText(r io.Reader) ([]Query, error) {
	text, err := readAll(r)
	if err != nil {
		return nil, err
	}
	var list []Query
	line := 0
	for l := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		line++
		if q := strings.TrimSpace(l); q != "" {
			list = append(list, Query{Line: line, Text: q})
		}
	}
	return checked(list)
}

// columnNames are the names of a column with queries, in lower case.
var columnNames = []string{"q", "query", "queries", "keyword", "搜索词", "检索词", "关键词"}

// ReadCSV reads a list of which the queries are one column: that with one of columnNames in the
// first row, or else the first. A row that is no CSV is a Query with an error.
func ReadCSV(r io.Reader) ([]Query, error) {
	text, err := readAll(r)
	if err != nil {
		return nil, err
	}
	rows := csv.NewReader(strings.NewReader(text))
	rows.FieldsPerRecord, rows.ReuseRecord = -1, true
	var list []Query
	column, first := 0, true
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return checked(list)
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			list, first = append(list, Query{Line: bad.StartLine, Err: wrongRow(bad)}), false
			continue
		}
		if err != nil {
			return nil, err
		}
		if first {
			first = false
			if at := slices.IndexFunc(row, isColumnName); at >= 0 {
				column = at
				continue
			}
		}
		if column >= len(row) {
			continue
		}
		if q := strings.TrimSpace(row[column]); q != "" {
			line, _ := rows.FieldPos(0)
			list = append(list, Query{Line: line, Text: q})
		}
	}
}

func isColumnName(cell string) bool {
	return slices.Contains(columnNames, strings.ToLower(strings.TrimSpace(cell)))
}

// wrongRow says what to do about a row that is no CSV.
func wrongRow(bad *csv.ParseError) error {
	if bad.Line > bad.StartLine {
		return listErrorf("a cell that begins with a quote doesn't end before line %d: "+
			`write quotes inside of a cell twice ("""北约东扩""")`, bad.Line)
	}
	return listErrorf("a quote in the wrong place, at byte %d of line %d: "+
		`put the cell in quotes and write those inside twice ("""北约东扩""")`, bad.Column, bad.Line)
}

// ReadJSON reads an object whose member queries is a list of queries. Their lines count from 1.
func ReadJSON(r io.Reader) ([]Query, error) {
	text, err := readAll(r)
	if err != nil {
		return nil, err
	}
	var body struct {
		Queries []string `json:"queries"`
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&body); err != nil {
		return nil, listErrorf(`want {"queries": ["…", "…"]}: %v`, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, listErrorf("there is more after the JSON object")
	}
	list := make([]Query, len(body.Queries))
	for i, q := range body.Queries {
		list[i] = Query{Line: i + 1, Text: strings.TrimSpace(q)}
	}
	return checked(list)
}

// readAll reads a list, in UTF-8 or in one of the encodings that spreadsheets save Chinese in.
func readAll(r io.Reader) (string, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxListBytes+1))
	if err != nil {
		return "", err
	}
	if len(b) > MaxListBytes {
		return "", listErrorf("the list has more than %d MiB: split it", MaxListBytes>>20)
	}
	text, err := charset.Text(b, charset.Auto)
	if err != nil {
		return "", listErrorf("the list is no text: %v", err)
	}
	return text, nil
}

// checked returns a list, unless it has no query or too many.
func checked(list []Query) ([]Query, error) {
	switch {
	case len(list) == 0:
		return nil, listErrorf("the list has no query")
	case len(list) > MaxQueries:
		return nil, listErrorf("the list has %d queries: split it into lists of at most %d", len(list), MaxQueries)
	}
	return list, nil
}

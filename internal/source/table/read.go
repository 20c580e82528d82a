package table

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"xunwen/internal/source/field"
	"xunwen/internal/source/lineio"
)

// rows reads a table row by row. line is where the row begins, end where it ends.
type rows interface {
	next() (row []string, line, end int, err error)
}

// maxRow bounds a row in bytes; the parser of rows has several copies of it. A quotation mark that
// isn't closed makes one of the rest of the file.
const maxRow = 32 << 20

// Read yields the articles of a table's rows. invalid returns the error of a line between two
// that is not in the encoding of the file.
func Read(in io.Reader, d Dialect, fields field.Reader, invalid func(from, to int) error) field.Records {
	return func(yield func(field.Record, error) bool) {
		t := &table{fields: fields, invalid: invalid, yield: yield}
		lines := lineio.NewReader(in, maxRow)
		if d.quoted {
			t.rows = newQuoted(lines, d)
		} else {
			t.rows = &plain{in: bufio.NewReader(lines), lines: lines, sep: d.sep}
		}
		t.sep = d.sep
		t.read()
	}
}

type table struct {
	rows
	sep     string
	fields  field.Reader
	invalid func(from, to int) error
	yield   func(field.Record, error) bool
	header  []string
}

func (t *table) read() {
	for {
		row, line, end, err := t.next()
		var bad *field.RecordError
		switch {
		case err == io.EOF:
			return
		case errors.As(err, &bad):
			if !t.yield(field.Record{}, err) {
				return
			}
			continue
		case err != nil:
			t.yield(field.Record{}, &field.ReadError{Line: line, Reason: err})
			return
		case isEmpty(row):
			continue
		}
		if t.header == nil {
			if done, reason := t.begin(row); reason != "" {
				t.yield(field.Record{}, &field.RecordError{Line: line, Reason: errors.New(reason)})
				return
			} else if done {
				continue
			}
		}
		if !t.row(row, line, end) {
			return
		}
	}
}

func isEmpty(row []string) bool {
	for _, value := range row {
		if strings.TrimSpace(value) != "" {
			return false
		}
	}
	return true
}

// begin finds the names of the columns: done reports that the row has them and no article.
func (t *table) begin(row []string) (done bool, reason string) {
	numbered := t.mapsNumbers()
	switch {
	case !numbered && isHeader(trimmed(row), t.fields):
		t.header = trimmed(row)
		return true, ""
	case numbered:
		t.header = numbers(len(row))
		return isHeader(trimmed(row), field.Reader{}), ""
	case t.sep == bangs:
		t.header = numbers(len(row))
		t.fields.Map = columns(row)
		return false, ""
	case t.sep == "\t" && len(row) == 2 && labelledTexts(row[0]+"\t"+row[1]+strings.Repeat(" ", 1<<13)):
		t.header = numbers(len(row))
		t.fields.Map = field.Map{"1": field.PageName, "2": field.Text}
		return false, ""
	case looksNamed(row):
		t.header = trimmed(row) // unknown names: the first record says how to map them
		return true, ""
	}
	return false, t.advise(row)
}

// looksNamed reports whether all values of a row are identifiers.
func looksNamed(row []string) bool {
	for _, name := range trimmed(row) {
		if !identifier.MatchString(name) && (name == "" || !isShortName(name)) {
			return false
		}
	}
	return len(row) > 1
}

// advise says how to read a table whose first row names no columns.
func (t *table) advise(row []string) string {
	var members []field.Member
	for i, value := range row {
		members = append(members, field.Member{Name: strconv.Itoa(i + 1), Kind: field.String, Value: value})
	}
	advice := "add one, such as title,date,text, or pass --map text=N with the number of its column"
	if guess := t.fields.Advise(members); guess != "" {
		advice = "add one, such as title,date,text, or " + guess
	}
	return "the first row doesn't name the columns: " + advice
}

// columns are those of rows without names, by what they hold in the first: an id, the code and
// the name of a category, a title, keywords.
func columns(row []string) field.Map {
	m := field.Map{"1": field.ID}
	if len(row) > 3 {
		m["3"], m["4"] = field.PageName, field.Title
	}
	if len(row) > 4 {
		m["5"] = field.Text
	}
	return m
}

func (t *table) mapsNumbers() bool {
	for name := range t.fields.Map {
		if _, err := strconv.Atoi(name); err == nil {
			return true
		}
	}
	return false
}

func numbers(n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = strconv.Itoa(i + 1)
	}
	return all
}

func trimmed(row []string) []string {
	all := make([]string, len(row))
	for i, v := range row {
		all[i] = strings.TrimSpace(strings.TrimPrefix(v, "\ufeff"))
	}
	return all
}

// row yields the article of a row.
func (t *table) row(row []string, line, end int) bool {
	fail := func(err error) bool {
		return t.yield(field.Record{}, &field.RecordError{Line: line, Reason: err})
	}
	if err := t.invalid(line, end); err != nil {
		return fail(err)
	}
	for len(row) > len(t.header) && strings.TrimSpace(row[len(row)-1]) == "" {
		row = row[:len(row)-1]
	}
	if len(row) != len(t.header) && !(t.sep == bangs && len(row) < len(t.header)) {
		return fail(fmt.Errorf("%d columns instead of %d: a value with a separator or a quotation mark in it "+
			"must be within quotation marks", len(row), len(t.header)))
	}
	var members []field.Member
	for i, value := range row {
		m := field.Member{Name: t.header[i], Kind: field.String, Value: value}
		if f, _ := t.fields.Known(m.Name); f == field.Confidence ||
			f == field.ID && strings.Trim(value, "0123456789") == "" {
			m.Kind = field.Number
		}
		if m.Name == "" && strings.TrimSpace(value) != "" || t.unmapped(m.Name) {
			continue // the row numbers that programs write, and columns that weren't mapped
		}
		members = append(members, m)
	}
	a, left, err := t.fields.Article(members, nil)
	if err != nil {
		return fail(err)
	}
	return t.yield(field.Record{Article: a, Line: line, Left: left}, nil)
}

// unmapped reports whether a column without a name wasn't mapped by its number.
func (t *table) unmapped(name string) bool {
	_, err := strconv.Atoi(name)
	_, mapped := t.fields.Map[name]
	return err == nil && !mapped
}

// quoted reads rows with quotation marks.
type quoted struct {
	csv   *csv.Reader
	lines *lineio.Reader
}

func newQuoted(lines *lineio.Reader, d Dialect) *quoted {
	r := csv.NewReader(lines)
	r.Comma, _ = utf8.DecodeRuneInString(d.sep)
	r.FieldsPerRecord, r.LazyQuotes = -1, !d.strict
	return &quoted{r, lines}
}

func (q *quoted) next() (row []string, line, end int, err error) {
	row, err = q.csv.Read()
	q.lines.Done(q.csv.InputOffset())
	var bad *csv.ParseError
	switch {
	case errors.As(err, &bad):
		return nil, bad.StartLine, bad.Line, &field.RecordError{Line: bad.StartLine, Reason: fmt.Errorf(
			"a quotation mark is out of place (line %d, column %d): within a quoted value it must be doubled",
			bad.Line, bad.Column)}
	case err != nil:
		return nil, q.lines.Line(q.csv.InputOffset()), 0, q.explain(err)
	}
	line, _ = q.csv.FieldPos(0)
	last, _ := q.csv.FieldPos(len(row) - 1)
	return row, line, last + strings.Count(row[len(row)-1], "\n"), nil
}

func (q *quoted) explain(err error) error {
	if errors.Is(err, lineio.ErrTooLong) {
		return ErrNotClosed
	}
	return err
}

// ErrNotClosed reports a row that doesn't end.
var ErrNotClosed = fmt.Errorf("a quotation mark that opens here isn't closed within %d MB: what follows wasn't read",
	maxRow>>20)

// plain reads rows of lines.
type plain struct {
	in    *bufio.Reader
	lines *lineio.Reader
	sep   string
	line  int
	read  int64
}

func (p *plain) next() (row []string, line, end int, err error) {
	text, err := p.in.ReadString('\n')
	p.line++
	p.read += int64(len(text))
	p.lines.Done(p.read)
	if err != nil && (err != io.EOF || text == "") {
		return nil, p.line, p.line, err
	}
	return strings.Split(strings.TrimRight(text, "\r\n"), p.sep), p.line, p.line, nil
}

package table

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"xunwen/internal/source/field"
	"xunwen/internal/source/lineio"
	"xunwen/internal/textnorm"
)

// maxRow bounds a row in bytes; the parser of rows has several copies of it. A quotation mark that
// isn't closed makes one of the rest of the file.
const maxRow = 32 << 20

// Read yields the articles of a table's rows. invalid returns the error of a line between two
// that is not in the encoding of the file.
func Read(in io.Reader, d Dialect, fields field.Reader, invalid func(from, to int) error) field.Records {
	return func(yield func(field.Record, error) bool) {
		t := &table{fields: fields, invalid: invalid, yield: yield}
		if d.cr {
			in = lineFeeds{in}
		}
		if d.slash {
			in = &unescaped{in: bufio.NewReader(in)}
		}
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
		case isEmpty(row) || t.header == nil && strings.HasPrefix(row[0], separatorHint):
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
	case !numbered && (isHeader(trimmed(row), t.fields) || len(row) == 1 && t.isText(trimmed(row)[0])):
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

// isText reports whether a name is that of a text or title.
func (t *table) isText(name string) bool {
	f, ok := t.fields.Known(name)
	return ok && (f == field.Text || f == field.Title)
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
	members, unnamed := t.members(row)
	a, left, err := t.fields.Article(members, nil)
	if err != nil {
		return fail(err)
	}
	return t.yield(field.Record{Article: a, Line: line, Left: append(left, unnamed...)}, nil)
}

// members returns the values of a row by the names of their columns. Columns without a name that
// weren't mapped are left out; with a Chinese text in them they are reported.
func (t *table) members(row []string) (members []field.Member, unnamed []string) {
	for i, value := range row {
		m := field.Member{Name: t.header[i], Kind: field.String, Value: value}
		if m.Name == "" || t.unmapped(m.Name) {
			if strings.IndexFunc(value, textnorm.IsHan) >= 0 {
				unnamed = append(unnamed, fmt.Sprintf("column %d", i+1))
			}
			continue
		}
		if f, _ := t.fields.Known(m.Name); f == field.Confidence ||
			f == field.ID && strings.Trim(value, "0123456789") == "" {
			m.Kind = field.Number
		}
		members = append(members, m)
	}
	return members, unnamed
}

// unmapped reports whether a column without a name wasn't mapped by its number.
func (t *table) unmapped(name string) bool {
	_, err := strconv.Atoi(name)
	_, mapped := t.fields.Map[name]
	return err == nil && !mapped
}

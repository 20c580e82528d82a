package table

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"xunwen/internal/source/field"
	"xunwen/internal/source/lineio"
)

// rows reads a table row by row. line is where the row begins, end where it ends.
type rows interface {
	next() (row []string, line, end int, err error)
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
		lost := ""
		if bad.Line > bad.StartLine+1 {
			lost = "; the rows up to there were not read"
		}
		return nil, bad.StartLine, bad.Line, &field.RecordError{Line: bad.StartLine, Reason: fmt.Errorf(
			"a quotation mark is out of place (line %d, column %d): within a quoted value it must be doubled%s",
			bad.Line, bad.Column, lost)}
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
var ErrNotClosed = fmt.Errorf("a quotation mark that opens here isn't closed within %d MiB: what follows wasn't read",
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

// lineFeeds reads a text whose lines end with CR.
type lineFeeds struct{ io.Reader }

func (l lineFeeds) Read(p []byte) (int, error) {
	n, err := l.Reader.Read(p)
	for i, c := range p[:n] {
		if c == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}

// unescaped does on reading what unescaper does.
type unescaped struct {
	in   *bufio.Reader
	next byte // what comes next, if not 0
}

func (u *unescaped) Read(p []byte) (int, error) {
	for n := range p {
		if u.next != 0 {
			p[n], u.next = u.next, 0
			continue
		}
		if n > 0 && u.in.Buffered() < len(escapedQuote) {
			return n, nil // what is piped in comes out without waiting for more
		}
		c, err := u.in.ReadByte()
		if err != nil {
			return n, err
		}
		if c == '\\' {
			switch after, _ := u.in.Peek(1); string(after) {
			case `"`:
				c, u.next = '"', '"'
				_, _ = u.in.Discard(1) // just peeked
			case `\`:
				u.next = '\\'
				_, _ = u.in.Discard(1)
			}
		}
		p[n] = c
	}
	return len(p), nil
}

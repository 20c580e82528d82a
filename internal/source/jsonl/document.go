package jsonl

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"xunwen/internal/news"
	"xunwen/internal/source/field"
	"xunwen/internal/source/lineio"
)

// Documents reads records from JSON that isn't one record per line: an array, objects over
// several lines, and either of them within other objects, as an API answers. It streams, with
// one record in memory.
func Documents(in io.Reader, fields field.Reader) field.Records {
	return func(yield func(field.Record, error) bool) {
		lines := lineio.NewReader(&controls{in: in}, lineio.MaxRecord)
		d := &document{d: jsontext.NewDecoder(lines), lines: lines, fields: fields, yield: yield}
		if err := d.read(); err != nil && !errors.Is(err, errStopped) {
			yield(field.Record{}, d.explain(err))
		}
	}
}

// errStopped reports that the consumer has stopped the iteration.
var errStopped = errors.New("iteration stopped")

type document struct {
	d      *jsontext.Decoder
	lines  *lineio.Reader
	fields field.Reader
	yield  func(field.Record, error) bool
}

func (d *document) read() error {
	for d.d.PeekKind() != 0 {
		if err := d.element(context{}); err != nil {
			return err
		}
	}
	_, err := d.d.ReadToken() // why there is nothing to peek at
	if err == io.EOF {
		return nil
	}
	return err
}

// explain makes the last error of an input of why its decoder stopped.
func (d *document) explain(err error) error {
	var syntax *jsontext.SyntacticError
	switch {
	case errors.As(err, &syntax) && errors.Is(syntax.Err, io.ErrUnexpectedEOF):
		return &field.RecordError{Line: d.lines.Last(), Reason: errors.New(
			"the JSON ends within a record or a list: the file is incomplete; what is before was read")}
	case errors.As(err, &syntax):
		reason := strings.TrimPrefix(syntax.Err.Error(), "jsontext: ")
		return &field.RecordError{Line: d.lines.Line(syntax.ByteOffset), Reason: fmt.Errorf(
			"not JSON: %s; what is before was read, nothing after it", reason)}
	}
	return &field.ReadError{Line: d.lines.Last(), Reason: err}
}

// context is what the objects around a record say about it.
type context struct {
	members []field.Member // date, publication, page: an issue with its articles
	named   bool           // an object around has a title
	depth   int
}

// deepest is how deep lists with records are looked for.
const deepest = 32

// element reads a value where a record is expected.
func (d *document) element(c context) error {
	switch d.d.PeekKind() {
	case '{':
		line := d.lineOfNext()
		o, err := d.object(c)
		if err != nil || o.wrapper {
			return err
		}
		return d.emit(o, c, line)
	case '[':
		c.depth++
		if c.depth > deepest {
			return d.skip("lists within lists")
		}
		if _, err := d.d.ReadToken(); err != nil {
			return err
		}
		first := d.d.PeekKind()
		if c.depth > 1 && first != '{' && first != '[' && first != ']' {
			return d.skipRest()
		}
		for k := first; k != ']' && k != 0; k = d.d.PeekKind() {
			if err := d.element(c); err != nil {
				return err
			}
		}
		_, err := d.d.ReadToken()
		return err
	case 0:
		_, err := d.d.ReadToken()
		return err
	}
	return d.skip("not a record: want an object")
}

// lineOfNext returns the line on which the next value begins: what is read is up to it.
func (d *document) lineOfNext() int {
	blanks := 0
	for _, b := range d.d.UnreadBuffer() {
		if b != ' ' && b != '\n' && b != '\t' && b != '\r' && b != ',' {
			break
		}
		blanks++
	}
	return d.lines.Line(d.d.InputOffset() + int64(blanks))
}

// skipRest skips a list of values in a list: a row of a table without names.
func (d *document) skipRest() error {
	line := d.lineOfNext()
	for k := d.d.PeekKind(); k != ']' && k != 0; k = d.d.PeekKind() {
		if err := d.d.SkipValue(); err != nil {
			return err
		}
	}
	if _, err := d.d.ReadToken(); err != nil {
		return err
	}
	return d.reject(line, errors.New("a list of values instead of an object: name them, or write CSV"))
}

func (d *document) skip(reason string) error {
	line := d.lineOfNext()
	if err := d.d.SkipValue(); err != nil {
		return err
	}
	return d.reject(line, errors.New(reason))
}

func (d *document) reject(line int, reason error) error {
	d.lines.Done(d.d.InputOffset())
	if !d.yield(field.Record{}, &field.RecordError{Line: line, Reason: reason}) {
		return errStopped
	}
	return nil
}

// emit yields the record of an object.
func (d *document) emit(o *container, c context, line int) error {
	if o.fault != nil {
		return d.reject(line, explainSemantic(o.fault))
	}
	a, left, err := d.fields.Article(o.members, o.paragraphs)
	if err != nil {
		return d.reject(line, err)
	}
	inherit(a, c.members)
	d.lines.Done(d.d.InputOffset())
	if !d.yield(field.Record{Article: a, Line: line, Left: left}, nil) {
		return errStopped
	}
	return nil
}

// inherit fills in what an article doesn't state and the objects around it do.
func inherit(a *news.Article, members []field.Member) {
	for _, m := range members {
		switch f, _ := field.IsKnown(m.Name); {
		case f == field.Date && a.Date == "":
			a.Date = m.Value
		case f == field.Publication && a.Publication == "":
			a.Publication = m.Value
		case f == field.Page && a.Page == "":
			a.Page = m.Value
		case f == field.PageName && a.PageName == "":
			a.PageName = m.Value
		}
	}
}

package jsonl

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"xunwen/internal/news"
)

// maxLine bounds the memory that a line without an end can take, such as an
// archive of nothing but blanks. It is some ten times a newspaper's whole
// issue, and with the copies that a record is made through it stays within the
// memory that a build has by default.
const maxLine = 128 << 20

// byteOrderMark may begin any line: files that begin with one get joined.
var byteOrderMark = []byte("\ufeff")

// RecordError says why one line is no record. The lines after it can be read.
type RecordError struct {
	Line   int // from 1
	Reason error
}

func (e *RecordError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Reason) }
func (e *RecordError) Unwrap() error { return e.Reason }

var errTooLong = fmt.Errorf("the line is longer than %d MB: one record must stand on one line", maxLine>>20)

// Text turns lines that are in another encoding into UTF-8.
type Text interface {
	// Foreign says whether even a line that is well-formed UTF-8 may be
	// something else.
	Foreign() bool
	// UTF8 gives a line as UTF-8, or says why it can't.
	UTF8(line []byte) ([]byte, error)
}

// Reader reads records one after another. It keeps one line in memory.
type Reader struct {
	in      *bufio.Reader
	text    Text // nil where all must be UTF-8
	lenient bool
	line    int
	long    []byte // a line that didn't fit in's buffer; kept for the next one
}

// NewReader returns a Reader of r; a lenient one passes over unknown members.
// Where r is a Text too, it is asked about lines that aren't UTF-8.
func NewReader(r io.Reader, lenient bool) *Reader {
	text, _ := r.(Text)
	return &Reader{in: bufio.NewReaderSize(r, 1<<18), text: text, lenient: lenient}
}

// Line is the number, from 1, of the line that Next read last or failed on.
func (r *Reader) Line() int { return r.line }

// Next returns the next record; empty lines are passed over. A *RecordError
// concerns one line and reading goes on; io.EOF is the end; any other error
// came from the underlying reader and ends the input. What stands before such
// an error on its line is no record: it was cut off.
func (r *Reader) Next() (*news.Article, error) {
	for {
		line, err := r.next()
		if errors.Is(err, errTooLong) {
			return nil, &RecordError{r.line, err}
		}
		if err != nil && err != io.EOF {
			return nil, err
		}
		line = bytes.TrimPrefix(line, byteOrderMark)
		if line = bytes.Trim(line, " \t\r\n"); len(line) > 0 {
			a, bad := r.decode(line)
			if bad != nil {
				return nil, &RecordError{r.line, bad}
			}
			return a, nil
		}
		if err == io.EOF {
			return nil, io.EOF
		}
	}
}

// decode reads a line as UTF-8 first: that needs no look of its own, since the
// decoder of JSON refuses anything else.
func (r *Reader) decode(line []byte) (*news.Article, error) {
	if r.text == nil {
		return Decode(line, r.lenient)
	}
	if !r.text.Foreign() {
		a, err := Decode(line, r.lenient)
		if err == nil || utf8.Valid(line) {
			return a, err
		}
	}
	text, err := r.text.UTF8(line)
	if err != nil {
		return nil, err
	}
	return Decode(text, r.lenient)
}

// next returns the next line with its end, valid until the next call. The last
// line comes together with io.EOF.
func (r *Reader) next() ([]byte, error) {
	r.line++
	part, err := r.in.ReadSlice('\n')
	if !errors.Is(err, bufio.ErrBufferFull) {
		return part, err
	}
	r.long = append(r.long[:0], part...)
	tooLong := false
	for errors.Is(err, bufio.ErrBufferFull) {
		part, err = r.in.ReadSlice('\n')
		if tooLong = tooLong || len(r.long)+len(part) > maxLine; !tooLong {
			r.long = append(r.long, part...)
		}
	}
	if tooLong && (err == nil || err == io.EOF) {
		return nil, errTooLong
	}
	return r.long, err
}

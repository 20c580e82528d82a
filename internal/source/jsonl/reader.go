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

// maxLine bounds the memory for a line without an end, such as an archive of spaces only. It
// is about ten times a whole issue of a newspaper and, with the copies that decoding makes,
// stays within the default memory of a build.
const maxLine = 128 << 20

// byteOrderMark can start any line, since files that start with one get concatenated.
var byteOrderMark = []byte("\ufeff")

// RecordError is the error of one line. The lines after it can be read.
type RecordError struct {
	Line   int // from 1
	Reason error
}

func (e *RecordError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Reason) }
func (e *RecordError) Unwrap() error { return e.Reason }

var errTooLong = fmt.Errorf("the line is longer than %d MB: each record must be on a line of its own", maxLine>>20)

// Text converts lines in other encodings to UTF-8.
type Text interface {
	// Foreign reports whether even a line that is valid UTF-8 can be in another
	// encoding.
	Foreign() bool
	// UTF8 converts a line to UTF-8.
	UTF8(line []byte) ([]byte, error)
}

// Reader reads records one after another. It keeps one line in memory.
type Reader struct {
	in      *bufio.Reader
	text    Text // nil if all lines must be UTF-8
	lenient bool
	line    int
	long    []byte // a line that didn't fit in's buffer; kept for the next one
}

// NewReader returns a Reader of r; a lenient one ignores unknown members. If r is also a
// Text, it converts lines that aren't UTF-8.
func NewReader(r io.Reader, lenient bool) *Reader {
	text, _ := r.(Text)
	return &Reader{in: bufio.NewReaderSize(r, 1<<18), text: text, lenient: lenient}
}

// Line returns the number, from 1, of the line that Next read last or failed on.
func (r *Reader) Line() int { return r.line }

// Next returns the next record and skips empty lines. After a *RecordError, which concerns
// one line, reading can continue. io.EOF is the end. Any other error comes from the
// underlying reader and ends the input; the incomplete line before it is not a record.
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

// decode tries a line as UTF-8 first. That needs no check of its own, since the JSON decoder
// rejects anything else.
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

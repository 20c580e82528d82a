package jsonl

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"xunwen/internal/news"
	"xunwen/internal/source/field"
)

// maxLine bounds the memory for a line without an end, such as an archive of spaces only. It
// is more than a whole issue of a newspaper and, with the copies that decoding makes, stays
// within the default memory of a build.
const maxLine = 32 << 20

// byteOrderMark can start any line, since files that start with one get concatenated.
var byteOrderMark = []byte("\ufeff")

var errTooLong = fmt.Errorf("the line is longer than %d MiB: each record must be on a line of its own", maxLine>>20)

// Text converts lines in other encodings to UTF-8.
type Text interface {
	// Foreign reports whether even a line that is valid UTF-8 can be in another
	// encoding.
	Foreign() bool
	// UTF8 converts a line to UTF-8.
	UTF8(line []byte) ([]byte, error)
}

// Reader reads records one after another. It keeps a buffer of lines in memory, or one longer
// line, and decodes those of a buffer on all cores.
type Reader struct {
	in      *bufio.Reader
	text    Text // nil if all lines must be UTF-8
	fields  field.Reader
	read    int    // lines
	long    []byte // a line that didn't fit in's buffer; kept for the next one
	ahead   []line // that were read
	at      int    // the first of them that Next didn't return
	current int    // number of the line that Next read last
}

// line is a line of the input, and the record in it if it is UTF-8.
type line struct {
	number  int
	content []byte // "" for an empty line
	article *news.Article
	left    []string // members that are not in it
	invalid error    // why it is no record in UTF-8
	end     error    // of reading
}

// NewReader returns a Reader of r. If r is also a Text, it converts lines that aren't UTF-8.
func NewReader(r io.Reader, fields field.Reader) *Reader {
	text, _ := r.(Text)
	return &Reader{in: bufio.NewReaderSize(r, bufferSize), text: text, fields: fields}
}

// bufferSize is that of a Reader in bytes. A record has about 2 KB.
const bufferSize = 1 << 18

// Line returns the number, from 1, of the line that Next read last or failed on.
func (r *Reader) Line() int { return r.current }

// All yields the records that Next returns.
func (r *Reader) All() field.Records {
	return func(yield func(field.Record, error) bool) {
		for {
			record, err := r.Next()
			var bad *field.RecordError
			switch {
			case err == io.EOF:
				return
			case err != nil && !errors.As(err, &bad):
				yield(record, &field.ReadError{Line: r.current, Reason: err})
				return
			case !yield(record, err):
				return
			}
		}
	}
}

// Next returns the next record and skips empty lines. After a *field.RecordError, which concerns
// one line, reading can continue. io.EOF is the end. Any other error comes from the
// underlying reader and ends the input; the incomplete line before it is not a record.
func (r *Reader) Next() (field.Record, error) {
	for {
		for r.at == len(r.ahead) {
			r.readAhead()
		}
		l := &r.ahead[r.at]
		r.at++
		r.current = l.number
		if errors.Is(l.end, errTooLong) {
			return field.Record{}, &field.RecordError{Line: l.number, Reason: l.end}
		}
		if l.end != nil && l.end != io.EOF {
			return field.Record{}, l.end
		}
		if len(l.content) > 0 {
			a, left, bad := r.record(l)
			if l.end == io.EOF { // the end comes after the last line
				r.at--
				l.content = nil
			}
			if bad != nil {
				return field.Record{}, &field.RecordError{Line: l.number, Reason: bad}
			}
			return field.Record{Article: a, Line: l.number, Left: left}, nil
		}
		if l.end == io.EOF {
			r.at-- // and again
			return field.Record{}, io.EOF
		}
	}
}

// record returns the record of a line. Whether it is in another encoding may depend on the lines
// before it.
func (r *Reader) record(l *line) (*news.Article, []string, error) {
	if r.text == nil || !r.text.Foreign() && (l.invalid == nil || utf8.Valid(l.content)) {
		return l.article, l.left, l.invalid
	}
	text, err := r.text.UTF8(l.content)
	if err != nil {
		return nil, nil, err
	}
	return Decode(text, r.fields)
}

// readAhead reads a line and those after it that are in the buffer already, so that it
// never waits for a line when it has one. There may be none but blank lines.
func (r *Reader) readAhead() {
	r.ahead, r.at = r.ahead[:0], 0
	for {
		content, err := r.next()
		content = bytes.Trim(bytes.TrimPrefix(content, byteOrderMark), " \t\r\n")
		if len(content) > 0 || err != nil {
			r.ahead = append(r.ahead, line{number: r.read, content: content, end: err})
		}
		if err != nil {
			break
		}
		if b, _ := r.in.Peek(r.in.Buffered()); bytes.IndexByte(b, '\n') < 0 {
			break
		}
	}
	r.decodeAhead()
}

// decodeAhead decodes the lines that were read, as UTF-8. That needs no check of its own, since
// the JSON decoder rejects anything else.
func (r *Reader) decodeAhead() {
	const few = 8 // lines, which are not worth a goroutine
	if r.text != nil && r.text.Foreign() {
		return
	}
	var next atomic.Int64
	decode := func() {
		for {
			i := int(next.Add(1)) - 1
			if i >= len(r.ahead) {
				return
			}
			if l := &r.ahead[i]; len(l.content) > 0 {
				l.article, l.left, l.invalid = Decode(l.content, r.fields)
			}
		}
	}
	var others sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(r.ahead)/few) - 1 {
		others.Go(decode)
	}
	decode()
	others.Wait()
}

// next returns the next line with its end, valid until the next call. The last
// line comes together with io.EOF.
func (r *Reader) next() ([]byte, error) {
	r.read++
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

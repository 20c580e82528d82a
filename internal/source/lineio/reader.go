package lineio

import (
	"errors"
	"io"
)

// ErrTooLong reports a record that is longer than the bound.
var ErrTooLong = errors.New("a record is too long: nothing separates it from what follows")

// MaxRecord bounds a record of JSON and the like in bytes, with all that is left out of it and in
// escapes. It is more than a whole issue of a newspaper and, with the copies that decoding makes,
// stays within the default memory of a build.
const MaxRecord = 32 << 20

// Reader passes bytes on and knows on which line each is.
type Reader struct {
	in     io.Reader
	most   int64
	offset int64   // of what is read next
	done   int64   // what was read before it belongs to earlier records
	ends   []int64 // offsets of the line ends since the last call of Line
	line   int     // at the last call of Line
}

// NewReader returns a Reader of in whose records have at most so many bytes.
func NewReader(in io.Reader, most int64) *Reader { return &Reader{in: in, most: most, line: 1} }

func (r *Reader) Read(p []byte) (int, error) {
	if r.offset-r.done > r.most {
		return 0, ErrTooLong
	}
	n, err := r.in.Read(p)
	for i, c := range p[:n] {
		if c == '\n' {
			r.ends = append(r.ends, r.offset+int64(i))
		}
	}
	r.offset += int64(n)
	return n, err
}

// Line returns the number, from 1, of the line at an offset. Offsets must not decrease.
func (r *Reader) Line(offset int64) int {
	n := 0
	for n < len(r.ends) && r.ends[n] < offset {
		n++
	}
	r.ends = append(r.ends[:0], r.ends[n:]...)
	r.line += n
	return r.line
}

// Done says that everything before an offset was used, so that the bound counts from there.
func (r *Reader) Done(offset int64) { r.done = offset }

// Last returns the number of the last line that was read.
func (r *Reader) Last() int { return r.line + len(r.ends) }

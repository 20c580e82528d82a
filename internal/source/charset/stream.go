package charset

import (
	"bufio"
	"bytes"
	"errors"
	"unicode/utf8"
)

// Stream decodes a text of any size to UTF-8, for readers whose records aren't lines. Like
// Lines it decodes line by line, or a long line by parts. Invalid bytes become U+FFFD, and
// Invalid reports their lines.
type Stream struct {
	lines   *Lines
	raw     []byte // of which the first filled bytes were read and not decoded
	filled  int
	decoded []byte // and not read yet
	line    int    // of what is decoded next
	bad     []Error
	err     error // of reading
}

// streamPart is how much is decoded at a time, in bytes.
const streamPart = 1 << 18

// NewStream decodes in, whose buffer must be HeadSize bytes or more.
func NewStream(in *bufio.Reader, asked Encoding) *Stream {
	return &Stream{lines: NewLines(in, asked), raw: make([]byte, streamPart), line: 1}
}

func (s *Stream) Read(p []byte) (int, error) {
	for len(s.decoded) == 0 {
		if s.err != nil && s.filled == 0 {
			return 0, s.err
		}
		s.fill()
	}
	n := copy(p, s.decoded)
	s.decoded = s.decoded[n:]
	return n, nil
}

// fill reads, and decodes what is complete: up to the last line end or, in a long line, up to
// the last sign that is never a part of another character in any of the encodings.
func (s *Stream) fill() {
	for s.err == nil && s.filled < len(s.raw) {
		var n int
		n, s.err = s.lines.Read(s.raw[s.filled:])
		s.filled += n
		if n > 0 && bytes.IndexByte(s.raw[s.filled-n:s.filled], '\n') >= 0 {
			break // what is piped in comes out without waiting for more
		}
	}
	part := s.raw[:s.filled]
	if s.err == nil {
		end := bytes.LastIndexByte(part, '\n') + 1
		if end == 0 {
			end = bytes.LastIndexFunc(part, func(r rune) bool { return r < '0' }) + 1
		}
		if end == 0 {
			end = len(withoutCutTail(part))
		}
		if end > 0 {
			part = part[:end]
		}
	}
	s.decode(part)
	s.filled = copy(s.raw, s.raw[len(part):s.filled])
}

func (s *Stream) decode(part []byte) {
	if !s.lines.Foreign() && utf8.Valid(part) {
		s.line += bytes.Count(part, []byte{'\n'})
		s.decoded = append(s.decoded[:0], part...)
		return
	}
	s.decoded = s.decoded[:0]
	for line := range bytes.Lines(part) {
		text, err := s.lines.UTF8(line)
		if err != nil {
			text = s.invalid(line, err)
		}
		s.decoded = append(s.decoded, text...)
		if line[len(line)-1] == '\n' {
			s.line++
		}
	}
}

// maxBad is how many invalid lines are remembered until Invalid is called.
const maxBad = 1 << 16

// invalid remembers a line with an invalid byte and returns what is readable of it.
func (s *Stream) invalid(line []byte, err error) []byte {
	at := &Error{Asked: s.lines.asked, Column: 1}
	errors.As(err, &at)
	at.Line = s.line
	if len(s.bad) < maxBad {
		s.bad = append(s.bad, *at)
	}
	return convert(line, s.lines.other, func(int) {})
}

// Invalid returns the error of the first line, from one to another, that has an invalid byte.
// It forgets the lines before.
func (s *Stream) Invalid(from, to int) error {
	for len(s.bad) > 0 && s.bad[0].Line < from {
		s.bad = s.bad[1:]
	}
	if len(s.bad) > 0 && s.bad[0].Line <= to {
		bad := s.bad[0]
		return &bad
	}
	return nil
}

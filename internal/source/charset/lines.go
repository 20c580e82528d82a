package charset

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/transform"
)

// HeadSize is how much of a stream NewLines examines in advance; the buffer of the reader
// must be at least as large.
const HeadSize = 64 << 10

// Lines decodes a text of any size line by line. In all encodings but UTF-16, which is
// decoded as a stream, a line feed is one byte and never part of another character, so
// lines are independent: an invalid line is lost alone, and files in UTF-8 and in one
// other encoding can be concatenated.
//
// Reading returns the lines undecoded. The caller tries UTF-8 first and calls UTF8 for
// other lines.
type Lines struct {
	io.Reader
	asked Encoding
	// other is the encoding of lines that aren't UTF-8, once it is known from the
	// head of the stream or from a line that is long enough.
	other Encoding
	utf16 bool
}

// NewLines examines the head of a stream. If that is ASCII or UTF-8, other encodings are
// detected when they occur.
func NewLines(in *bufio.Reader, asked Encoding) *Lines {
	if asked == "" {
		asked = Auto
	}
	l := &Lines{Reader: in, asked: asked}
	head, _ := in.Peek(HeadSize) // reading returns the error again
	if bytes.HasPrefix(head, byteOrderMark) {
		_, _ = in.Discard(len(byteOrderMark)) // just peeked
		return l
	}
	if e, ok := headUTF16(head, asked); ok {
		if _, marked := markedUTF16(head); marked {
			_, _ = in.Discard(2)
		}
		l.Reader, l.utf16 = transform.NewReader(in, newUTF16Decoder(e)), true
		return l
	}
	if _, isChinese := multibyteOf(asked); isChinese {
		l.other = asked
	} else if asked == Auto {
		l.other, _ = judge(strangeLines(head))
	}
	return l
}

// headUTF16 reports whether a stream with this head is UTF-16, and its byte order.
func headUTF16(head []byte, asked Encoding) (e Encoding, ok bool) {
	if e, ok := markedUTF16(head); ok {
		return e, true
	}
	switch asked {
	case UTF16, UTF16LE, UTF16BE:
		return resolve(head, asked), true
	case Auto, "":
		return guessUTF16(head)
	}
	return "", false
}

// Prefix returns the start of a text with readable ASCII, whatever its encoding, and
// without a byte order mark.
func Prefix(head []byte, asked Encoding) []byte {
	if e, ok := headUTF16(head, asked); ok {
		head = newUTF16Decoder(e).decode(head, func(int) {})
	}
	return bytes.TrimPrefix(head, byteOrderMark)
}

// strangeLines returns the complete lines of b that are neither valid nor damaged UTF-8;
// all of b if it is part of a single line.
func strangeLines(b []byte) []byte {
	if last := bytes.LastIndexByte(b, '\n'); last >= 0 {
		b = b[:last+1]
	} else {
		b = withoutCutTail(b)
	}
	var out []byte
	for line := range bytes.Lines(b) {
		if !utf8.Valid(line) && !mostlyUTF8(line) {
			out = append(out, line...)
		}
	}
	return out
}

// Foreign reports whether lines can be in another encoding even if they happen to be valid
// UTF-8, as 联通 in GB18030 is.
func (l *Lines) Foreign() bool { return l.other != "" }

// errHalf is for a stream whose original bytes are no longer known when its lines are read.
var errHalf = errors.New("not UTF-16 (half of a character): convert it or pass another --encoding")

// UTF8 converts a line to UTF-8. The error names the byte that is invalid in all
// encodings, or in the requested one.
func (l *Lines) UTF8(line []byte) ([]byte, error) {
	valid := utf8.Valid(line)
	switch {
	case l.utf16 && !valid:
		return nil, errHalf
	case l.utf16 || isASCII(line):
		return line, nil
	case l.asked != Auto:
		return l.read(line, l.other)
	case valid && (l.other == "" || mostlyUTF8(line)):
		return line, nil
	case valid:
		if text, err := l.read(line, l.other); err == nil {
			return text, nil
		}
		return line, nil
	case mostlyUTF8(line):
		return l.read(line, UTF8)
	case l.other == "":
		e, sure := judge(line)
		if sure {
			l.other = e
		}
		return l.read(line, e)
	}
	return l.read(line, l.other)
}

// read converts a line in e to UTF-8.
func (l *Lines) read(line []byte, e Encoding) ([]byte, error) {
	first := -1
	text := convert(line, e, func(at int) {
		if first < 0 {
			first = at
		}
	})
	if first >= 0 {
		return nil, &Error{Asked: l.asked, Byte: line[first], Column: first + 1, Cut: cutAt(line, first)}
	}
	return text, nil
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

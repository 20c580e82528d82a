package charset

import (
	"fmt"
	"slices"
	"strings"
)

// Encoding is a character encoding.
type Encoding string

// The encodings. Auto is detected for each text, UTF16 detects the byte order. GBK means
// the same as GB18030.
const (
	Auto    Encoding = "auto"
	UTF8    Encoding = "utf-8"
	GB18030 Encoding = "gb18030"
	GBK     Encoding = "gbk"
	Big5    Encoding = "big5"
	UTF16   Encoding = "utf-16"
	UTF16LE Encoding = "utf-16le"
	UTF16BE Encoding = "utf-16be"
)

// Names lists the encodings that a user can choose.
var Names = []Encoding{Auto, UTF8, GB18030, GBK, Big5, UTF16, UTF16LE, UTF16BE}

// Parse returns the encoding of a name or label in any case; "" means Auto.
func Parse(name string) (Encoding, bool) {
	e := Encoding(strings.ToLower(name))
	if e == "" {
		return Auto, true
	}
	if label, ok := labels[string(e)]; ok {
		return label, true
	}
	if order, ok := strings.CutPrefix(string(e), "utf16"); ok {
		e = UTF16 + Encoding(order)
	}
	return e, slices.Contains(Names, e)
}

// labels are other names of the encodings, used by web pages and people. Unknown labels
// are ignored.
var labels = map[string]Encoding{
	"utf8": UTF8, "unicode-1-1-utf-8": UTF8,
	"gb2312": GB18030, "gb_2312-80": GB18030, "x-gbk": GB18030, "cp936": GB18030, "gbk": GB18030, "gb18030": GB18030,
	"big5": Big5, "big5-hkscs": Big5, "cn-big5": Big5, "x-x-big5": Big5, "big-5": Big5,
}

// String returns the name of the encoding as people write it.
func (e Encoding) String() string {
	switch e {
	case Auto:
		return "UTF-8, GB18030, Big5 or UTF-16"
	case Big5:
		return "Big5"
	}
	return strings.ToUpper(string(e))
}

// Error is the error of a text that isn't in the requested or detected encoding.
type Error struct {
	Asked  Encoding // Auto if none was requested
	Byte   byte     // the first invalid one
	Line   int      // its line, from 1; 0 if the text is a single line of a stream
	Column int      // its position in the line in bytes, from 1
	Cut    int      // offset of the character that the text, valid until there, ends within; else 0
}

func (e *Error) Error() string {
	if e.Cut > 0 {
		return "cut off within a character: get the whole text"
	}
	place, other := "", ""
	if e.Line == 0 {
		place = fmt.Sprintf(" at byte %d of the line", e.Column)
	}
	if e.Asked != Auto {
		other = "another "
	}
	return fmt.Sprintf("not %s (byte 0x%02x%s): convert it or pass %s--encoding", e.Asked, e.Byte, place, other)
}

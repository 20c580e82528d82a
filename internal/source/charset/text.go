package charset

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
)

// find returns the encoding of a whole text; "" if it is none of ours. sure is false for
// a text so short that other information should decide.
func find(b []byte) (e Encoding, sure bool) {
	if bytes.HasPrefix(b, byteOrderMark) {
		return UTF8, true
	}
	if e, ok := markedUTF16(b); ok {
		return e, true
	}
	if e, ok := guessUTF16(b); ok {
		return e, true
	}
	if utf8.Valid(b) || mostlyUTF8(b) {
		return UTF8, true
	}
	return judge(b)
}

// resolve returns the encoding to read b in, given the user's choice. A byte order mark
// takes precedence: both can't be right, and the mark was written with the text.
func resolve(b []byte, asked Encoding) Encoding {
	if bytes.HasPrefix(b, byteOrderMark) {
		return UTF8
	}
	if e, ok := markedUTF16(b); ok {
		return e
	}
	switch asked {
	case Auto, "":
		e, _ := find(b)
		return e
	case UTF16:
		if e, ok := looksUTF16(b); ok {
			return e
		}
		return UTF16LE // as in the Encoding Standard
	}
	return asked
}

// Text converts a whole text to UTF-8, without a byte order mark. The error, if any, is an
// *Error: the text isn't in the requested encoding, or in none of ours, or has an invalid
// byte.
func Text(b []byte, asked Encoding) (string, error) {
	if asked == "" {
		asked = Auto
	}
	e := resolve(b, asked)
	text, first, _ := decode(b, e)
	if first < 0 {
		return text, nil
	}
	return "", failure(asked, b, e, first)
}

// brokenShare is the share of the non-ASCII characters of a web page that may be invalid:
// publishing systems cut headlines at a fixed number of bytes.
const brokenShare = 0.01

// Decode converts a web page to UTF-8, from the requested encoding or, for Auto, the
// detected one. declared is the label that the page declares, or "". It only counts if the
// bytes leave a doubt, since converted pages keep their old declaration; it can name any
// encoding of the web. A single invalid character, or up to one in a hundred of the
// non-ASCII characters, becomes U+FFFD; with more, Decode returns the error of Text.
func Decode(b []byte, asked Encoding, declared string) (string, error) {
	if asked == "" {
		asked = Auto
	}
	e, sure := find(b)
	if asked != Auto {
		e = resolve(b, asked)
	} else {
		declared = strings.ToLower(strings.TrimSpace(declared))
		if label := labels[declared]; !sure && label != "" && label != UTF8 {
			e = label
		}
		if e == "" {
			if text, ok := decodeDeclared(b, declared); ok {
				return text, nil
			}
		}
	}
	text, first, n := decode(b, e)
	if first >= 0 && (e == "" || !few(n, text)) {
		return "", failure(asked, b, e, first)
	}
	return text, nil
}

// few reports whether a page with n invalid places is still acceptable.
func few(n int, text string) bool {
	return float64(n) <= max(1, brokenShare*float64(beyondASCII(text)))
}

// decodeDeclared decodes a page that isn't Chinese in the encoding that it declares.
func decodeDeclared(b []byte, declared string) (text string, ok bool) {
	e, err := htmlindex.Get(declared)
	if err != nil || labels[declared] != "" {
		return "", false
	}
	out, err := e.NewDecoder().Bytes(b)
	text = string(out)
	n := strings.Count(text, "\ufffd")
	return text, err == nil && (n == 0 || few(n, text))
}

// decode converts b to UTF-8 with U+FFFD for invalid bytes. It also returns the offset of
// the first, or -1, and the number of places: adjacent bytes count as one.
func decode(b []byte, e Encoding) (text string, first, places int) {
	first, last := -1, -2
	out := convert(b, e, func(at int) {
		if first < 0 {
			first = at
		}
		if at > last+1 {
			places++
		}
		last = at
	})
	return string(bytes.TrimPrefix(out, byteOrderMark)), first, places
}

// convert converts b to UTF-8 with U+FFFD for each invalid place and calls broken with its
// offset. A text in none of our encodings is invalid where it isn't UTF-8.
func convert(b []byte, e Encoding, broken func(at int)) []byte {
	switch m, isChinese := multibyteOf(e); {
	case isChinese:
		return m.decode(b, broken)
	case e == UTF16LE || e == UTF16BE:
		return newUTF16Decoder(e).decode(b, broken)
	}
	return decodeUTF8(b, broken)
}

// failure returns the error for the invalid byte at an offset of b, read as e.
func failure(asked Encoding, b []byte, e Encoding, at int) *Error {
	before := b[:at]
	if e == UTF16LE || e == UTF16BE {
		before = newUTF16Decoder(e).decode(before, func(int) {})
	}
	return &Error{Asked: asked, Byte: b[at], Line: 1 + lineEnds(before), Column: at - bytes.LastIndexByte(b[:at], '\n'),
		Cut: cutAt(b, at)}
}

// cutAt returns at if what is invalid there is the beginning of the last character of UTF-8 in b;
// else 0.
func cutAt(b []byte, at int) int {
	if at+utf8.UTFMax > len(b) && !utf8.FullRune(b[at:]) && utf8.Valid(b[:at]) && mostlyUTF8(b) {
		return at
	}
	return 0
}

// lineEnds counts LF, CR LF and lone CR.
func lineEnds(b []byte) int {
	return bytes.Count(b, []byte{'\n'}) + bytes.Count(b, []byte{'\r'}) - bytes.Count(b, []byte("\r\n"))
}

func beyondASCII(text string) int {
	n := 0
	for _, r := range text {
		if r >= utf8.RuneSelf {
			n++
		}
	}
	return n
}

package charset

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
)

// find says what a whole text is written in; "" is none of ours. Sure is false
// where a text is so short that only what is known of it otherwise can tell.
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

// settle is the encoding that b is read in where the user asked for one. A
// byte order mark outweighs the user's word: the two can't both be right, and
// the mark was written with the text.
func settle(b []byte, asked Encoding) Encoding {
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
		return UTF16LE // as the Encoding Standard has it
	}
	return asked
}

// Text gives a whole text as UTF-8, without a byte order mark. The error, if
// any, is an *Error: the text isn't in the encoding that was asked for, or in
// none, or breaks it at one place at least.
func Text(b []byte, asked Encoding) (string, error) {
	if asked == "" {
		asked = Auto
	}
	e := settle(b, asked)
	text, first, _ := decode(b, e)
	if first < 0 {
		return text, nil
	}
	return "", failure(asked, b, e, first)
}

// brokenShare is the part of its characters beyond ASCII that may be broken in
// a web page: publishing systems cut headlines at a number of bytes.
const brokenShare = .01

// Decode gives a web page as UTF-8, in the encoding that was asked for or, for
// Auto, the one that is found. The label that the page declares, or "", only
// counts where its bytes leave a doubt: pages that were converted keep their
// old declaration. It may name any encoding of the web. Up to one in a hundred
// of the characters beyond ASCII, or a single one, may be broken, and become
// U+FFFD; beyond, the error is that of Text.
func Decode(b []byte, asked Encoding, declared string) (string, error) {
	if asked == "" {
		asked = Auto
	}
	e, sure := find(b)
	if asked != Auto {
		e = settle(b, asked)
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

// few says whether a page with n broken places may be read.
func few(n int, text string) bool {
	return float64(n) <= max(1, brokenShare*float64(beyondASCII(text)))
}

// decodeDeclared reads a page that isn't Chinese as what it calls itself.
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

// decode gives b as UTF-8 with every broken byte as U+FFFD, the place of the
// first, or -1, and the number of places: bytes in a row are one.
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

// convert gives b as UTF-8 with every broken place, which broken is told, as
// U+FFFD. What is in no encoding of ours breaks where it isn't UTF-8.
func convert(b []byte, e Encoding, broken func(at int)) []byte {
	switch m, isChinese := multibyteOf(e); {
	case isChinese:
		return m.decode(b, broken)
	case e == UTF16LE || e == UTF16BE:
		return newUTF16Decoder(e).decode(b, broken)
	}
	return decodeUTF8(b, broken)
}

// failure describes the place where b, read as e, breaks.
func failure(asked Encoding, b []byte, e Encoding, at int) *Error {
	before := b[:at]
	if e == UTF16LE || e == UTF16BE {
		before = newUTF16Decoder(e).decode(before, func(int) {})
	}
	return &Error{Asked: asked, Byte: b[at], Line: 1 + lineEnds(before), Column: at - bytes.LastIndexByte(b[:at], '\n')}
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

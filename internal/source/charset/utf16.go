package charset

import (
	"bytes"
	"encoding/binary"
	"slices"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/transform"
)

const (
	// judgedUnits is how many code units are examined.
	judgedUnits = 2048
	// plausibleShare of the units must be typical of Chinese news. GB18030 and Big5
	// read as UTF-16 stay below a third, and so does the wrong byte order, except for
	// English.
	plausibleShare = 0.9
	// sureShare of common characters among the pairs of a line only occurs in lines
	// that are GB18030 or Big5.
	sureShare = 0.9
)

// markedUTF16 returns the byte order given by a byte order mark. The mark of UTF-32 starts
// like one of UTF-16 but doesn't count.
func markedUTF16(b []byte) (e Encoding, ok bool) {
	switch {
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}) && !bytes.HasPrefix(b, []byte{0xff, 0xfe, 0, 0}):
		return UTF16LE, true
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		return UTF16BE, true
	}
	return "", false
}

// looksUTF16 recognises UTF-16 without a byte order mark by the NULs next to line ends,
// spaces and digits, and its byte order by its units. The position of the NULs isn't
// enough: 一 (U+4E00) has its NUL on the other side.
func looksUTF16(b []byte) (e Encoding, ok bool) {
	b = b[:min(len(b), 2*judgedUnits)]
	if len(b) < 2 || bytes.IndexByte(b, 0) < 0 {
		return "", false
	}
	little, littleASCII := plausible(b, binary.LittleEndian)
	big, bigASCII := plausible(b, binary.BigEndian)
	e, best := UTF16LE, little
	// In the wrong order, English letters become Han characters: then ASCII decides.
	if big+bigASCII > little+littleASCII {
		e, best = UTF16BE, big
	}
	return e, float64(best) >= plausibleShare*float64(len(b)/2)
}

// looksASCII16 is looksUTF16 for bytes that are also valid UTF-8: only UTF-16 has a NUL
// next to every ASCII character.
func looksASCII16(b []byte) (e Encoding, ok bool) {
	const least = 0.3 // share of NULs; one in two bytes if all is ASCII
	head := b[:min(len(b), 2*judgedUnits)]
	if n := bytes.Count(head, []byte{0}); n < 2 || float64(n) < least*float64(len(head)) {
		return "", false
	}
	return looksUTF16(b)
}

// guessUTF16 reports whether a text that isn't declared as UTF-16 is, and its byte order.
// The units alone aren't enough, since one damaged line with NULs could outweigh the rest:
// no line may be certain to be in a byte encoding.
func guessUTF16(b []byte) (e Encoding, ok bool) {
	if utf8.Valid(withoutCutTail(b)) {
		e, ok = looksASCII16(b)
	} else if !mostlyUTF8(b) {
		e, ok = looksUTF16(b)
	}
	if !ok || slices.ContainsFunc(bytes.Split(b, []byte("\n")), isByteLine) {
		return "", false
	}
	return e, true
}

const (
	// sureASCII is the number of adjacent ASCII bytes that can't be Han characters in
	// UTF-16: in one order or the other, one in five could be two ASCII bytes.
	sureASCII = 24
	// sureSequences is the same for three-byte characters of UTF-8.
	sureSequences = 3
)

// isByteLine reports whether the bytes between two line feed bytes are certainly a line of
// UTF-8, GB18030 or Big5. In UTF-16 they start and end with a NUL of a line end, or in the
// middle of 上 (U+4E0A).
func isByteLine(line []byte) bool {
	if len(line) < 3*sureSequences || bytes.IndexByte(line, 0) >= 0 {
		return false
	}
	if utf8.Valid(line) {
		characters := utf8.RuneCount(line)
		extra := len(line) - characters // bytes: two for each three-byte character
		return extra == 0 && characters >= sureASCII || extra >= 2*sureSequences
	}
	gb, pairs := commonGB(line)
	five, _ := commonBig5(line)
	return pairs >= surePairs && max(gb, five) >= sureShare
}

// plausible counts the units that are typical of Chinese news, and the ASCII among them.
func plausible(b []byte, order binary.ByteOrder) (all, ascii int) {
	for ; len(b) >= 2; b = b[2:] {
		switch u := order.Uint16(b); {
		case u >= ' ' && u <= '~', u == '\n', u == '\r', u == '\t':
			all++
			ascii++
		case u >= 0x4e00 && u <= 0x9fff, u >= 0x3000 && u <= 0x303f, u >= 0xff00 && u <= 0xffef,
			u >= 0x2010 && u <= 0x201f, u == '…', u == '·', u == 0xa0: // but not U+2020, which is two spaces
			all++
		}
	}
	return all, ascii
}

// utf16Decoder converts UTF-16 to UTF-8. Half of a surrogate pair or of a unit becomes the
// byte broken16, so that a reader of lines can reject the damaged line and keep the
// others.
type utf16Decoder struct {
	transform.NopResetter
	order binary.ByteOrder
}

// broken16 is never part of UTF-8.
const broken16 = 0xff

func newUTF16Decoder(e Encoding) utf16Decoder {
	if e == UTF16BE {
		return utf16Decoder{order: binary.BigEndian}
	}
	return utf16Decoder{order: binary.LittleEndian}
}

// Transform implements transform.Transformer.
func (d utf16Decoder) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		if len(dst)-nDst < utf8.UTFMax {
			return nDst, nSrc, transform.ErrShortDst
		}
		r, size := d.next(src[nSrc:], atEOF)
		switch {
		case size == 0:
			return nDst, nSrc, transform.ErrShortSrc
		case r < 0:
			dst[nDst] = broken16
			nDst++
		default:
			nDst += utf8.EncodeRune(dst[nDst:], r)
		}
		nSrc += size
	}
	return nDst, nSrc, nil
}

// next reads one character: size is 0 if more bytes are needed, and r is negative if the
// bytes aren't a character.
func (d utf16Decoder) next(b []byte, atEOF bool) (r rune, size int) {
	if len(b) < 2 {
		if atEOF {
			return -1, len(b)
		}
		return 0, 0
	}
	r = rune(d.order.Uint16(b))
	if !utf16.IsSurrogate(r) {
		return r, 2
	}
	if len(b) < 4 && !atEOF {
		return 0, 0
	}
	if len(b) >= 4 {
		if pair := utf16.DecodeRune(r, rune(d.order.Uint16(b[2:]))); pair != utf8.RuneError {
			return pair, 4
		}
	}
	return -1, 2
}

// decode converts a whole text to UTF-8, with U+FFFD for invalid units.
func (d utf16Decoder) decode(b []byte, broken func(at int)) []byte {
	out := make([]byte, 0, len(b)+len(b)/2)
	for i := 0; i < len(b); {
		r, size := d.next(b[i:], true)
		if r < 0 {
			broken(i)
			r = utf8.RuneError
		}
		out = utf8.AppendRune(out, r)
		i += size
	}
	return out
}

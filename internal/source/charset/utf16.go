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
	// judgedUnits is how much of a text shows whether it is UTF-16.
	judgedUnits = 2048
	// plausibleShare of its units must be what Chinese news is written with:
	// read as UTF-16, GB18030 and Big5 stay below a third, the wrong order of
	// bytes too, but for English.
	plausibleShare = .9
	// sureShare of a line's pairs are common characters of GB18030 or Big5 only
	// where it is written in them.
	sureShare = .9
)

// markedUTF16 is the order that a byte order mark tells. The mark of UTF-32
// begins like one of UTF-16 and is none.
func markedUTF16(b []byte) (e Encoding, ok bool) {
	switch {
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}) && !bytes.HasPrefix(b, []byte{0xff, 0xfe, 0, 0}):
		return UTF16LE, true
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		return UTF16BE, true
	}
	return "", false
}

// looksUTF16 tells UTF-16 without a byte order mark by the NULs that it has
// beside line ends, blanks and digits, and its order by its units. The side of
// the NULs alone doesn't tell: 一 (U+4E00) has one on the other.
func looksUTF16(b []byte) (e Encoding, ok bool) {
	b = b[:min(len(b), 2*judgedUnits)]
	if len(b) < 2 || bytes.IndexByte(b, 0) < 0 {
		return "", false
	}
	little, littleASCII := plausible(b, binary.LittleEndian)
	big, bigASCII := plausible(b, binary.BigEndian)
	e, best := UTF16LE, little
	// English makes Han of its letters in the wrong order: then ASCII tells.
	if big+bigASCII > little+littleASCII {
		e, best = UTF16BE, big
	}
	return e, float64(best) >= plausibleShare*float64(len(b)/2)
}

// looksASCII16 is looksUTF16 for bytes that are well-formed UTF-8 as well:
// only UTF-16 has a NUL beside every character of ASCII.
func looksASCII16(b []byte) (e Encoding, ok bool) {
	const least = .3 // of the bytes are NUL: one in two where all is ASCII
	head := b[:min(len(b), 2*judgedUnits)]
	if n := bytes.Count(head, []byte{0}); n < 2 || float64(n) < least*float64(len(head)) {
		return "", false
	}
	return looksUTF16(b)
}

// guessUTF16 says whether a text that nobody calls UTF-16 is, and in which
// order. Its units alone don't tell, since one broken line with NULs may
// outweigh the rest: no line of it may prove that lines are bytes.
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
	// sureASCII is how many bytes of ASCII in a row are no Han of UTF-16: in one
	// order or the other, one in five could be made of two of them.
	sureASCII = 24
	// sureSequences is the same for characters of three bytes in UTF-8.
	sureSequences = 3
)

// isByteLine says whether what stands between two bytes of line feed is a line
// of UTF-8, GB18030 or Big5 for certain. In UTF-16 it begins and ends anywhere,
// with a NUL where a line does, or within 上 (U+4E0A).
func isByteLine(line []byte) bool {
	if len(line) < 3*sureSequences || bytes.IndexByte(line, 0) >= 0 {
		return false
	}
	if utf8.Valid(line) {
		characters := utf8.RuneCount(line)
		extra := len(line) - characters // bytes: two for a character of three
		return extra == 0 && characters >= sureASCII || extra >= 2*sureSequences
	}
	gb, pairs := commonGB(line)
	five, _ := commonBig5(line)
	return pairs >= surePairs && max(gb, five) >= sureShare
}

// plausible counts the units that Chinese news is written with, and the ASCII
// among them.
func plausible(b []byte, order binary.ByteOrder) (all, ascii int) {
	for ; len(b) >= 2; b = b[2:] {
		switch u := order.Uint16(b); {
		case u >= ' ' && u <= '~', u == '\n', u == '\r', u == '\t':
			all++
			ascii++
		case u >= 0x4e00 && u <= 0x9fff, u >= 0x3000 && u <= 0x303f, u >= 0xff00 && u <= 0xffef,
			u >= 0x2010 && u <= 0x201f, u == '…', u == '·', u == 0xa0: // but not U+2020, which is two blanks
			all++
		}
	}
	return all, ascii
}

// utf16Decoder turns UTF-16 into UTF-8. What is no character, half of a pair
// or half of a unit, becomes the byte broken16, so that whoever reads lines
// sees which of them is damaged and keeps the others.
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

// next reads one character: its size is 0 where more bytes are needed, and it
// is negative where there is none.
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

// decode gives a whole text as UTF-8, with U+FFFD for what is broken.
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

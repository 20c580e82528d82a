package charset

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// multibyte is an encoding that writes ASCII as one byte and Chinese as two or four.
type multibyte struct {
	encoding encoding.Encoding
	size     func(b []byte) int          // of the character at the start of b; 0 if it is malformed
	extra    func(lead, trail byte) rune // the character of a pair that encoding lacks, or 0
}

var (
	gb18030 = multibyte{simplifiedchinese.GB18030, sizeGB18030, extraGB18030}
	big5    = multibyte{traditionalchinese.Big5, sizeBig5, func(byte, byte) rune { return 0 }}
)

func multibyteOf(e Encoding) (m multibyte, ok bool) {
	switch e {
	case GB18030, GBK:
		return gb18030, true
	case Big5:
		return big5, true
	}
	return multibyte{}, false
}

func between(b, from, to byte) bool { return b >= from && b <= to }

func sizeGB18030(b []byte) int {
	switch {
	case b[0] <= 0x80: // 0x80 is the euro sign of Windows
		return 1
	case b[0] == 0xff || len(b) < 2:
		return 0
	case between(b[1], 0x40, 0x7e), between(b[1], 0x80, 0xfe):
		return 2
	case len(b) >= 4 && between(b[1], '0', '9') && between(b[2], 0x81, 0xfe) && between(b[3], '0', '9'):
		return 4
	}
	return 0
}

func sizeBig5(b []byte) int {
	switch {
	case b[0] < 0x80:
		return 1
	case b[0] == 0x80 || b[0] == 0xff || len(b) < 2:
		return 0
	case between(b[1], 0x40, 0x7e), between(b[1], 0xa1, 0xfe):
		return 2
	}
	return 0
}

// sinceGB2000 maps the characters that were added to Unicode after GB 18030-2000; the
// editions of 2005 and 2022 assign them these code points. x/text has none of them.
var sinceGB2000 = map[uint16]rune{
	0xa6d9: 0xfe10, 0xa6da: 0xfe12, 0xa6db: 0xfe11, 0xa6dc: 0xfe13, 0xa6dd: 0xfe14, 0xa6de: 0xfe15, 0xa6df: 0xfe16,
	0xa6ec: 0xfe17, 0xa6ed: 0xfe18, 0xa6f3: 0xfe19, 0xa8bc: 0x1e3f,
	0xfe51: 0x20087, 0xfe52: 0x20089, 0xfe53: 0x200cc, 0xfe6c: 0x215d7, 0xfe76: 0x2298f, 0xfe91: 0x241fe,
	0xfe59: 0x9fb4, 0xfe61: 0x9fb5, 0xfe66: 0x9fb6, 0xfe67: 0x9fb7, 0xfe6d: 0x9fb8, 0xfe7e: 0x9fb9, 0xfe90: 0x9fba,
	0xfea0: 0x9fbb,
}

// extraGB18030 also maps the characters that a newspaper defined itself (造字): GB 18030
// reserves three areas of pairs for them, which correspond to Unicode's private use area
// from U+E000 on, in the same order.
func extraGB18030(lead, trail byte) rune {
	const (
		upperTrails = 0xfe - 0xa1 + 1                       // of a lead in the first two areas
		second      = 0xe000 + (0xaf-0xaa+1)*upperTrails    // where AAA1 to AFFE end
		third       = second + (0xfe-0xf8+1)*upperTrails    // where F8A1 to FEFE end
		lowerTrails = (0x7e - 0x40 + 1) + (0xa0 - 0x80 + 1) // of a lead in the third
	)
	switch {
	case trail >= 0xa1 && between(lead, 0xaa, 0xaf):
		return 0xe000 + rune(lead-0xaa)*upperTrails + rune(trail-0xa1)
	case trail >= 0xa1 && lead >= 0xf8:
		return second + rune(lead-0xf8)*upperTrails + rune(trail-0xa1)
	case trail < 0xa1 && between(lead, 0xa1, 0xa7):
		at := rune(trail - 0x40)
		if trail > 0x7f {
			at-- // 0x7f ends no pair
		}
		return third + rune(lead-0xa1)*lowerTrails + at
	}
	return sinceGB2000[uint16(lead)<<8|uint16(trail)]
}

// decode converts b to UTF-8. Invalid characters become U+FFFD, and broken is called with
// their offsets.
func (m multibyte) decode(b []byte, broken func(at int)) []byte {
	if out, err := m.encoding.NewDecoder().Bytes(b); err == nil && !holdsReplacement(out) {
		return out
	}
	out := make([]byte, 0, len(b)+len(b)/2)
	one := m.encoding.NewDecoder()
	var buf [2 * utf8.UTFMax]byte // two characters at most: Big5 has letters with two marks
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			out = append(out, b[i])
			i++
			continue
		}
		size := m.size(b[i:])
		char := buf[:0]
		if size > 0 {
			char = m.char(one, b[i:i+size], buf[:])
		}
		if len(char) == 0 {
			broken(i)
			char = []byte("\ufffd")
			if size == 0 || b[i+1] < utf8.RuneSelf {
				size = 1 // half of a character that was cut off; what follows is another character
			}
		}
		out = append(out, char...)
		i += size
	}
	return out
}

// char writes the only character of b to buf; it returns nothing if there is none.
func (m multibyte) char(d *encoding.Decoder, b, buf []byte) []byte {
	n, _, err := d.Transform(buf, b, true)
	switch {
	case err == nil && (!holdsReplacement(buf[:n]) || isReplacement(b)):
		return buf[:n]
	case len(b) == 2:
		if r := m.extra(b[0], b[1]); r != 0 {
			return utf8.AppendRune(buf[:0], r)
		}
	}
	return nil
}

func holdsReplacement(text []byte) bool { return bytes.Contains(text, []byte("\ufffd")) }

// isReplacement reports whether b is U+FFFD itself in GB18030.
func isReplacement(b []byte) bool { return string(b) == "\x84\x31\xa4\x37" }

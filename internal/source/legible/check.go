package legible

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"xunwen/internal/textnorm"
)

// examined is how much of a text is looked at, in bytes.
const examined = 768

// Check returns why the parts of a text can't be read by people, and what to do; "" if they can.
// Only the beginning is looked at.
func Check(parts ...string) string {
	var c counts
	left := examined
	for i, part := range parts {
		if len(part) >= left {
			parts = parts[:i+1]
			parts[i] = beginning(part, left)
			c.add(parts[i])
			break
		}
		c.add(part)
		left -= len(part)
	}
	return c.judge(parts)
}

func (c *counts) judge(parts []string) string {
	all := func() string { return strings.Join(parts, "") }
	switch {
	case c.lost > 0 && strings.Contains(all(), "锟斤拷"), c.replaced > 2 && c.replaced*10 > c.han:
		return "characters are lost (锟斤拷 or \ufffd): the text was decoded in the wrong encoding before; " +
			"get it again from where it comes from"
	case c.latin > 8 && c.latin*3 > c.all && fromLatin(all()):
		return "decoded in the wrong encoding before (Latin-1 instead of UTF-8 or GBK): " +
			"get the bytes again, or encode the text as Latin-1 and read that"
	case c.wrong > 0 && fromGBK(all()):
		return "decoded in the wrong encoding before (GBK instead of UTF-8): " +
			"get the bytes again, or encode the text as GBK and read that"
	case c.han >= leastHan && float64(c.rare) > mostRare*float64(c.han):
		return "noise: most of its characters occur in no text"
	case c.all >= leastSigns && c.letters*10 < c.all:
		return "noise: hardly any letters or Chinese characters"
	}
	return ""
}

// What texts have at least or at most, found on news in simplified and traditional characters:
// there the share of rare ones is below 0.03, in names of places and medicines below 0.2.
const (
	leastHan   = 30
	mostRare   = 0.5
	leastSigns = 40
)

func beginning(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// counts are how many characters of a kind a text has.
type counts struct{ all, han, rare, latin, replaced, letters, lost, wrong int }

// kind is what a character can be, as bits.
type kind uint8

const (
	isSpace kind = 1 << iota
	isLetter
	isHan
	isRare
	isLatin
	isLost  // 锟
	isWrong // of wrongGBK
)

func (c *counts) add(text string) {
	table := kinds()
	for _, r := range text {
		if r >= rune(len(table)) {
			c.all, c.letters = c.all+1, c.letters+1
			if textnorm.IsHan(r) {
				c.han++
			}
			continue
		}
		k := table[r]
		if k&isSpace != 0 {
			continue
		}
		c.all++
		c.letters += int(k & isLetter / isLetter)
		c.han += int(k & isHan / isHan)
		c.rare += int(k & isRare / isRare)
		c.latin += int(k & isLatin / isLatin)
		c.lost += int(k & isLost / isLost)
		c.wrong += int(k & isWrong / isWrong)
		if r == utf8.RuneError {
			c.replaced++
		}
	}
}

// kinds is a table of the characters of the basic plane.
var kinds = sync.OnceValue(func() *[0x10000]kind {
	var table [0x10000]kind
	common := common()
	for r := range rune(len(table)) {
		var k kind
		switch {
		case unicode.IsSpace(r):
			k = isSpace
		case r >= 0x80 && r < 0x100 || cp1252[r]:
			k = isLatin | isLetter
		case textnorm.IsHan(r):
			k = isHan | isLetter
			if r >= 0x4e00 && r < 0xa000 && !common[r] {
				k |= isRare
			}
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			k = isLetter
		}
		if r == '锟' {
			k |= isLost
		}
		if strings.ContainsRune(wrongGBK, r) {
			k |= isWrong
		}
		table[r] = k
	}
	return &table
})

// cp1252 are the characters that Windows has in place of control characters of Latin-1.
var cp1252 = func() map[rune]bool {
	all := map[rune]bool{}
	for b := 0x80; b < 0xa0; b++ {
		if r := charmap.Windows1252.DecodeByte(byte(b)); r != utf8.RuneError {
			all[r] = true
		}
	}
	for _, quotation := range "“”‘’—–…·" { // Chinese texts have these
		delete(all, quotation)
	}
	return all
}()

// common returns the characters of the first levels of GB 2312 and Big5.
func common() map[rune]bool {
	all := map[rune]bool{}
	add := func(e encoding.Encoding, lead, trail int) {
		text, _ := e.NewDecoder().String(string([]byte{byte(lead), byte(trail)}))
		r, _ := utf8.DecodeRuneInString(text)
		all[r] = true
	}
	for lead := 0xb0; lead <= 0xd7; lead++ {
		for trail := 0xa1; trail <= 0xfe; trail++ {
			add(simplifiedchinese.GBK, lead, trail)
		}
	}
	for lead := 0xa4; lead <= 0xc6; lead++ {
		for trail := 0x40; trail <= 0xfe; trail++ {
			add(traditionalchinese.Big5, lead, trail)
		}
	}
	return all
}

// fromLatin reports whether a text consists of the bytes of a Chinese one, each taken for a
// character.
func fromLatin(text string) bool {
	var b []byte
	for _, r := range text {
		switch c, ok := charmap.Windows1252.EncodeRune(r); {
		case ok:
			b = append(b, c)
		case r < 0x100:
			b = append(b, byte(r))
		}
	}
	if utf8Share(b) > 0.7 {
		return true
	}
	decoded, _ := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
	var c counts
	c.add(string(decoded))
	return c.han > 4 && c.han*2 > c.all && c.rare*5 < c.han
}

// wrongGBK are what the most frequent signs and characters become if their UTF-8 is decoded as
// GBK: ，。、的是在一人了中国有.
const wrongGBK = "锛銆鐨鏄鍦涓浜鍥鏈鈥"

// fromGBK reports whether a text is UTF-8 that was decoded as GBK.
func fromGBK(text string) bool {
	b := make([]byte, 0, len(text))
	e := simplifiedchinese.GB18030.NewEncoder()
	for _, r := range text {
		if out, err := e.String(string(r)); err == nil {
			b = append(b, out...)
		}
	}
	return utf8Share(b) > 0.7
}

// utf8Share returns the share of the bytes above ASCII that are parts of Chinese characters and
// signs in UTF-8.
func utf8Share(b []byte) float64 {
	good, all := 0, 0
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		switch {
		case r < utf8.RuneSelf:
		case textnorm.IsHan(r) || r >= 0x2000 && r < 0x3100 || r >= 0xff00:
			if size == 1 { // invalid
				all++
				break
			}
			good += size
			all += size
		default:
			all += size
		}
		b = b[size:]
	}
	if all < 6 {
		return 0
	}
	return float64(good) / float64(all)
}

package legible

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"xunwen/internal/textnorm"
)

// examined is how much of a text is looked at, in bytes.
const examined = 4096

// Check returns why a text can't be read by people, and what to do; "" if it can.
func Check(text string) string {
	text = beginning(text)
	c := count(text)
	switch {
	case strings.Contains(text, "锟斤拷"), c.replaced > 2 && c.replaced*10 > c.han:
		return "characters are lost (锟斤拷 or \ufffd): the text was decoded in the wrong encoding before; " +
			"get it again from where it comes from"
	case c.latin > 8 && c.latin*3 > c.all && fromLatin(text):
		return "decoded in the wrong encoding before (Latin-1 instead of UTF-8 or GBK): " +
			"get the bytes again, or encode the text as Latin-1 and read that"
	case strings.ContainsAny(text, wrongGBK) && fromGBK(text):
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

func beginning(text string) string {
	if len(text) <= examined {
		return text
	}
	end := examined
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}

type counts struct{ all, han, rare, latin, replaced, letters int }

func count(text string) (c counts) {
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			continue
		case r == utf8.RuneError:
			c.replaced++
		case r >= 0x80 && r < 0x100 || cp1252[r]:
			c.latin++
			c.letters++
		case textnorm.IsHan(r):
			c.han++
			c.letters++
			if r >= 0x4e00 && r < 0xa000 && !common()[r-0x4e00] {
				c.rare++
			}
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			c.letters++
		}
		c.all++
	}
	return c
}

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

// common are the characters of the first levels of GB 2312 and Big5.
var common = sync.OnceValue(func() *[0x5200]bool {
	var all [0x5200]bool
	add := func(text string) {
		for _, r := range text {
			if r >= 0x4e00 && r < 0xa000 {
				all[r-0x4e00] = true
			}
		}
	}
	for lead := 0xb0; lead <= 0xd7; lead++ {
		for trail := 0xa1; trail <= 0xfe; trail++ {
			text, _ := simplifiedchinese.GBK.NewDecoder().String(string([]byte{byte(lead), byte(trail)}))
			add(text)
		}
	}
	for lead := 0xa4; lead <= 0xc6; lead++ {
		for trail := 0x40; trail <= 0xfe; trail++ {
			text, _ := traditionalchinese.Big5.NewDecoder().String(string([]byte{byte(lead), byte(trail)}))
			add(text)
		}
	}
	return &all
})

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
	c := count(string(decoded))
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

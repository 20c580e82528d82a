package glyph

import (
	"sync"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// halfWidth maps the characters of row A0 of GBK to ASCII.
var halfWidth = sync.OnceValue(func() map[rune]rune {
	table := map[rune]rune{}
	decoder := simplifiedchinese.GBK.NewDecoder()
	for b := rune(0x21); b < 0x7f; b++ {
		text, err := decoder.Bytes([]byte{0xa0, byte(b) | 0x80})
		if err != nil {
			continue
		}
		for _, r := range string(text) {
			table[r] = b
			break
		}
	}
	return table
})

// HalfWidth returns the letter, digit or sign that r represents if its font is one of
// half-width characters with the codes A0 A1 to A0 FE, of which a wrong Unicode map makes
// the rare characters that GBK has there: 犐犆犛 is ICS.
func HalfWidth(r rune) (ascii rune, ok bool) {
	if r < 0x4e00 || r >= 0xa000 {
		return 0, false
	}
	ascii, ok = halfWidth()[r]
	return ascii, ok
}

package suggest

import (
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/unicode/norm"
)

// reading is a pronunciation of a character: its pinyin without tone, and the
// tone.
type reading struct {
	syllable string // with v for ü
	tone     int    // 1 to 4, 0 for none
}

// readings returns the readings of a character, the usual one first, and nil for
// a character without pinyin.
func readings(r rune) []reading {
	list := pinyin.PinyinDict[int(r)]
	if list == "" {
		return nil
	}
	var out []reading
	for text := range strings.SplitSeq(list, ",") {
		if parsed := parseReading(text); parsed.syllable != "" {
			out = append(out, parsed)
		}
	}
	return out
}

// The marks of the four tones and of ü, as Unicode decomposes vowels.
const (
	macron    = '\u0304'
	acute     = '\u0301'
	caron     = '\u030C'
	grave     = '\u0300'
	diaeresis = '\u0308'
)

func parseReading(text string) reading {
	var out reading
	letters := make([]byte, 0, 8)
	for _, r := range norm.NFD.String(text) {
		switch r {
		case macron:
			out.tone = 1
		case acute:
			out.tone = 2
		case caron:
			out.tone = 3
		case grave:
			out.tone = 4
		case diaeresis:
			letters[len(letters)-1] = 'v'
		default:
			if r < unicode.MaxASCII {
				letters = append(letters, byte(r))
			}
		}
	}
	out.syllable = string(letters)
	return out
}

// Parts of syllables that many speakers don't distinguish, and that input methods
// can be set to treat alike (模糊音).
var (
	nearInitials = []([2]string){{"zh", "z"}, {"ch", "c"}, {"sh", "s"}, {"n", "l"}, {"f", "h"}, {"r", "l"}}
	nearFinals   = []([2]string){{"ang", "an"}, {"eng", "en"}, {"ing", "in"}}
)

// nearSyllables returns the syllables that sound similar to s: with another
// initial or another final.
func nearSyllables(s string) []string {
	var out []string
	start, end := splitSyllable(s)
	for _, pair := range nearInitials {
		switch start {
		case pair[0]:
			out = append(out, pair[1]+end)
		case pair[1]:
			out = append(out, pair[0]+end)
		}
	}
	for _, pair := range nearFinals {
		if stem, ok := strings.CutSuffix(s, pair[0]); ok {
			out = append(out, stem+pair[1])
		} else if stem, ok := strings.CutSuffix(s, pair[1]); ok {
			out = append(out, stem+pair[0])
		}
	}
	return out
}

// splitSyllable splits a syllable into its initial and its final.
func splitSyllable(s string) (initial, final string) {
	end := strings.IndexAny(s, "aeiouv")
	if end < 0 {
		return "", s
	}
	return s[:end], s[end:]
}

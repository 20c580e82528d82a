package suggest

import (
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/unicode/norm"
)

// reading is one way to say a character: its pinyin without tone, and the tone.
type reading struct {
	syllable string // v stands for ü
	tone     int    // 1 to 4, 0 for none
}

// readings returns how a character is read, the usual way first, nil for what
// pinyin has not.
func readings(r rune) []reading {
	list := pinyin.PinyinDict[int(r)]
	if list == "" {
		return nil
	}
	var out []reading
	for said := range strings.SplitSeq(list, ",") {
		if s := parseReading(said); s.syllable != "" {
			out = append(out, s)
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

func parseReading(said string) reading {
	var out reading
	letters := make([]byte, 0, 8)
	for _, r := range norm.NFD.String(said) {
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

// Parts of syllables that many speakers don't tell apart, and input methods
// treat alike where their users ask for it (模糊音).
var (
	likeInitials = []([2]string){{"zh", "z"}, {"ch", "c"}, {"sh", "s"}, {"n", "l"}, {"f", "h"}, {"r", "l"}}
	likeFinals   = []([2]string){{"ang", "an"}, {"eng", "en"}, {"ing", "in"}}
)

// nearSyllables returns the syllables that sound nearly like s: another
// initial or another final.
func nearSyllables(s string) []string {
	var out []string
	start, end := splitSyllable(s)
	for _, pair := range likeInitials {
		switch start {
		case pair[0]:
			out = append(out, pair[1]+end)
		case pair[1]:
			out = append(out, pair[0]+end)
		}
	}
	for _, pair := range likeFinals {
		if stem, ok := strings.CutSuffix(s, pair[0]); ok {
			out = append(out, stem+pair[1])
		} else if stem, ok := strings.CutSuffix(s, pair[1]); ok {
			out = append(out, stem+pair[0])
		}
	}
	return out
}

// splitSyllable parts a syllable's initial from its final.
func splitSyllable(s string) (initial, final string) {
	end := strings.IndexAny(s, "aeiouv")
	if end < 0 {
		return "", s
	}
	return s[:end], s[end:]
}

package analyzer

import (
	"strings"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// vocabulary is the runes that jieba knows, some of them only inside words.
type vocabulary struct {
	runes runeSet           // of the model, and Han characters of the dictionaries
	odd   map[rune][]string // other runes beyond ASCII → the words that contain them (哈利·波特)
}

func newVocabulary() *vocabulary { return &vocabulary{odd: make(map[rune][]string)} }

func (v *vocabulary) addWord(word string) {
	for i, r := range word {
		switch {
		case r < utf8.RuneSelf:
		case textnorm.IsHan(r):
			v.runes.add(r)
		case !strings.ContainsRune(word[:i], r):
			v.odd[r] = append(v.odd[r], word)
		}
	}
}

// knows reports whether jieba can use the rune r at folded[i:]: it knows the
// rune, or a word that contains it is there.
func (v *vocabulary) knows(folded string, i int, r rune) bool {
	if r < utf8.RuneSelf {
		return r != 0
	}
	if v.runes.has(r) {
		return true
	}
	for _, word := range v.odd[r] {
		for at, w := range word {
			if w == r && at <= i && strings.HasPrefix(folded[i-at:], word) {
				return true
			}
		}
	}
	return false
}

// mask appends folded to dst with every rune that jieba doesn't know replaced by a
// separator of the same length. Otherwise one 《 or é spoils the recognition of new
// words after it (it is so improbable for jieba that all segmentations of the rest look
// alike), and a NUL or a byte that is not UTF-8 would lose text.
func (v *vocabulary) mask(dst []byte, folded string) []byte {
	start := len(dst)
	dst = append(dst, folded...)
	for i := 0; i < len(folded); {
		first := folded[i]
		if first < utf8.RuneSelf && first != 0 {
			i++
			continue
		}
		if i+hanSize <= len(folded) {
			if r := decodeThree(folded[i:]); r != utf8.RuneError && v.runes.has(r) {
				i += hanSize
				continue
			}
		}
		r, size := utf8.DecodeRuneInString(folded[i:])
		if r == utf8.RuneError || !v.knows(folded, i, r) {
			copy(dst[start+i:], separators[size])
		}
		i += size
	}
	return dst
}

// separators are, by length in bytes, texts at which jieba always splits.
var separators = [utf8.UTFMax + 1]string{"", " ", "  ", "。", "    "}

package neardup

import (
	"unicode"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"

	"xunwen/internal/textnorm"
)

const (
	// shingle is the length of a shingle in characters: two or three words, so that
	// different reports of an event share few, and a changed word changes few.
	shingle = 5
	// shortText is the number of characters below which texts must be equal.
	shortText = 50
)

// letters are the folded letters, marks and digits of texts: punctuation and spaces
// vary between prints. They are collected to be compared, and reused for the next
// article.
type letters struct {
	text []byte
	size int // characters
}

func (l *letters) reset() { l.text, l.size = l.text[:0], 0 }

// add appends the letters of a folded text.
func (l *letters) add(folded string) {
	start := 0 // of letters that are not copied yet
	for i := 0; i < len(folded); {
		size := hanSize
		if first := folded[i]; !isNearHan(first) && (first != 0xE4 || folded[i+1] < 0xB8) { // before U+4E00
			r := rune(first)
			if size = 1; first >= utf8.RuneSelf {
				r, size = utf8.DecodeRuneInString(folded[i:])
			}
			if !isLetter(r) {
				l.text = append(l.text, folded[start:i]...)
				start = i + size
				i = start
				continue
			}
		}
		l.size++
		i += size
	}
	l.text = append(l.text, folded[start:]...)
}

// hanSize is the length in bytes of most Han characters.
const hanSize = 3

// isNearHan reports whether a character of a folded text that begins with a byte is
// between U+5000 and U+9FFF: most Han characters and nothing else are.
func isNearHan(first byte) bool { return 0xE5 <= first && first <= 0xE9 }

func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return textnorm.IsWordRune(r)
	}
	if '\u3000' <= r && r <= '\u3004' || '\u3008' <= r && r <= '\u3020' { // most signs of texts
		return false
	}
	return textnorm.IsHan(r) || unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}

// appendShingles appends the hashes of the shingles, in text order.
func (l *letters) appendShingles(hashes []uint64) []uint64 {
	text, from, to := l.text, 0, 0
	for n := 0; to < len(text); n++ {
		to += runeSize(text[to])
		if n < shingle-1 {
			continue
		}
		if to-from == hanShingle {
			hashes = append(hashes, hashHan((*[hanShingle]byte)(text[from:])))
		} else {
			hashes = append(hashes, xxhash.Sum64(text[from:to]))
		}
		from += runeSize(text[from])
	}
	return hashes
}

// runeSize returns the length of the character that begins with a byte, in valid UTF-8.
func runeSize(first byte) int {
	switch {
	case first < utf8.RuneSelf:
		return 1
	case first < 0xE0:
		return 2
	case first < 0xF0:
		return 3
	}
	return 4
}

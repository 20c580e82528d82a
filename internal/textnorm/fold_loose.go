package textnorm

import (
	"strings"
	"unicode/utf8"
	"unsafe"
)

// Left says what of folding a loose text is left to do.
type Left uint8

const (
	// LeftBlanks says that there is white space, each character of it a space.
	LeftBlanks Left = 1 << iota
	// LeftRuns says that there are signs that may be part of a run.
	LeftRuns
	// LeftStops says that there is a 。, three of which are an ellipsis. It is not among
	// LeftRuns since nearly every text has some.
	LeftStops
	// LeftBytes says that there are bytes that are not valid UTF-8 alone. A text made of
	// such a part may be anything.
	LeftBytes
)

// Loose returns what the characters of s fold to, each by itself, so that parts of a text can
// be folded apart and put together: folding that is folding the text. left is what decides
// whether anything is left to fold; of parts put together, it is what all of them have left.
func (f Folder) Loose(s string) (loose string, left Left) {
	if f.table == nil {
		f.table = base()
	}
	var out strings.Builder
	for i, r := range s {
		n := f.table.lookup(r)
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], string(utf8.RuneError)):
			left |= LeftBytes
			out.WriteRune(utf8.RuneError)
		case r == 0:
			out.WriteRune(utf8.RuneError)
		case isBlank(r):
			left |= LeftBlanks
			out.WriteByte(' ')
		case n == unchanged:
			left |= leftOf(r)
			out.WriteRune(r)
		default:
			text := f.table.folded[n].text
			for _, r := range text {
				left |= leftOf(r)
			}
			out.WriteString(text)
		}
	}
	return out.String(), left
}

// leftOf returns what a folded character leaves to do.
func leftOf(r rune) Left {
	switch {
	case r == fullStop:
		return LeftStops
	case mayRun(r):
		return LeftRuns
	}
	return 0
}

const fullStop = '。'

// Settled reports whether a loose text is in normal form, given what it has left: if not, it
// may be so nevertheless.
func (l Left) Settled(loose []byte) bool {
	if l&^LeftStops != 0 {
		return false
	}
	const ellipsis = string(fullStop) + string(fullStop) + string(fullStop)
	return l == 0 || !strings.Contains(unsafe.String(unsafe.SliceData(loose), len(loose)), ellipsis)
}

package textnorm

import (
	"strings"
	"unicode/utf8"
	"unsafe"
)

// Left says what of folding a loose text is left to do.
type Left uint8

const (
	// LeftBlanks says that there is white space that may be between letters or digits, each
	// run of it a space.
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
	var out []byte
	blank := false // white space comes before what is next
	add := func(r rune) {
		if blank {
			if before, _ := utf8.DecodeLastRune(out); isSpaced(r) && (len(out) == 0 || isSpaced(before)) {
				left |= LeftBlanks // else nothing that may be around s keeps it
				out = append(out, ' ')
			}
			blank = false
		}
		left |= leftOf(r)
		out = utf8.AppendRune(out, r)
	}
	for i, r := range s {
		switch n := f.table.lookup(r); {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], string(utf8.RuneError)):
			left |= LeftBytes
			add(utf8.RuneError)
		case r == 0:
			add(utf8.RuneError)
		case isBlank(r):
			blank = true
		case n == unchanged:
			add(r)
		default:
			for _, r := range f.table.folded[n].text {
				add(r)
			}
		}
	}
	if before, _ := utf8.DecodeLastRune(out); blank && (len(out) == 0 || isSpaced(before)) {
		left |= LeftBlanks
		out = append(out, ' ')
	}
	return string(out), left
}

// leftOf returns what a folded character leaves to do.
func leftOf(r rune) Left {
	switch r {
	case fullStop:
		return LeftStops
	case dash, ellipsis, '.', middleDot, firstVoicing, lastVoicing:
		return LeftRuns
	}
	return 0
}

const fullStop = '。'

// The marks of voicing.
const (
	firstVoicing = '\u3099'
	lastVoicing  = '\u309A'
)

// Settled reports whether a loose text is in normal form, given what it has left: if not, it
// may be so nevertheless.
func (l Left) Settled(loose []byte) bool {
	if l&^LeftStops != 0 {
		return false
	}
	const ellipsis = string(fullStop) + string(fullStop) + string(fullStop)
	return l == 0 || !strings.Contains(unsafe.String(unsafe.SliceData(loose), len(loose)), ellipsis)
}

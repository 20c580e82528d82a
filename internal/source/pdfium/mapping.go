package pdfium

import (
	"fmt"
	"unicode"
)

// mapping counts how many characters of a page are known: type without a Unicode
// map shows a reader the right shapes and yields nonsense or nothing as text.
type mapping struct {
	all      int // characters
	unknown  int // of them, those for which PDFium has no character
	private  int // those in the private use area, which only their font knows
	sampled  int // those that PDFium was asked about
	unmapped int // of them, those whose map is missing or broken
}

// add counts r. PDFium is asked about some characters only, which takes
// microseconds.
func (m *mapping) add(r rune, unmapped func() bool) {
	if unicode.IsSpace(r) {
		return
	}
	const every = 16
	if m.all%every == 0 {
		m.sampled++
		if unmapped() {
			m.unmapped++
		}
	}
	m.all++
	switch {
	case r == 0 || r == 0xfffd:
		m.unknown++
	case unicode.Is(unicode.Co, r):
		m.private++
	}
}

// How much of a page may be lost: of fewest characters or more, a share of mostLost.
const (
	fewest   = 20
	mostLost = 0.3
)

// err says that most of the page can't be read, if so.
func (m *mapping) err() error {
	if m.all < fewest {
		return nil
	}
	unmapped := float64(m.unmapped) / float64(m.sampled)
	lost := max(float64(m.unknown+m.private)/float64(m.all), unmapped)
	if lost <= mostLost {
		return nil
	}
	return fmt.Errorf("type without a Unicode map: %.0f %% of the characters can't be known; "+
		"export the PDF again with Unicode text, or run it through OCR", 100*lost)
}

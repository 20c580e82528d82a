package pdfium

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"xunwen/internal/source/glyph"
)

// loadError reports that PDFium can't load a page.
type loadError struct{ reason error }

func (e *loadError) Error() string { return "can't load the page: " + e.reason.Error() }
func (e *loadError) Unwrap() error { return e.reason }

// characters reads page i, counted from 0.
func (l *library) characters(i int) (a answer, err error) {
	lib := l.instance
	page, err := lib.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: l.document, Index: i})
	if err != nil {
		return a, &loadError{err}
	}
	defer func() {
		_, closeErr := lib.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: page.Page})
		err = errors.Join(err, closeErr)
	}()
	text, err := lib.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: requests.Page{ByReference: &page.Page}})
	if err != nil {
		return a, &loadError{err}
	}
	defer func() {
		_, closeErr := lib.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage})
		err = errors.Join(err, closeErr)
	}()
	count, err := lib.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text.TextPage})
	if err != nil {
		return a, &loadError{err}
	}
	if count.Count > maxGlyphs {
		return a, fmt.Errorf("more than %d characters: not a newspaper page", maxGlyphs)
	}
	chars := charReader{lib: lib, text: text.TextPage}
	if err := chars.readAll(count.Count); err != nil {
		return a, err
	}
	for _, c := range chars.out {
		a.add(c)
	}
	return a, nil
}

// charReader collects the characters of a page.
type charReader struct {
	lib  pdfium.Pdfium
	text references.FPDF_TEXTPAGE
	out  []Char
	high rune       // first half of a character beyond the BMP
	last [2]float64 // position of the last glyph

	mapping mapping
	placed  int   // characters that have a place
	lost    int   // those for which PDFium knows none
	err     error // of PDFium
}

// readAll reads so many characters.
func (c *charReader) readAll(n int) error {
	for k := range n {
		c.read(k)
		if c.err != nil {
			return c.err
		}
	}
	if err := c.mapping.err(); err != nil {
		return err
	}
	if all := c.placed + c.lost; all >= fewest && float64(c.lost) > mostLost*float64(all) {
		return fmt.Errorf("%.0f %% of the characters have no place on the page: export the PDF again",
			100*float64(c.lost)/float64(all))
	}
	return nil
}

// failed reports whether PDFium didn't answer. It may just not know; any other error ends the page.
func (c *charReader) failed(err error) bool {
	const unknown = "could not get " // how go-pdfium says so
	if err != nil && !strings.HasPrefix(err.Error(), unknown) {
		c.err = err
	}
	return err != nil
}

// read adds character k. It ignores characters without a position and those that
// PDFium generated: blanks and line ends of its own reading order.
func (c *charReader) read(k int) {
	code, err := c.lib.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: c.text, Index: k})
	if c.failed(err) {
		return
	}
	r := rune(code.Unicode)
	switch {
	case utf16.IsSurrogate(r) && r < 0xdc00:
		c.high = r
		return
	case utf16.IsSurrogate(r):
		r = utf16.DecodeRune(c.high, r)
	}
	c.high = 0
	c.mapping.add(r, func() bool {
		answer, err := c.lib.FPDFText_HasUnicodeMapError(
			&requests.FPDFText_HasUnicodeMapError{TextPage: c.text, Index: k},
		)
		return !c.failed(err) && answer.HasUnicodeMapError
	})
	if unicode.IsSpace(r) { // PDFium generates nothing else, and each call takes microseconds
		generated, err := c.lib.FPDFText_IsGenerated(&requests.FPDFText_IsGenerated{TextPage: c.text, Index: k})
		if c.failed(err) || generated.IsGenerated {
			return
		}
	}
	g, ok := c.place(k)
	if !ok {
		c.lost++
		return
	}
	c.placed++
	for _, r := range shapes(r) {
		g.Rune = r
		c.add(g)
	}
}

// shapes returns the characters that r, which a font may have in their place,
// represents: radicals, compatibility ideographs, ligatures.
func shapes(r rune) string {
	if r < unicode.MaxLatin1 || r >= 0x4e00 && r < 0xa000 || unicode.IsPunct(r) {
		return string(r)
	}
	text, _ := glyph.Clean(string(r))
	return text
}

// place returns position, direction and size of character k; ok is false if
// PDFium does not know them.
func (c *charReader) place(k int) (g Char, ok bool) {
	size, err := c.lib.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: c.text, Index: k})
	if c.failed(err) {
		return g, false
	}
	m, err := c.lib.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: c.text, Index: k})
	if c.failed(err) {
		return g, false
	}
	box, err := c.lib.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: c.text, Index: k})
	if c.failed(err) {
		return g, false
	}
	at, err := c.lib.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: c.text, Index: k})
	if c.failed(err) {
		return g, false
	}
	g.Size = size.FontSize * math.Hypot(float64(m.Matrix.C), float64(m.Matrix.D))
	g.Turn = int(math.Round(math.Atan2(float64(m.Matrix.B), float64(m.Matrix.A))/(math.Pi/2))) & 3
	x, y, end := at.X, at.Y, float64(box.Rect.Right)
	switch g.Turn { // so that the line runs to the right
	case 1:
		x, y, end = at.Y, -at.X, float64(box.Rect.Top)
	case 2:
		x, y, end = -at.X, -at.Y, -float64(box.Rect.Left)
	case 3:
		x, y, end = -at.Y, at.X, -float64(box.Rect.Bottom)
	}
	g.Left, g.Right, g.Base = x, end, -y
	return g, true
}

// add appends a character. One glyph may stand for several, as fonts draw —— and
// ……: these have the same position and are placed side by side.
func (c *charReader) add(g Char) {
	if at := [2]float64{g.Left, g.Base}; len(c.out) > 0 && c.last == at {
		g.Left = c.out[len(c.out)-1].Right
	} else {
		c.last = at
	}
	g.Right = max(g.Right, g.Left)
	c.out = append(c.out, g)
}

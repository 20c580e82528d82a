package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"xunwen/internal/source/glyph"
)

// errBroken reports that a page can't be loaded.
var errBroken = errors.New("broken page")

// maxGlyphs bounds one page: a broadsheet in small type has 15,000.
const maxGlyphs = 200_000

// Document is an open PDF. It must not be used concurrently.
type Document struct {
	engine *Engine
	ref    references.FPDF_DOCUMENT
	pages  int
	window int // characters of the pages that are read together
}

// Open opens a PDF; the previous one must have been closed. The error says what
// is wrong with the file.
func (e *Engine) Open(ctx context.Context, data []byte) (*Document, error) {
	const headed = 1024 // bytes within which readers look for the signature
	if !bytes.Contains(data[:min(headed, len(data))], []byte("%PDF-")) {
		return nil, errors.New("not a PDF: it doesn't begin like one")
	}
	if err := e.start(ctx); err != nil {
		return nil, err
	}
	opened, err := e.instance.OpenDocument(&requests.OpenDocument{File: &data})
	if err != nil {
		return nil, errors.Join(openError(err), e.stop())
	}
	count, err := e.instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("broken PDF: %w", err), e.stop())
	}
	if count.PageCount == 0 {
		return nil, errors.Join(errors.New("broken PDF: it has no pages"), e.stop())
	}
	return &Document{engine: e, ref: opened.Document, pages: count.PageCount, window: maxHeld}, nil
}

// openError turns PDFium's error into one that says what to do.
func openError(err error) error {
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword):
		return errors.New("encrypted PDF: save it without a password")
	case errors.Is(err, pdfiumerrors.ErrSecurity):
		return errors.New("encrypted PDF with an unsupported method: save it without encryption")
	case errors.Is(err, pdfiumerrors.ErrFormat):
		return errors.New("broken PDF: its structure is damaged, or its end is missing")
	}
	return fmt.Errorf("broken PDF: %w", err)
}

// Pages returns the number of pages.
func (d *Document) Pages() int { return d.pages }

// Close frees the memory of the document.
func (d *Document) Close() error { return d.engine.stop() }

// glyphs reads the characters of page i, counted from 0, upright and with y
// growing downwards. aside are those in another direction.
func (d *Document) glyphs(ctx context.Context, i int) (glyphs []Glyph, aside []string, err error) {
	lib := d.engine.instance
	page, err := lib.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: d.ref, Index: i})
	if err != nil {
		return nil, nil, brokenPage(err)
	}
	defer func() {
		_, closeErr := lib.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: page.Page})
		err = errors.Join(err, closeErr)
	}()
	text, err := lib.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: requests.Page{ByReference: &page.Page}})
	if err != nil {
		return nil, nil, brokenPage(err)
	}
	defer func() {
		_, closeErr := lib.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage})
		err = errors.Join(err, closeErr)
	}()
	count, err := lib.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text.TextPage})
	if err != nil {
		return nil, nil, brokenPage(err)
	}
	if count.Count > maxGlyphs {
		return nil, nil, fmt.Errorf("more than %d characters: not a newspaper page", maxGlyphs)
	}
	chars := charReader{lib: lib, text: text.TextPage}
	for k := 0; k < count.Count; k++ {
		if k%1000 == 0 && ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		chars.read(k)
	}
	if err := chars.mapping.err(); err != nil {
		return nil, nil, err
	}
	glyphs, aside = upright(chars.out)
	return turnVertical(glyphs), aside, nil
}

// brokenPage says that a page can't be loaded. PDFium's own error may be a stack trace.
func brokenPage(err error) error {
	reason, _, _ := strings.Cut(err.Error(), "\n")
	if strings.Contains(reason, "wasm error") {
		reason = "damaged, or reading it takes more than 1 GB of memory"
	}
	return fmt.Errorf("%w: %s; export the PDF again", errBroken, reason)
}

// charReader collects the characters of a page.
type charReader struct {
	lib  pdfium.Pdfium
	text references.FPDF_TEXTPAGE
	out  []placed
	high rune       // first half of a character beyond the BMP
	last [2]float64 // position of the last glyph

	mapping mapping
}

// placed is a glyph and the direction in which its line runs, in quarter turns.
type placed struct {
	Glyph
	turn int
}

// read adds character k. It ignores characters without a position and those that
// PDFium generated: blanks and line ends of its own reading order.
func (c *charReader) read(k int) {
	code, err := c.lib.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: c.text, Index: k})
	if err != nil {
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
		return err == nil && answer.HasUnicodeMapError
	})
	if unicode.IsSpace(r) { // PDFium generates nothing else, and each call takes microseconds
		generated, err := c.lib.FPDFText_IsGenerated(&requests.FPDFText_IsGenerated{TextPage: c.text, Index: k})
		if err != nil || generated.IsGenerated {
			return
		}
	}
	if g, ok := c.place(k); ok {
		for _, r := range shapes(r) {
			g.Rune = r
			c.add(g)
		}
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
func (c *charReader) place(k int) (g placed, ok bool) {
	size, err := c.lib.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: c.text, Index: k})
	if err != nil {
		return g, false
	}
	m, err := c.lib.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: c.text, Index: k})
	if err != nil {
		return g, false
	}
	box, err := c.lib.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: c.text, Index: k})
	if err != nil {
		return g, false
	}
	at, err := c.lib.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: c.text, Index: k})
	if err != nil {
		return g, false
	}
	g.Size = size.FontSize * math.Hypot(float64(m.Matrix.C), float64(m.Matrix.D))
	g.turn = int(math.Round(math.Atan2(float64(m.Matrix.B), float64(m.Matrix.A))/(math.Pi/2))) & 3
	x, y, end := at.X, at.Y, float64(box.Rect.Right)
	switch g.turn { // so that the line runs to the right
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
func (c *charReader) add(g placed) {
	if at := [2]float64{g.Left, g.Base}; len(c.out) > 0 && c.last == at {
		g.Left = c.out[len(c.out)-1].Right
	} else {
		c.last = at
	}
	g.Right = max(g.Right, g.Left)
	c.out = append(c.out, g)
}

// upright keeps the glyphs in the direction of most: all of a page that lies on
// its side, but not a line along the margin. The others are aside, by direction.
func upright(all []placed) (glyphs []Glyph, aside []string) {
	var count [4]int
	for i := range all {
		count[all[i].turn]++
	}
	most := 0
	for turn := range count {
		if count[turn] > count[most] {
			most = turn
		}
	}
	glyphs = make([]Glyph, 0, count[most])
	var turned [4][]Glyph
	var invisible strings.Builder
	for i := range all {
		switch g := all[i].Glyph; {
		case !g.usable():
			if unicode.IsPrint(g.Rune) && g.Rune != 0xfffd {
				invisible.WriteRune(g.Rune)
			}
		case all[i].turn == most:
			glyphs = append(glyphs, g)
		default:
			turned[all[i].turn] = append(turned[all[i].turn], g)
		}
	}
	for _, others := range turned {
		aside = append(aside, texts(linesOf(rows(others)))...)
	}
	if text := strings.TrimSpace(invisible.String()); text != "" {
		aside = append(aside, text)
	}
	return glyphs, aside
}

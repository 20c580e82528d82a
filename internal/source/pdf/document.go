package pdf

import (
	"context"
	"strings"
	"unicode"

	"xunwen/internal/source/pdfium"
)

// Engine opens PDFs. It must not be used concurrently.
type Engine struct{ lib *pdfium.Engine }

// NewEngine returns an engine that starts with the first document, and keeps what it compiles
// below cacheDir.
func NewEngine(cacheDir string) *Engine { return &Engine{pdfium.NewEngine(cacheDir)} }

// Close stops the engine.
func (e *Engine) Close() error { return e.lib.Close() }

// Document is an open PDF. It must not be used concurrently.
type Document struct {
	file   *pdfium.Document
	window int // characters of the pages that are read together
}

// Open opens a PDF; the previous one must have been closed. The error says what
// is wrong with the file, or is that of ctx.
func (e *Engine) Open(ctx context.Context, data []byte) (*Document, error) {
	file, err := e.lib.Open(ctx, data)
	if err != nil {
		return nil, err
	}
	return &Document{file: file, window: maxHeld}, nil
}

// Pages returns the number of pages.
func (d *Document) Pages() int { return d.file.Pages() }

// Close frees the memory of the document.
func (d *Document) Close() error { return d.file.Close() }

// glyphs reads the characters of page i, counted from 0, upright. aside are those in another
// direction.
func (d *Document) glyphs(ctx context.Context, i int) (glyphs []Glyph, aside []string, err error) {
	chars, err := d.file.Characters(ctx, i)
	if err != nil {
		return nil, nil, err
	}
	glyphs, aside = upright(chars)
	return turnVertical(glyphs), aside, nil
}

func glyphOf(c *pdfium.Char) Glyph {
	return Glyph{Rune: c.Rune, Left: c.Left, Right: c.Right, Base: c.Base, Size: c.Size}
}

// upright keeps the glyphs in the direction of most: all of a page that lies on
// its side, but not a line along the margin. The others are aside, by direction.
func upright(all []pdfium.Char) (glyphs []Glyph, aside []string) {
	var count [4]int
	for i := range all {
		count[all[i].Turn&3]++
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
		switch g := glyphOf(&all[i]); {
		case !g.usable():
			if unicode.IsPrint(g.Rune) && g.Rune != 0xfffd {
				invisible.WriteRune(g.Rune)
			}
		case all[i].Turn == most:
			glyphs = append(glyphs, g)
		default:
			turned[all[i].Turn&3] = append(turned[all[i].Turn&3], g)
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

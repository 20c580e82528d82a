package pdf

import (
	"context"
	"errors"
	"fmt"

	"xunwen/internal/source/page"
	"xunwen/internal/source/pdfium"
)

// ErrNoText reports that a page has no text, only pictures.
var ErrNoText = errors.New("no text: a scan, or type drawn as curves; run it through OCR first")

// Reading is what is read as a whole: a newspaper page, or an article of a document.
type Reading struct {
	Page   int // of the file, from 1: the one on which it begins
	Last   int // page up to which Err holds, if it holds for several
	Result page.Result
	Pages  []int // of each of Result.Blocks
	Err    error // ErrNoText, a *page.NoArticleError, or what is broken
}

// Page reads page i, counted from 0, as one newspaper page. The error is
// ErrNoText, a *page.NoArticleError, or says what is broken.
func (d *Document) Page(ctx context.Context, i int) (page.Result, error) {
	r := newspaperPage(d.paper(ctx, i))
	return r.Result, r.Err
}

// maxBroken bounds the pages in a row that can't be loaded: a page tree of a few bytes can claim
// any number of them.
const maxBroken = 20

// Read reads all pages and yields what it reads in order: of a newspaper each
// page, of a document each article. The error is that of yield or of ctx.
func (d *Document) Read(ctx context.Context, yield func(Reading) error) error {
	pages := min(d.Pages(), pdfium.MaxPages)
	unread := fmt.Errorf("more than %d pages: split it", pdfium.MaxPages)
	var window []paper
	var flow *flow // nil for a newspaper
	held, decided, broken := 0, false, 0
	for i := 0; i < pages; i++ {
		p := d.paper(ctx, i)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if broken++; !errors.Is(p.err, pdfium.ErrBroken) {
			broken = 0
		}
		if broken == maxBroken || errors.Is(p.err, pdfium.ErrEnough) {
			pages, unread = i+1, p.err
		}
		window = append(window, p)
		held += p.glyphs()
		last := i+1 == pages
		if !last && held < d.window && (flow != nil || !decided) {
			continue
		}
		if !decided {
			decided = true
			if isDocument(window) {
				flow = newFlow()
			}
		}
		if err := readWindow(window, flow, last, yield); err != nil {
			return err
		}
		window, held = window[:0], 0
	}
	if pages < d.Pages() {
		return yield(Reading{Page: pages + 1, Last: d.Pages(), Err: unread})
	}
	return nil
}

// maxHeld bounds the characters of the pages of a document that are read together:
// two hundred pages of a report, twenty of a broadsheet. They take some 100 bytes
// each.
const maxHeld = 400_000

func readWindow(window []paper, flow *flow, last bool, yield func(Reading) error) error {
	if flow != nil {
		return flow.read(window, last, yield)
	}
	for _, p := range window {
		if err := yield(newspaperPage(p)); err != nil {
			return err
		}
	}
	return nil
}

// newspaperPage reads a page by itself.
func newspaperPage(p paper) Reading {
	r := Reading{Page: p.number, Err: p.err}
	if p.err == nil {
		parts := arrange(p.lines)
		if len(p.aside) > 0 {
			parts = append(parts, page.Part{Role: page.RoleFurniture, Lines: p.aside, Reason: reasonAside})
		}
		r.Result, r.Err = page.Compose(parts)
	}
	r.Pages = make([]int, len(r.Result.Blocks))
	for i := range r.Pages {
		r.Pages[i] = p.number
	}
	return r
}

// paper is a page of a file with its lines in the order of its rows.
type paper struct {
	number int // from 1
	lines  []line
	aside  []string // what isn't laid out
	err    error
}

const reasonAside = "in another direction than the text, too small to be seen, or beyond the most lines of a page"

func (p *paper) glyphs() int {
	n := 0
	for i := range p.lines {
		n += len(p.lines[i].glyphs)
	}
	return n
}

// paper reads the lines of page i, counted from 0.
func (d *Document) paper(ctx context.Context, i int) paper {
	p := paper{number: i + 1}
	glyphs, aside, err := d.glyphs(ctx, i)
	switch {
	case err != nil:
		p.err = err
	case len(glyphs) == 0:
		p.err = ErrNoText
	default:
		p.lines, p.aside = linesOf(rows(glyphs)), aside
		if p.err = repeating(p.lines); p.err != nil {
			p.lines = nil
			break
		}
		readHalfWidth(p.lines)
		if len(p.lines) > maxLines {
			p.aside = append(p.aside, texts(p.lines[maxLines:])...)
			p.lines = p.lines[:maxLines]
		}
	}
	return p
}

package pdfium

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"
)

// Bounds of one document. docs/operations.md lists them.
const (
	// MaxPages bounds the pages of a file: a page tree of a few bytes can claim a million.
	MaxPages = 10_000
	// maxPageTime is the processor time for a page, or for opening a file. A broadsheet with
	// photographs takes a tenth of a second.
	maxPageTime = 20 * time.Second
	// maxSlow is how many pages of a file may take longer than that.
	maxSlow = 3
	// maxFileTime is the processor time for all pages of a file: MaxPages of them at 60 ms.
	maxFileTime = 10 * time.Minute
	// maxGlyphs bounds one page: a broadsheet in small type has 15,000.
	maxGlyphs = 200_000
)

// Errors of pages.
var (
	// ErrBroken reports that a page can't be loaded.
	ErrBroken = errors.New("broken page")
	// ErrEnough reports that no more pages of a file are read, since those before took too long.
	ErrEnough = errors.New("the pages before took too long: split the file, or export it again")
)

// Char is a character of a page and where it is. Lengths are in points; y grows downwards. Turn
// is the direction in which its line runs, in quarter turns; the positions are those on a page
// that was turned back.
type Char struct {
	Rune        rune
	Left, Right float64
	Base        float64 // y of its baseline
	Size        float64 // type size as rendered
	Turn        int
}

// Engine reads documents, one at a time. It must not be used concurrently.
type Engine struct {
	cacheDir string
	worker   *worker // nil until a document is opened, and after it was killed
	pageTime time.Duration
}

// NewEngine returns an engine that is not started yet. Compiling PDFium takes 2
// to 3 seconds, or a tenth of that with the result cached below cacheDir. If
// cacheDir is "" or unusable, only that time is lost.
func NewEngine(cacheDir string) *Engine { return &Engine{cacheDir: cacheDir, pageTime: maxPageTime} }

// Document is an open PDF. It must not be used concurrently.
type Document struct {
	engine *Engine
	data   []byte // to open it again
	open   bool   // the worker has it
	pages  int
	slow   int // pages that took too long
	spent  time.Duration
}

// Open opens a PDF; the previous one must have been closed. The error says what
// is wrong with the file, or is that of ctx. data must not be changed until Close.
func (e *Engine) Open(ctx context.Context, data []byte) (*Document, error) {
	const headed = 1024 // bytes within which readers look for the signature
	if !bytes.Contains(data[:min(headed, len(data))], []byte("%PDF-")) {
		return nil, errors.New("not a PDF: it doesn't begin like one")
	}
	d := &Document{engine: e, data: data}
	if err := d.reopen(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	if d.pages == 0 {
		return nil, errors.Join(errors.New("broken PDF: it has no pages"), d.Close())
	}
	return d, nil
}

// reopen gives the document to a worker.
func (d *Document) reopen(ctx context.Context) error {
	a, err := d.call(ctx, request{Open: true, Size: len(d.data)})
	switch {
	case errors.Is(err, errSlow):
		return fmt.Errorf("opening it takes more than %s of processor time: export the PDF again", d.engine.pageTime)
	case errors.Is(err, errDied):
		return errors.New("broken PDF: PDFium fails to open it")
	case err != nil:
		return err
	case a.Failed != "":
		return errors.New(a.Failed)
	}
	d.open, d.pages = true, a.Pages
	return nil
}

// call has the worker do something, and starts one if there is none.
func (d *Document) call(ctx context.Context, r request) (answer, error) {
	e := d.engine
	if e.worker == nil {
		w, err := startWorker(ctx, e.cacheDir)
		if err != nil {
			return answer{}, err
		}
		e.worker = w
	}
	a, spent, err := e.worker.call(ctx, r, d.data, e.pageTime)
	d.spent += spent
	if err != nil {
		e.worker.kill()
		e.worker, d.open = nil, false
	}
	if a.Damaged {
		d.open = false
	}
	return a, err
}

// Pages returns the number of pages.
func (d *Document) Pages() int { return d.pages }

// Characters reads page i, counted from 0. The error is ErrBroken or ErrEnough, wrapped, that of
// ctx, or says why the page isn't one of a newspaper.
func (d *Document) Characters(ctx context.Context, i int) ([]Char, error) {
	if d.slow >= maxSlow || d.spent > maxFileTime {
		return nil, ErrEnough
	}
	if !d.open {
		if err := d.reopen(ctx); err != nil {
			return nil, errors.Join(ctx.Err(), fmt.Errorf("%w: %w", ErrBroken, err))
		}
	}
	a, err := d.call(ctx, request{Page: i})
	switch {
	case errors.Is(err, errSlow):
		d.slow++
		return nil, fmt.Errorf("%w: it takes more than %s of processor time; export the PDF again",
			ErrBroken, d.engine.pageTime)
	case errors.Is(err, errDied):
		return nil, fmt.Errorf("%w: PDFium fails to read it; export the PDF again", ErrBroken)
	case err != nil:
		return nil, err
	case a.Damaged:
		return nil, fmt.Errorf("%w: damaged, or reading it takes more than %d MiB of memory; export the PDF again",
			ErrBroken, maxMemory>>20)
	case a.Broken:
		return nil, fmt.Errorf("%w: %s; export the PDF again", ErrBroken, a.Failed)
	case a.Failed != "":
		return nil, errors.New(a.Failed)
	}
	return a.chars(), nil
}

// Close frees the memory of the document.
func (d *Document) Close() error {
	d.data = nil
	if !d.open || d.engine.worker == nil {
		return nil
	}
	_, err := d.call(context.Background(), request{Close: true})
	if err != nil {
		return fmt.Errorf("closing the PDF: %w", err)
	}
	return nil
}

// Close stops PDFium if it was started.
func (e *Engine) Close() error {
	if e.worker != nil {
		e.worker.kill()
		e.worker = nil
	}
	return nil
}

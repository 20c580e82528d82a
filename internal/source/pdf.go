package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"xunwen/internal/source/page"
	"xunwen/internal/source/pdf"
)

// maxPDF bounds one file. A whole issue with photographs is some 100 MB; it is
// in memory twice, here and in PDFium.
const maxPDF = 256 << 20

// pdf reads an input as a PDF, each page of which is a page of a newspaper. The
// line of a reject is the number of the page.
func (r *fileReader) pdf(ctx context.Context, s *stream) error {
	data, err := io.ReadAll(io.LimitReader(s, maxPDF+1))
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return r.reject(1, s.readError(err))
	case len(data) > maxPDF:
		return r.reject(1, fmt.Sprintf("larger than %d MB: split it into its pages", maxPDF>>20))
	}
	doc, err := r.engine.Open(ctx, data)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return r.reject(1, err.Error())
	}
	err = doc.Read(ctx, func(read pdf.Reading) error { return r.pdfReading(ctx, doc, read) })
	if closeErr := doc.Close(); err == nil && closeErr != nil {
		return r.reject(1, closeErr.Error())
	}
	return err
}

// pdfReading delivers a page of a newspaper, or an article of a document.
func (r *fileReader) pdfReading(ctx context.Context, doc *pdf.Document, read pdf.Reading) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	fallback := r.pathMetadata()
	if doc.Pages() > 1 {
		fallback.page = strconv.Itoa(read.Page) // a page in the file's name would apply to every page
	}
	if err := r.explainPDF(read, doc.Pages() > 1); err != nil {
		return err
	}
	var none *page.NoArticleError
	switch {
	case errors.As(read.Err, &none):
		return r.reject(read.Page, fmt.Sprintf("page %d: no article on the page: %s", read.Page, none.Reason))
	case read.Err != nil:
		return r.reject(read.Page, fmt.Sprintf("page %d: %v", read.Page, read.Err))
	}
	return r.deliverPage(read.Result, fallback, read.Page)
}

// explainPDF emits the blocks of each page that was read.
func (r *fileReader) explainPDF(read pdf.Reading, several bool) error {
	blocks := read.Result.Blocks
	for from := 0; from < len(blocks); {
		to := from + 1
		for to < len(blocks) && read.Pages[to] == read.Pages[from] {
			to++
		}
		number := 0
		if several {
			number = read.Pages[from]
		}
		if err := r.explain(page.Result{Blocks: blocks[from:to]}, number); err != nil {
			return err
		}
		from = to
	}
	return nil
}

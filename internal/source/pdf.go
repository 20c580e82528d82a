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
	for i := range doc.Pages() {
		if err = r.pdfPage(ctx, doc, i); err != nil {
			break
		}
	}
	if closeErr := doc.Close(); err == nil && closeErr != nil {
		return r.reject(1, closeErr.Error())
	}
	return err
}

// pdfPage reads page i of a PDF.
func (r *fileReader) pdfPage(ctx context.Context, doc *pdf.Document, i int) error {
	result, err := doc.Page(ctx, i)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	fallback, number := r.pathMetadata(), 0
	if doc.Pages() > 1 {
		number = i + 1
		fallback.page = strconv.Itoa(number) // a page in the file's name would apply to every page
	}
	if err := r.explain(result, number); err != nil {
		return err
	}
	var none *page.NoArticleError
	switch {
	case errors.As(err, &none):
		return r.reject(i+1, fmt.Sprintf("page %d: no article on the page: %s", i+1, none.Reason))
	case err != nil:
		return r.reject(i+1, fmt.Sprintf("page %d: %v", i+1, err))
	}
	return r.deliverPage(result, fallback, i+1)
}

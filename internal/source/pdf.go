package source

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strconv"

	"xunwen/internal/source/page"
	"xunwen/internal/source/pdf"
)

// maxPDF bounds one file: a whole issue with photographs takes some 100 MB, and
// all of it is in memory, once here and once in PDFium.
const maxPDF = 256 << 20

// pdf reads one input as a PDF: each of its pages is a page of a newspaper. A
// reject's line is the number of the page.
func (r *reading) pdf(s *stream) error {
	data, err := io.ReadAll(io.LimitReader(s, maxPDF+1))
	if r.ctx.Err() != nil {
		return r.ctx.Err()
	}
	switch {
	case err != nil:
		r.refuse(1, s.readError(err))
		return nil
	case len(data) > maxPDF:
		r.refuse(1, fmt.Sprintf("larger than %d MB: cut it into its pages", maxPDF>>20))
		return nil
	}
	doc, err := r.engine.Open(r.ctx, data)
	if err != nil {
		r.refuse(1, err.Error())
		return r.ctx.Err()
	}
	for i := range doc.Pages() {
		if err = r.pdfPage(doc, i); err != nil {
			break
		}
	}
	if closeErr := doc.Close(); err == nil && closeErr != nil {
		r.refuse(1, closeErr.Error())
	}
	return err
}

// pdfPage reads page i of a PDF.
func (r *reading) pdfPage(doc *pdf.Document, i int) error {
	result, err := doc.Page(r.ctx, i)
	if r.ctx.Err() != nil {
		return r.ctx.Err()
	}
	if r.opts.Explain != nil && len(result.Blocks) > 0 {
		at := r.in.Path
		if doc.Pages() > 1 {
			at = fmt.Sprintf("%s, page %d", at, i+1) // blocks count lines anew on each
		}
		r.opts.Explain(at, result.Blocks)
	}
	var none *page.NoArticleError
	switch {
	case errors.As(err, &none):
		r.refuse(i+1, fmt.Sprintf("page %d: no article on the page: %s", i+1, none.Reason))
		return nil
	case err != nil:
		r.refuse(i+1, fmt.Sprintf("page %d: %v", i+1, err))
		return nil
	}
	where := r.place()
	if doc.Pages() > 1 {
		where.page = strconv.Itoa(i + 1) // a page in the file's name would be every page's
	}
	return r.sheet(result, where, i+1)
}

// sheet delivers the articles of one page. What stands on the page comes before
// what its path says.
func (r *reading) sheet(result page.Result, where issue, line int) error {
	where.publication = cmp.Or(result.Furniture.Publication, where.publication)
	where.date = cmp.Or(result.Furniture.Date, where.date)
	where.page = cmp.Or(result.Furniture.Page, where.page)
	for i := range result.Articles {
		a := &result.Articles[i]
		a.ID = "" // it depends on what is filled in now
		a.PageName = cmp.Or(a.PageName, result.Furniture.PageName)
		if err := r.deliver(a, where, line); err != nil {
			return err
		}
	}
	return nil
}

package source

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"

	"xunwen/internal/news"
	"xunwen/internal/source/legible"
	"xunwen/internal/source/page"
	"xunwen/internal/source/pdf"
)

// pdf reads an input as a PDF: a newspaper, or a document of several pages. The line of
// a reject is the number of the page.
func (r *fileReader) pdf(ctx context.Context, s *stream) error {
	s.blank.allowed = true
	data, err := io.ReadAll(io.LimitReader(s, maxPDF+1))
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return r.reject(1, s.readError(err))
	case len(data) > maxPDF:
		return r.reject(1, fmt.Sprintf("larger than %d MiB: split it into its pages", maxPDF>>20))
	}
	doc, err := r.engine.Open(ctx, data)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return r.reject(1, err.Error())
	}
	pages := pdfPages{fileReader: r, several: doc.Pages() > 1}
	err = doc.Read(ctx, func(read pdf.Reading) error { return pages.reading(ctx, read) })
	if err == nil || isEnd(err) {
		err = cmp.Or(pages.flush(), err)
	}
	if closeErr := doc.Close(); err == nil && closeErr != nil {
		return r.reject(1, closeErr.Error())
	}
	return err
}

// pdfPages delivers what is read from a PDF. Pages in a row with the same error are one
// reject.
type pdfPages struct {
	*fileReader
	several     bool // the file has several pages
	first, last int  // pages with the same error; 0 if there are none
	reason      string
}

// reading delivers a page of a newspaper, or an article of a document.
func (p *pdfPages) reading(ctx context.Context, read pdf.Reading) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err := p.explainPDF(read, p.several); err != nil {
		return err
	}
	var none *page.NoArticleError
	switch {
	case errors.As(read.Err, &none):
		return p.broken(read, "no article on the page: "+none.Reason)
	case read.Err != nil:
		return p.broken(read, read.Err.Error())
	}
	if reason := legible.Check(firstTexts(read.Result.Articles)...); reason != "" {
		return p.broken(read, reason)
	}
	if err := p.flush(); err != nil {
		return err
	}
	fallback := p.pathMetadata()
	if p.several {
		fallback.page = strconv.Itoa(read.Page) // a page in the file's name would apply to every page
	}
	return p.deliverPage(read.Result, fallback, read.Page)
}

// firstTexts returns the texts of articles, as many as legible.Check looks at.
func firstTexts(articles []news.Article) []string {
	var texts []string
	for i := range articles {
		texts = append(texts, articles[i].Title)
		for k := range articles[i].Paragraphs {
			const enough = 100
			if len(texts) < enough {
				texts = append(texts, articles[i].Paragraphs[k].Text)
			}
		}
	}
	return texts
}

// numbers matches what may differ in the errors of pages for the same reason.
var numbers = regexp.MustCompile(`\d+`)

// broken notes an error of pages, and rejects those before if they had another one.
func (p *pdfPages) broken(read pdf.Reading, reason string) error {
	last := max(read.Page, read.Last)
	same := numbers.ReplaceAllString(reason, "") == numbers.ReplaceAllString(p.reason, "")
	if p.first > 0 && same && read.Page <= p.last+1 {
		p.last = max(p.last, last)
		return nil
	}
	if err := p.flush(); err != nil {
		return err
	}
	p.first, p.last, p.reason = read.Page, last, reason
	return nil
}

// flush rejects the pages that had the same error.
func (p *pdfPages) flush() error {
	first, last := p.first, p.last
	p.first = 0
	switch {
	case first == 0:
		return nil
	case first == last:
		return p.reject(first, fmt.Sprintf("page %d: %s", first, p.reason))
	}
	return p.reject(first, fmt.Sprintf("pages %d to %d: %s", first, last, p.reason))
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

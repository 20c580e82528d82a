package source

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"xunwen/internal/source/charset"
	"xunwen/internal/source/glyph"
	"xunwen/internal/source/legible"
	"xunwen/internal/source/page"
)

// newspaper reads an input as one newspaper page. If its archive is truncated the
// whole page is rejected: nothing shows which articles are complete.
func (r *fileReader) newspaper(ctx context.Context, s *stream) error {
	text, reason, line := r.wholeText(s, maxPage, oneSheet)
	if err := ctx.Err(); err != nil {
		return err
	}
	if reason != "" {
		return r.reject(line, reason)
	}
	if reason := tooManyLines(text); reason != "" {
		return r.reject(1, reason)
	}
	result, err := page.Parse(text)
	if err := r.explain(result, 0); err != nil {
		return err
	}
	var none *page.NoArticleError
	if err != nil {
		if reason := legible.Check(text); reason != "" {
			return r.reject(1, reason)
		}
	}
	switch {
	case errors.As(err, &none):
		return r.reject(none.Line, "no article on the page: "+none.Reason)
	case err != nil:
		return r.reject(1, err.Error())
	}
	return r.deliverPage(result, r.pathMetadata(), 1)
}

// explain emits the blocks of a page if they are asked for; pdfPage is its
// number in a PDF of several pages, else 0.
func (r *fileReader) explain(result page.Result, pdfPage int) error {
	if !r.opts.Explain || len(result.Blocks) == 0 {
		return nil
	}
	return r.emit(Event{File: r.in.Path, Blocks: result.Blocks, BlocksPage: pdfPage})
}

// deliverPage delivers the articles of one page. What the page states takes
// precedence over its path.
func (r *fileReader) deliverPage(result page.Result, fallback pathMetadata, line int) error {
	fallback.publication = cmp.Or(result.Furniture.Publication, fallback.publication)
	fallback.date = cmp.Or(r.believed(result.Furniture.Date), fallback.date)
	fallback.page = cmp.Or(result.Furniture.Page, fallback.page)
	for i := range result.Articles {
		a := &result.Articles[i]
		a.ID = "" // it depends on what is filled in now
		a.PageName = cmp.Or(a.PageName, result.Furniture.PageName)
		if err := r.deliver(a, fallback, line); err != nil {
			return err
		}
	}
	return nil
}

// wholeText reads a whole text of at most max bytes, or returns why it can't be read and on
// which line. what says why texts are smaller.
// NUL means nothing in a text, and removing it would join its neighbours: it
// becomes a space.
func (r *fileReader) wholeText(s *stream, max int64, what string) (text, reason string, line int) {
	raw, err := io.ReadAll(io.LimitReader(s, max+1))
	switch {
	case err != nil:
		return "", s.readError(err), 1 + bytes.Count(raw, []byte("\n"))
	case int64(len(raw)) > max:
		return "", fmt.Sprintf("larger than %d MiB: %s", max>>20, what), 1
	}
	text, err = charset.Text(raw, r.opts.Encoding)
	var bad *charset.Error
	if errors.As(err, &bad) && bad.Cut > 0 && r.format == Feed { // of which the beginning is read
		text, err = charset.Text(raw[:bad.Cut], r.opts.Encoding)
	}
	switch {
	case errors.As(err, &bad):
		return "", err.Error(), bad.Line
	case err != nil:
		return "", err.Error(), 1
	}
	text, n := glyph.Clean(strings.ReplaceAll(text, "\x00", " "))
	if n.Private > utf8.RuneCountInString(text)/2 {
		return "", "most characters are private to a font (U+E000 and above): export the page as Unicode", 1
	}
	return text, "", 0
}

package pdf

import (
	"context"
	"errors"

	"xunwen/internal/source/page"
)

// ErrNoText reports that a page has no text, only pictures.
var ErrNoText = errors.New("no text: a scan, or type drawn as curves; run it through OCR first")

// Page reads page i, counted from 0, as one newspaper page. The error is
// ErrNoText, a *page.NoArticleError, or says what is broken.
func (d *Document) Page(ctx context.Context, i int) (page.Result, error) {
	glyphs, err := d.glyphs(ctx, i)
	if err != nil {
		return page.Result{}, err
	}
	if len(glyphs) == 0 {
		return page.Result{}, ErrNoText
	}
	return page.Compose(Arrange(glyphs))
}

package source

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"

	"xunwen/internal/news"
	"xunwen/internal/source/charset"
	"xunwen/internal/source/html"
)

// webPage is what an archive of web pages says of one.
type webPage struct{ url, charset string }

// html reads an input as one web page, which has one article. If its archive is
// truncated it is rejected: nothing shows whether the article is complete.
func (r *fileReader) html(ctx context.Context, s *stream) error {
	a, reason, line := r.readWebPage(s)
	if err := ctx.Err(); err != nil {
		return err
	}
	if reason != "" {
		return r.reject(line, reason)
	}
	return r.deliver(&a, r.pathMetadata(), 1)
}

// readWebPage reads a whole page, or returns why it can't be read and on which line.
func (r *fileReader) readWebPage(s *stream) (a news.Article, reason string, line int) {
	raw, err := io.ReadAll(io.LimitReader(s, html.MaxPage+1))
	switch {
	case err != nil:
		return a, s.readError(err), 1 + bytes.Count(raw, []byte("\n"))
	case len(raw) > html.MaxPage:
		return a, fmt.Sprintf("larger than %d MiB: not a web page", html.MaxPage>>20), 1
	}
	saved := html.Saved{Page: raw}
	if html.IsSaved(raw[:min(len(raw), beginning)]) {
		if saved, err = html.Unpack(raw); err != nil {
			return a, err.Error(), 1
		}
	}
	declared := cmp.Or(saved.Charset, r.page.charset, html.DeclaredCharset(saved.Page))
	text, err := charset.Decode(saved.Page, r.opts.Encoding, declared)
	var bad *charset.Error
	switch {
	case errors.As(err, &bad):
		return a, err.Error(), bad.Line
	case err != nil:
		return a, err.Error(), 1
	}
	a, err = html.Parse(text)
	var none *html.NoArticleError
	switch {
	case errors.As(err, &none):
		return a, "no article on the page: " + none.Reason, 1
	case err != nil:
		return a, err.Error(), 1
	}
	if html.IsAddress(saved.URL) {
		a.URL = cmp.Or(a.URL, saved.URL)
	}
	if html.IsAddress(r.page.url) {
		a.URL = cmp.Or(a.URL, r.page.url)
	}
	return a, "", 0
}

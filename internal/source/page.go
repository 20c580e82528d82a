package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"xunwen/internal/source/charset"
	"xunwen/internal/source/glyph"
	"xunwen/internal/source/page"
)

// maxPage bounds what is read as one newspaper page. A full page of print is
// some 40 KB; a text of this size is no page, and the layout is found out with
// all of it in memory.
const maxPage = 16 << 20

// page reads one input as one newspaper page. A page is read as a whole: where
// its archive breaks off, nothing says which articles are complete.
func (r *reading) page(s *stream) error {
	text, reason, line := r.pageText(s)
	if r.ctx.Err() != nil {
		return r.ctx.Err()
	}
	if reason != "" {
		r.refuse(line, reason)
		return nil
	}
	result, err := page.Parse(text)
	if r.opts.Explain != nil {
		r.opts.Explain(r.in.Path, result.Blocks)
	}
	var none *page.NoArticleError
	switch {
	case errors.As(err, &none):
		r.refuse(none.Line, "no article on the page: "+none.Reason)
		return nil
	case err != nil:
		r.refuse(1, err.Error())
		return nil
	}
	return r.sheet(result, r.place(), 1)
}

// pageText reads a whole page, or says why not and on which line. NUL stands
// for nothing in a text and would join what it parts: it becomes a blank.
func (r *reading) pageText(s *stream) (text, reason string, line int) {
	raw, err := io.ReadAll(io.LimitReader(s, maxPage+1))
	switch {
	case err != nil:
		return "", s.readError(err), 1 + bytes.Count(raw, []byte("\n"))
	case len(raw) > maxPage:
		return "", fmt.Sprintf("larger than %d MB: a page is one sheet of a newspaper", maxPage>>20), 1
	}
	text, err = charset.Text(raw, r.opts.Encoding)
	var bad *charset.Error
	switch {
	case errors.As(err, &bad):
		return "", err.Error(), bad.Line
	case err != nil:
		return "", err.Error(), 1
	}
	text, n := glyph.Clean(strings.ReplaceAll(text, "\x00", " "))
	if n.Private > utf8.RuneCountInString(text)/2 {
		return "", "no text but characters of a font's own (U+E000 and on): export the page as Unicode", 1
	}
	return text, "", 0
}

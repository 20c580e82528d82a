package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"xunwen/internal/source/page"
)

// maxPage bounds what is read as one newspaper page. A full page of print is
// some 40 KB; a text of this size is no page, and the layout is found out with
// all of it in memory.
const maxPage = 16 << 20

// page reads one input as one newspaper page. A page is read as a whole: where
// its archive breaks off, nothing says which articles are complete.
func (r *reading) page(s *stream) error {
	text, reason, line := pageText(s)
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
func pageText(s *stream) (text, reason string, line int) {
	raw, err := io.ReadAll(io.LimitReader(s, maxPage+1))
	switch {
	case err != nil:
		return "", s.readError(err), 1 + bytes.Count(raw, []byte("\n"))
	case len(raw) > maxPage:
		return "", fmt.Sprintf("larger than %d MB: a page is one sheet of a newspaper", maxPage>>20), 1
	}
	if at := firstInvalid(raw); at >= 0 {
		return "", fmt.Sprintf("not UTF-8 (byte 0x%02x): convert it to UTF-8", raw[at]), 1 + bytes.Count(raw[:at], []byte("\n"))
	}
	return string(bytes.ReplaceAll(raw, []byte{0}, []byte(" "))), "", 0
}

// firstInvalid is the place of the first byte that is not UTF-8, or -1.
func firstInvalid(text []byte) int {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

package webarchive

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"iter"
	"mime"
	"net/http"
	"net/http/httputil"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/nlnwa/gowarc/v3"

	"xunwen/internal/source/archive"
)

// maxPage bounds a page in bytes, before and after decompression.
const maxPage = 40 << 20

// Page is a web page or PDF of an archive.
type Page struct {
	URL     string
	Charset string // that the server named, or ""
	Body    []byte
}

// PageError is the error of one page; those after it can be read.
type PageError struct {
	URL    string
	Reason error
}

func (e *PageError) Error() string { return fmt.Sprintf("%s: %v", e.URL, e.Reason) }
func (e *PageError) Unwrap() error { return e.Reason }

// Is reports whether a file begins like a WARC file.
func Is(head []byte) bool { return bytes.HasPrefix(bytes.TrimLeft(head, "\r\n \t"), []byte("WARC/")) }

// Pages yields the pages that servers answered with; requests, pictures, scripts, redirections
// and what wasn't found are passed over. An error that is no *PageError ends them.
// What compressed pages expand to counts in the budget.
func Pages(in io.Reader, budget *archive.Budget) iter.Seq2[Page, error] {
	return func(yield func(Page, error) bool) {
		r, err := gowarc.NewWarcFileReaderFromStream(struct{ io.Reader }{in}, 0,
			gowarc.WithSyntaxErrorPolicy(gowarc.ErrIgnore), gowarc.WithUnknownRecordTypePolicy(gowarc.ErrIgnore),
			gowarc.WithSpecViolationPolicy(gowarc.ErrWarn), // with ErrIgnore no block can be read
			gowarc.WithSkipParseBlock(), gowarc.WithBufferMaxMemBytes(maxPage))
		if err != nil {
			yield(Page{}, err)
			return
		}
		defer r.Close() // it was only read
		for {
			record, err := r.Next()
			if err == io.EOF && record.Size <= int64(len("\r\n\r\n")) {
				return // what is left is no beginning of a record
			}
			if err != nil {
				yield(Page{}, err)
				return
			}
			if isCut(record.Validation) || !record.WarcRecord.WarcHeader().Has(gowarc.ContentLength) {
				yield(Page{}, errors.Join(io.ErrUnexpectedEOF, record.WarcRecord.Close()))
				return
			}
			page, ok, err := read(record.WarcRecord, budget)
			closeErr := record.WarcRecord.Close()
			switch {
			case err != nil && !yield(page, &PageError{page.URL, err}):
				return
			case ok && err == nil && !yield(page, nil):
				return
			case closeErr != nil:
				yield(Page{}, closeErr)
				return
			}
		}
	}
}

// isCut reports whether a record is shorter than it says.
func isCut(validation []error) bool {
	return slices.ContainsFunc(validation, func(err error) bool {
		var length *gowarc.ContentLengthError
		return errors.As(err, &length) && length.Actual < length.Expected
	})
}

var errLarge = fmt.Errorf("larger than %d MiB: not a web page", maxPage>>20)

// read returns the page of a record; ok is false if it has none.
func read(record gowarc.WarcRecord, budget *archive.Budget) (page Page, ok bool, err error) {
	kind := record.Type()
	if kind != gowarc.Response && kind != gowarc.Resource {
		return page, false, nil
	}
	page.URL = strings.ToValidUTF8(strings.Trim(record.WarcHeader().Get(gowarc.WarcTargetURI), "<>"), "\uFFFD")
	block, err := record.Block().RawBytes()
	if err != nil {
		return page, true, err
	}
	contentType := record.WarcHeader().Get(gowarc.ContentType)
	if kind == gowarc.Resource {
		if !isPage(contentType) {
			return page, false, nil
		}
		page.Charset = charsetOf(contentType)
		page.Body, err = limited(block)
		return page, true, err
	}
	if !strings.HasPrefix(contentType, "application/http") {
		return page, false, nil // an answer of DNS
	}
	return page.answer(block, budget)
}

// answer reads an answer of a server.
func (p Page) answer(block io.Reader, budget *archive.Budget) (Page, bool, error) {
	b := bufio.NewReader(block)
	head, err := http.ReadResponse(b, nil)
	if err != nil {
		return p, false, nil // not HTTP: nothing tells what it is
	}
	defer head.Body.Close() // it was only read
	contentType := head.Header.Get("Content-Type")
	if head.StatusCode != http.StatusOK || !isPage(contentType) {
		return p, false, nil
	}
	p.Charset = charsetOf(contentType)
	if slices.Contains(head.TransferEncoding, "chunked") {
		p.Body, err = joined(b)
	} else {
		p.Body, err = limited(head.Body)
	}
	if err == nil || errors.Is(err, io.ErrUnexpectedEOF) && len(p.Body) > 0 {
		p.Body, err = unpack(p.Body, head.Header.Get("Content-Encoding"), budget)
	}
	return p, true, err
}

// joined returns a body that is sent in chunks. Some crawlers join them and keep the header.
func joined(in io.Reader) ([]byte, error) {
	raw, err := limited(in)
	if err != nil {
		return raw, err
	}
	body, err := io.ReadAll(httputil.NewChunkedReader(bytes.NewReader(raw)))
	if err != nil && len(body) == 0 {
		return raw, nil
	}
	return body, err
}

// unpack undoes the encodings of a body, the last first. Some crawlers did that before they wrote
// it and kept the header.
func unpack(body []byte, encodings string, budget *archive.Budget) ([]byte, error) {
	for _, encoding := range slices.Backward(strings.Split(strings.ToLower(encodings), ",")) {
		encoding = strings.TrimSpace(encoding)
		out, err := decompress(body, encoding, budget)
		switch {
		case errors.Is(err, errLarge), errors.Is(err, archive.ErrBomb), errors.Is(err, archive.ErrLarge):
			return nil, err
		case err == nil:
			body = out
		case !looksLikeText(body):
			return nil, fmt.Errorf("it can't be decompressed (%s): crawl it again", encoding)
		}
	}
	return body, nil
}

func decompress(body []byte, encoding string, budget *archive.Budget) ([]byte, error) {
	limited := func(z io.Reader) ([]byte, error) {
		return limited(budget.Reader(z, func() int64 { return int64(len(body)) }))
	}
	in := bytes.NewReader(body)
	switch encoding {
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, err
		}
		return limited(z)
	case "deflate":
		if z, err := zlib.NewReader(in); err == nil {
			return limited(z)
		}
		return limited(flate.NewReader(bytes.NewReader(body))) // as some servers understand it
	case "br":
		return limited(brotli.NewReader(in))
	case "zstd":
		z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxPage),
			zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, err
		}
		defer z.Close()
		return limited(z)
	}
	return body, nil
}

// looksLikeText reports whether a body that can't be decompressed is a page all the same.
func looksLikeText(body []byte) bool {
	head := body[:min(len(body), 1024)]
	return bytes.HasPrefix(body, []byte("%PDF-")) || bytes.IndexByte(head, '<') >= 0 && bytes.IndexByte(head, 0) < 0
}

func limited(r io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, maxPage+1))
	if err == nil && len(body) > maxPage {
		return nil, errLarge
	}
	return body, err
}

func isPage(contentType string) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		kind, _, _ = strings.Cut(contentType, ";")
	}
	switch strings.ToLower(strings.TrimSpace(kind)) {
	case "text/html", "application/xhtml+xml", "application/pdf":
		return true
	}
	return false
}

func charsetOf(contentType string) string {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return params["charset"]
}

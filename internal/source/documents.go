package source

import (
	"context"
	"errors"
	"io"

	"xunwen/internal/source/feed"
	"xunwen/internal/source/markdown"
	"xunwen/internal/source/webarchive"
)

// markdown reads an input as Markdown.
func (r *fileReader) markdown(ctx context.Context, s *stream) error {
	text, reason, line := r.wholeText(s, markdown.MaxSize, "split it into its articles")
	if err := ctx.Err(); err != nil {
		return err
	}
	if reason != "" {
		return r.reject(line, reason)
	}
	return r.records(ctx, s, markdown.Read(text, r.fields()), r.pathMetadata())
}

// feed reads an input as RSS or Atom.
func (r *fileReader) feed(ctx context.Context, s *stream) error {
	text, reason, line := r.wholeText(s, feed.MaxSize, "split the feed")
	if err := ctx.Err(); err != nil {
		return err
	}
	if reason != "" {
		return r.reject(line, reason)
	}
	return r.records(ctx, s, feed.Read(text), pathMetadata{})
}

// warc reads the web pages of an archive of them.
func (r *fileReader) warc(ctx context.Context, s *stream) error {
	if head, _ := s.head(); !webarchive.Is(head) {
		return r.reject(1, "not a WARC file: it doesn't begin like one")
	}
	pages, rejected := 0, 0
	for p, err := range webarchive.Pages(s.Reader) {
		if err := ctx.Err(); err != nil {
			return err
		}
		var bad *webarchive.PageError
		switch {
		case errors.As(err, &bad):
			rejected++
			inner := r.inside(bad.URL)
			err = inner.reject(1, bad.Reason.Error())
		case err != nil && (errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)):
			return r.reject(1, "the WARC file is truncated after "+count(pages, "page"))
		case err != nil:
			return r.reject(1, "the WARC file is damaged after "+count(pages, "page")+": "+err.Error())
		default:
			pages++
			err = r.archivedPage(ctx, p)
		}
		if err != nil {
			return err
		}
	}
	if pages+rejected == 0 {
		return r.reject(1, "no web page in the WARC file: it has none that a server answered with")
	}
	return nil
}

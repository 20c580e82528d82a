package source

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"

	"xunwen/internal/news"
	"xunwen/internal/source/feed"
	"xunwen/internal/source/field"
	"xunwen/internal/source/markdown"
	"xunwen/internal/source/plain"
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
	if tooManyHeadings(text) {
		return r.reject(1, fmt.Sprintf("more than %d headings: split it into its articles", maxHeadings))
	}
	return r.records(ctx, s, r.labelled(markdown.Read(text, r.fields())), r.pathMetadata())
}

// labelled takes lines of labels below the titles of articles (作者：… 时间：…) for what they say.
func (r *fileReader) labelled(records field.Records) field.Records {
	return func(yield func(field.Record, error) bool) {
		for record, err := range records {
			if a := record.Article; a != nil && a.Title != "" {
				record.Left = append(record.Left, r.takeLabels(a)...)
			}
			if !yield(record, err) {
				return
			}
		}
	}
}

// takeLabels takes what the first paragraphs of an article say about it, and returns the names of
// labels that are not in it.
func (r *fileReader) takeLabels(a *news.Article) (left []string) {
	fields := r.fields()
	fields.Lenient = true // what a label can be is known
	for len(a.Paragraphs) > 1 && a.Paragraphs[0].Section == "" {
		members := plain.Labels(a.Paragraphs[0].Text)
		if members == nil {
			break
		}
		text := field.Member{Name: string(field.Text), Kind: field.String, Value: a.Paragraphs[1].Text}
		found, more, err := fields.Article(append(members, text), nil)
		if err != nil || !fill(a, found) {
			break
		}
		a.Paragraphs, left = a.Paragraphs[1:], append(left, more...)
	}
	return left
}

// fill fills in what an article doesn't state. ok is false, and nothing is filled in, if it states
// something else.
func fill(a, found *news.Article) (ok bool) {
	pairs := [][2]*string{{&a.Publication, &found.Publication}, {&a.Date, &found.Date}, {&a.Page, &found.Page},
		{&a.PageName, &found.PageName}, {&a.Byline, &found.Byline}, {&a.Source, &found.Source}, {&a.URL, &found.URL}}
	for _, p := range pairs {
		if *p[0] != "" && *p[1] != "" && *p[0] != *p[1] {
			return false
		}
	}
	for _, p := range pairs {
		*p[0] = cmp.Or(*p[0], *p[1])
	}
	return true
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
	for p, err := range webarchive.Pages(s.Reader, s.spend) {
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

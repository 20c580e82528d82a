package engine

import (
	"context"
	"slices"
	"unicode/utf8"
	"unsafe"

	"xunwen/internal/news"
)

// An article can be as long as a book, or a mistake. What a request reads of one is bounded.
const (
	// hitBytes is how much of an article's texts is looked through for the snippet of a hit, the
	// best paragraphs first: twenty times what a long report has.
	hitBytes = 256 << 10
	// markedBytes is how much is looked through for all marks of a hit, and for marks that depend
	// on the whole article.
	markedBytes = 1 << 20
	// textsAtOnce is how many texts are read between two looks at the context.
	textsAtOnce = 256
)

// outline reads articles of which only some texts are needed. It is not for concurrent use.
type outline struct {
	Outlines
	buffer []byte // of a text
}

func (sn *snapshot) outline() *outline { return &outline{Outlines: sn.records.Outlines()} }

// text returns the first bytes, at most so many, of the text of a paragraph, from 1, of the
// article that was opened last. It is valid until the next call.
func (o *outline) text(n, most int) (string, error) {
	var err error
	o.buffer, err = o.AppendText(o.buffer[:0], n-1, most)
	return beginningOf(unsafe.String(unsafe.SliceData(o.buffer), len(o.buffer)), most), err
}

// read adds the texts to an article that was opened last: their first bytes, at most so many.
func (o *outline) read(ctx context.Context, a *news.Article, most int) error {
	a.Paragraphs = slices.Clone(a.Paragraphs)
	o.buffer = o.buffer[:0]
	ends := make([]int, len(a.Paragraphs))
	for i := range ends {
		if i%textsAtOnce == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if left := most - len(o.buffer); left > 0 {
			var err error
			if o.buffer, err = o.AppendText(o.buffer, i, left); err != nil {
				return err
			}
		}
		ends[i] = len(o.buffer)
	}
	all, start := string(o.buffer), 0
	for i, end := range ends {
		a.Paragraphs[i].Text = beginningOf(all[start:end], max(0, most-start))
		start = end
	}
	return nil
}

// openingBytes are more than an opening has, unless there is much white space in it; no opening
// has more than maxOpeningBytes before it.
const (
	openingBytes    = 200
	maxOpeningBytes = 64 << 10
)

// opening returns how the article that was opened last begins, "" if it has a heading: at most a
// line.
func (o *outline) opening(a *news.Article) (string, error) {
	if title, _, _ := a.Headings(); title != "" {
		return "", nil
	}
	left := maxOpeningBytes
	for n := range a.Paragraphs {
		text, err := o.text(n+1, openingBytes)
		if err != nil {
			return "", err
		}
		opening, cut := news.Opening(text)
		if !cut {
			if text, err = o.text(n+1, left); err != nil {
				return "", err
			}
			opening, _ = news.Opening(text)
		}
		if left -= len(text); opening != "" || left <= 0 {
			return opening, nil
		}
	}
	return "", nil
}

// beginningOf returns a text without what follows its first bytes, at most so many, and without
// a part of a character at its end.
func beginningOf(text string, most int) string {
	if len(text) <= most {
		return text
	}
	text = text[:most]
	for range utf8.UTFMax - 1 {
		if r, size := utf8.DecodeLastRuneInString(text); r != utf8.RuneError || size != 1 {
			break
		}
		text = text[:len(text)-1]
	}
	return text
}

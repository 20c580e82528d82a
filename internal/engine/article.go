package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/snippet"
)

// Article implements search.Engine.
func (e *Engine) Article(ctx context.Context, r search.ArticleRequest) (search.MarkedArticle, error) {
	number, err := e.number(r.ID)
	if err != nil {
		return search.MarkedArticle{}, err
	}
	m, err := e.article(ctx, number, r)
	if err != nil {
		return search.MarkedArticle{}, fmt.Errorf("article %s of %s: %w", r.ID, e.name, err)
	}
	return m, nil
}

func (e *Engine) article(ctx context.Context, number uint32, r search.ArticleRequest) (search.MarkedArticle, error) {
	p, err := compile(r.Query, e.index.segmenter, r.Match)
	if err != nil {
		return search.MarkedArticle{}, err
	}
	// Merged marks don't show what a unit weighs.
	marks := newHighlighter(p, e.index.segmenter, search.ByArticle, func(unit) float64 { return 1 })
	m, err := e.text(ctx, number, r, marks)
	if err != nil {
		return search.MarkedArticle{}, err
	}
	a := &m.Article
	m.Title, m.Kicker, m.Subtitle = marks.title(a.Title), marks.title(a.Kicker), marks.title(a.Subtitle)
	m.Byline = marks.byline(a.Byline)
	m.Sections, m.Paragraphs = make([][]search.Span, len(a.Paragraphs)), make([][]search.Span, len(a.Paragraphs))
	for i, p := range a.Paragraphs {
		if err := ctx.Err(); err != nil {
			return search.MarkedArticle{}, err
		}
		m.Sections[i] = marks.section(p.Section)
		m.Paragraphs[i] = snippet.Merge(marks.paragraph(m.First.Paragraph+i, p.Text))
	}
	return m, ctx.Err()
}

// text returns an article with the part of its text that is wanted, without marks, and begins
// it in marks.
func (e *Engine) text(
	ctx context.Context, number uint32, r search.ArticleRequest, marks *highlighter,
) (search.MarkedArticle, error) {
	m := search.MarkedArticle{Generation: e.name, First: search.Position{Paragraph: 1}}
	if r.Bytes == 0 {
		var err error
		m.Article, err = e.index.records.Get(int(number))
		marks.begin(&m.Article)
		return m, err
	}
	o := e.index.outline()
	a, err := o.Open(int(number))
	if err != nil {
		return m, err
	}
	if len(marks.begins) > 0 {
		if err := o.read(ctx, &a, markedBytes); err != nil {
			return m, err
		}
	}
	marks.begin(&a)
	m.Article = a
	m.Article.Paragraphs, m.Next, err = o.part(ctx, &a, m.First, r.Bytes)
	if err == nil && m.Next != (search.Position{}) && !r.From.Before(m.Next) {
		m.First = search.Position{Paragraph: min(r.From.Paragraph, len(a.Paragraphs)), Byte: r.From.Byte}
		m.Article.Paragraphs, m.Next, err = o.part(ctx, &a, m.First, r.Bytes)
	}
	return m, err
}

// part returns the paragraphs of the article that was opened last from a position on, with about
// so many bytes of text, and where the rest begins: zero if there is none. A paragraph is
// divided only if it is longer than that.
func (o *outline) part(
	ctx context.Context, a *news.Article, from search.Position, bytes int,
) (out []news.Paragraph, next search.Position, err error) {
	left := bytes
	for n := from.Paragraph; n <= len(a.Paragraphs); n++ {
		if err := ctx.Err(); err != nil {
			return nil, next, err
		}
		begin := 0
		if n == from.Paragraph {
			begin = from.Byte
		}
		text, err := o.text(n, begin+bytes+utf8.UTFMax)
		if err != nil {
			return nil, next, err
		}
		for begin > 0 && begin < len(text) && !utf8.RuneStart(text[begin]) {
			begin++
		}
		text = text[min(begin, len(text)):]
		isLong := len(text) > bytes
		switch {
		case len(out) > 0 && len(text) > left && (!isLong || left < bytes/2):
			return out, search.Position{Paragraph: n}, nil
		case isLong:
			text = beginningOf(text, left)
		}
		p := a.Paragraphs[n-1]
		p.Text = strings.Clone(text)
		out = append(out, p)
		if isLong {
			return out, search.Position{Paragraph: n, Byte: begin + len(text)}, nil
		}
		if left -= len(text); len(out) == partParagraphs && n < len(a.Paragraphs) {
			return out, search.Position{Paragraph: n + 1}, nil
		}
	}
	return slices.Clip(out), search.Position{}, nil
}

// partParagraphs is how many paragraphs a part has at most: each takes room on a page, however
// short it is.
const partParagraphs = 1000

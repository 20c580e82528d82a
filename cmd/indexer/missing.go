package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/dustin/go-humanize"

	"xunwen/internal/news"
	"xunwen/internal/source"
)

// missing counts the articles of each format that lack a date, a title or a text.
type missing []missingIn

// missingIn is a line of the summary.
type missingIn struct {
	Format   source.Format `json:"format"`
	Articles int           `json:"articles"`
	NoDate   int           `json:"no_date"`
	NoTitle  int           `json:"no_title"`
	NoText   int           `json:"no_text"`
}

func (m *missing) add(format source.Format, a *news.Article) {
	at, found := slices.BinarySearchFunc(*m, format, func(in missingIn, f source.Format) int {
		return cmp.Compare(in.Format, f)
	})
	if !found {
		*m = slices.Insert(*m, at, missingIn{Format: format})
	}
	in := &(*m)[at]
	in.Articles++
	if a.Date == "" {
		in.NoDate++
	}
	if a.Title == "" {
		in.NoTitle++
	}
	if len(a.Paragraphs) == 0 {
		in.NoText++
	}
}

// String returns the numbers as a person reads them: 61 articles, 2 without date.
func (in missingIn) String() string {
	text := humanize.Comma(int64(in.Articles))
	for _, part := range []struct {
		n    int
		what string
	}{{in.NoDate, "date"}, {in.NoTitle, "title"}, {in.NoText, "text"}} {
		if part.n > 0 {
			text += fmt.Sprintf(", %s without %s", humanize.Comma(int64(part.n)), part.what)
		}
	}
	return text
}

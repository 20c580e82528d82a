package feed

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/mmcdole/gofeed"

	"xunwen/internal/news"
	"xunwen/internal/source/markup"
)

// MaxSize bounds a feed in bytes. A parser of feeds has the whole in memory; a feed of a site
// has tens of articles.
const MaxSize = 64 << 20

// mark matches the first element of a feed, after declarations and comments.
var mark = regexp.MustCompile(
	`(?is)^(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!doctype[^>]*>\s*)*<(?:rss|feed|rdf:RDF|channel)[\s>]`)

// Is reports whether a text begins like a feed.
func Is(head []byte) bool { return mark.Match(head) }

// declaration is that of the encoding, which the text no longer has.
var declaration = regexp.MustCompile(`^\s*<\?xml[^>]*\?>`)

// sure is the confidence of an article: its parts are marked, but some feeds have beginnings of
// articles only.
const (
	sure    = 1
	outline = 0.6
)

// Read returns the articles of a feed, each with the number of its line. What is no article is
// returned as an error per item.
func Read(text string) ([]news.Article, []error, error) {
	f, err := gofeed.NewParser().ParseString(declaration.ReplaceAllString(text, ""))
	if err != nil {
		return nil, nil, fmt.Errorf("broken feed: %w", err)
	}
	if len(f.Items) == 0 {
		return nil, nil, errors.New("the feed has no items")
	}
	var all []news.Article
	var bad []error
	for i, item := range f.Items {
		a := article(f, item)
		if len(a.Paragraphs) == 0 && a.Title == "" {
			bad = append(bad, fmt.Errorf("item %d: neither title nor text", i+1))
			continue
		}
		all = append(all, a)
	}
	return all, bad, nil
}

func article(f *gofeed.Feed, item *gofeed.Item) news.Article {
	a := news.Article{
		Publication: markup.Line(f.Title), Title: markup.Line(item.Title), URL: item.Link,
		Date: item.Published, Confidence: sure,
	}
	if a.Date == "" {
		a.Date = item.Updated
	}
	if item.PublishedParsed != nil && !isDay(a.Date) {
		a.Date = item.PublishedParsed.Format("2006-01-02T15:04:05Z07:00")
	}
	if len(item.Categories) > 0 {
		a.PageName = item.Categories[0]
	}
	var authors []string
	for _, p := range item.Authors {
		authors = append(authors, strings.TrimSpace(p.Name))
	}
	a.Byline = strings.Join(authors, "、")
	a.Paragraphs = markup.Text(item.Content)
	if len(a.Paragraphs) == 0 {
		a.Paragraphs = markup.Text(item.Description)
		if isOutline(a.Paragraphs) {
			a.Confidence = outline
		}
	}
	return a
}

// isDay reports whether a date is one that article records can have.
func isDay(text string) bool {
	_, err := news.Day(text)
	return err == nil
}

// isOutline reports whether a description is only the beginning of an article.
func isOutline(paragraphs []news.Paragraph) bool {
	if len(paragraphs) != 1 {
		return len(paragraphs) == 0
	}
	text := strings.TrimRight(paragraphs[0].Text, " 　")
	return strings.HasSuffix(text, "…") || strings.HasSuffix(text, "...") || strings.HasSuffix(text, "[…]")
}

package feed

import (
	"regexp"
	"slices"
	"strings"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/rss"

	"xunwen/internal/news"
	"xunwen/internal/source/field"
	"xunwen/internal/source/markup"
	"xunwen/internal/textnorm"
)

// sure is the confidence of an article: its parts are marked, but some feeds have beginnings of
// articles only.
const (
	sure    = 1
	outline = 0.6
)

// sourceName is how translator calls the source of an item among its other elements.
const sourceName = "source"

// translator keeps the source of an item, which gofeed's own leaves out.
type translator struct{ gofeed.DefaultRSSTranslator }

// Translate implements gofeed.Translator.
func (t *translator) Translate(from any) (*gofeed.Feed, error) {
	t.DisableContentImageScan = true
	f, err := t.DefaultRSSTranslator.Translate(from)
	channel, ok := from.(*rss.Feed)
	if err != nil || !ok {
		return f, err
	}
	for i, item := range channel.Items {
		if item.Source == nil || i >= len(f.Items) {
			continue
		}
		if f.Items[i].Custom == nil {
			f.Items[i].Custom = map[string]string{}
		}
		f.Items[i].Custom[sourceName] = item.Source.Title
	}
	return f, nil
}

// numbersOnly matches dates of which nobody knows whether the day or the month is first.
var numbersOnly = regexp.MustCompile(`^\s*\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b`)

// record returns the article of an item. Texts that are in other elements are left out of it.
func record(f *gofeed.Feed, item *gofeed.Item) field.Record {
	a := &news.Article{
		Publication: markup.Line(f.Title), Title: markup.Line(item.Title), URL: item.Link,
		Date: item.Published, Confidence: sure, Source: item.Custom[sourceName],
	}
	if a.Date == "" {
		a.Date = item.Updated
	}
	if item.PublishedParsed != nil && !isDay(a.Date) && !numbersOnly.MatchString(a.Date) {
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
	if dc := item.DublinCoreExt; dc != nil && a.Source == "" && len(dc.Source) > 0 {
		a.Source = dc.Source[0]
	}
	text := item.Content
	if a.Paragraphs = markup.Text(text); len(a.Paragraphs) == 0 {
		text = item.Description
		if a.Paragraphs = markup.Text(text); isOutline(a.Paragraphs) {
			a.Confidence = outline
		}
	}
	kept := strings.Join([]string{a.Publication, item.Title, a.PageName, a.Byline, a.Source, text}, "\n")
	return field.Record{Article: a, Left: leftOut(item, kept)}
}

// leftOut returns the names of elements with a Chinese text that is not in the article.
func leftOut(item *gofeed.Item, kept string) []string {
	var left []string
	add := func(name, value string) {
		value = strings.TrimSpace(value)
		if strings.IndexFunc(value, textnorm.IsHan) >= 0 && !strings.Contains(kept, value) {
			left = append(left, name)
		}
	}
	add("description", item.Description)
	for _, c := range item.Categories {
		add("category", c)
	}
	for name, value := range item.Custom {
		add(name, value)
	}
	for prefix, elements := range item.Extensions {
		for name, values := range elements {
			for _, v := range values {
				add(prefix+":"+name, v.Value)
			}
		}
	}
	slices.Sort(left)
	return slices.Compact(left)
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

package page

import (
	"cmp"
	"strings"
	"time"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/wording"
)

// richText is text of the page with text from newspapers and readers in it, which
// is Chinese whatever the language of the page.
type richText []run

// run is a part of a richText in one language.
type run struct {
	Text    string
	Printed bool // by a newspaper, or written by a reader
}

// uiText returns text of the page, nil if it is blank.
func uiText(text string) richText { return newRichText(text, false) }

// sourceText returns text from a newspaper or a reader, nil if it is blank.
func sourceText(text string) richText { return newRichText(text, true) }

func newRichText(text string, printed bool) richText {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	return richText{{text, printed}}
}

// interpolate inserts source text at the slot of a text of the page.
func interpolate(words, text string) richText {
	return insert(words, sourceText(text))
}

// interpolate2 inserts source texts at the two slots of a text of the page.
func interpolate2(words, first, second string) richText {
	before, after, _ := strings.Cut(words, wording.Slot)
	return join("", uiText(before), sourceText(first), interpolate(after, second))
}

// insert inserts a text at the slot of a text of the page.
func insert(words string, text richText) richText {
	before, after, _ := strings.Cut(words, wording.Slot)
	return join("", uiText(before), text, uiText(after))
}

// join concatenates the texts that are not empty, with a separator.
func join(between string, parts ...richText) richText {
	var out richText
	for _, p := range nonEmpty(parts...) {
		if len(out) > 0 && between != "" {
			out = append(out, run{Text: between})
		}
		out = append(out, p...)
	}
	return out
}

// nonEmpty returns the texts that are not empty.
func nonEmpty(phrases ...richText) []richText {
	var out []richText
	for _, p := range phrases {
		if len(p) > 0 {
			out = append(out, p)
		}
	}
	return out
}

// plain returns the text without markup, as for a title.
func (p richText) plain() string {
	var b strings.Builder
	for _, r := range p {
		b.WriteString(r.Text)
	}
	return b.String()
}

// hitCount returns the number of hits in words.
func hitCount(w *wording.Words, total int, relation search.Relation, by search.By) string {
	return w.Found(total, by == search.ByParagraph, relation == search.Gte)
}

// pageWords names a page of a newspaper: 第5版 国际, A03版.
func pageWords(w *wording.Words, page, name string) richText {
	return join(" ", uiText(w.Page(page)), sourceText(name))
}

// longDate formats a day for running text. An invalid date is returned as it is.
func longDate(w *wording.Words, date string) string {
	t, err := time.Parse(news.DateLayout, date)
	if err != nil {
		return date
	}
	return w.Day(t)
}

// kindWords names a kind of paragraph, "" for ordinary text.
func kindWords(w *wording.Words, k news.Kind) string {
	switch k {
	case news.Caption:
		return w.Filters.Caption
	case news.Table:
		return w.Filters.Table
	}
	return ""
}

// heading returns the headings of an article as they are displayed, with a
// placeholder for the title if the article has none.
func heading(w *wording.Words, a news.Article) (title, kicker, subtitle string) {
	title, kicker, subtitle = a.Headings()
	return cmp.Or(title, w.Site.Untitled), kicker, subtitle
}

// listHeading returns how a list shows a hit: its title, or else the beginning of
// its text, and its kicker.
func listHeading(w *wording.Words, h search.Hit) (title, kicker string) {
	title, kicker, _ = heading(w, h.Article)
	return cmp.Or(h.Opening, title), kicker
}

// nonBlank returns the strings that are not blank.
func nonBlank(words ...string) []string {
	var out []string
	for _, w := range words {
		if strings.TrimSpace(w) != "" {
			out = append(out, w)
		}
	}
	return out
}

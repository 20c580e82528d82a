package page

import (
	"cmp"
	"strings"
	"time"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/wording"
)

// richText is something to read: words of the page, and in it what newspapers
// printed and readers wrote, which is Chinese whatever language the page is in.
type richText []run

type run struct {
	Text    string
	Printed bool
}

// uiText and printed make a phrase of one run; of "" they make none.
func uiText(words string) richText { return newRichText(words, false) }

func sourceText(text string) richText { return newRichText(text, true) }

func newRichText(text string, isPrinted bool) richText {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	return richText{{text, isPrinted}}
}

// interpolate puts what was printed into words that have a place for it.
func interpolate(words, text string) richText {
	before, after, _ := strings.Cut(words, wording.Slot)
	return join("", uiText(before), sourceText(text), uiText(after))
}

// join puts phrases together, with words between those that say something.
func join(between string, parts ...richText) richText {
	var out richText
	for _, p := range present(parts...) {
		if len(out) > 0 && between != "" {
			out = append(out, run{Text: between})
		}
		out = append(out, p...)
	}
	return out
}

// present returns the phrases that say something.
func present(phrases ...richText) []richText {
	var out []richText
	for _, p := range phrases {
		if len(p) > 0 {
			out = append(out, p)
		}
	}
	return out
}

// plain is a phrase where no language can be told, as in a title.
func (p richText) plain() string {
	var b strings.Builder
	for _, r := range p {
		b.WriteString(r.Text)
	}
	return b.String()
}

// found says how many hits there are.
func found(w *wording.Words, total int, relation search.Relation, by search.By) string {
	return w.Found(total, by == search.ByParagraph, relation == search.Gte)
}

// pageWords names a newspaper's page: 第5版 国际, A03版.
func pageWords(w *wording.Words, page, name string) richText {
	return join(" ", uiText(w.Page(page)), sourceText(name))
}

// longDate writes a day as texts do. What is no day stays.
func longDate(w *wording.Words, date string) string {
	t, err := time.Parse(news.DateLayout, date)
	if err != nil {
		return date
	}
	return w.Day(t)
}

// kindWords names the kinds of paragraph that are worth naming.
func kindWords(w *wording.Words, k news.Kind) string {
	switch k {
	case news.Caption:
		return w.Filters.Caption
	case news.Table:
		return w.Filters.Table
	}
	return ""
}

// heading returns the headings of an article as they are displayed, with words
// for a title where nothing was printed above the text.
func heading(w *wording.Words, a news.Article) (title, kicker, subtitle string) {
	title, kicker, subtitle = a.Headings()
	return cmp.Or(title, w.Site.Untitled), kicker, subtitle
}

// listed is what a hit is called in a list, its heading or how it begins, and
// what stands above that.
func listed(w *wording.Words, h search.Hit) (title, kicker string) {
	title, kicker, _ = heading(w, h.Article)
	return cmp.Or(h.Opening, title), kicker
}

// filled returns the words that are not empty.
func filled(words ...string) []string {
	var out []string
	for _, w := range words {
		if strings.TrimSpace(w) != "" {
			out = append(out, w)
		}
	}
	return out
}

package server

import (
	"cmp"
	"strings"
	"time"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/wording"
)

// phrase is something to read: words of the page, and in it what newspapers
// printed and readers wrote, which is Chinese whatever language the page is in.
type phrase []run

type run struct {
	Text    string
	Printed bool
}

// said and printed make a phrase of one run; of "" they make none.
func said(words string) phrase   { return newPhrase(words, false) }
func printed(text string) phrase { return newPhrase(text, true) }

func newPhrase(text string, isPrinted bool) phrase {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	return phrase{{text, isPrinted}}
}

// inSlot puts what was printed into words that have a place for it.
func inSlot(words, text string) phrase {
	before, after, _ := strings.Cut(words, wording.Slot)
	return join("", said(before), printed(text), said(after))
}

// join puts phrases together, with words between those that say something.
func join(between string, parts ...phrase) phrase {
	var out phrase
	for _, p := range present(parts...) {
		if len(out) > 0 && between != "" {
			out = append(out, run{Text: between})
		}
		out = append(out, p...)
	}
	return out
}

// present returns the phrases that say something.
func present(phrases ...phrase) []phrase {
	var out []phrase
	for _, p := range phrases {
		if len(p) > 0 {
			out = append(out, p)
		}
	}
	return out
}

// plain is a phrase where no language can be told, as in a title.
func (p phrase) plain() string {
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
func pageWords(w *wording.Words, page, name string) phrase {
	return join(" ", said(w.Page(page)), printed(name))
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

// told is a text in the language of whoever reads it: what can be said before
// that is known.
type told func(*wording.Words) string

// toldQuery says why a query can't be understood.
func toldQuery(bad *query.Error) told {
	return func(w *wording.Words) string {
		switch bad.Code {
		case query.MissingSide:
			return w.Problems.MissingSide
		case query.Unclosed:
			return w.Problems.Unclosed
		case query.BadDate:
			return w.Problems.BadDate
		case query.OnlyExclusions:
			return w.Problems.OnlyExclusions
		case query.TooLong:
			return w.TooLong(query.MaxRunes)
		case query.TooMany:
			return w.TooMany(query.MaxOperands)
		}
		return w.Problems.Unknown
	}
}

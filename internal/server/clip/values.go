package clip

import (
	"slices"
	"unicode/utf8"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// How many bytes are shown. The longest headline of a newspaper has some 200.
const (
	lineBytes = 900 // of a title, a heading, a byline: 300 Han characters
	nameBytes = 300 // of a newspaper, a source, a page
	// addressBytes bounds an address, which is left out beyond it: cut, it would lead nowhere.
	addressBytes = 2048
	// sectionsBytes is how much of all headings in a text is shown; of the others, leastBytes each.
	sectionsBytes = 32 << 10
	leastBytes    = 60
)

const ellipsis = "…"

// cut returns at most so many bytes of a text, and an ellipsis if there is more.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most] + ellipsis
}

func line(text string) string { return cut(text, lineBytes) }

func name(text string) string { return cut(text, nameBytes) }

// whole returns the elements whose names are shown whole, so that they can be filters.
func whole[T any](all []T, name func(T) string) []T {
	return slices.DeleteFunc(slices.Clone(all), func(one T) bool { return len(name(one)) > nameBytes })
}

// article returns an article with shortened values.
func article(a news.Article) news.Article {
	for _, s := range []*string{&a.Title, &a.Kicker, &a.Subtitle, &a.Byline} {
		*s = line(*s)
	}
	for _, s := range []*string{&a.Publication, &a.Source, &a.Page, &a.PageName, &a.File} {
		*s = name(*s)
	}
	if len(a.URL) > addressBytes {
		a.URL = ""
	}
	a.Paragraphs = sections(a.Paragraphs)
	return a
}

// sections shortens the headings of paragraphs.
func sections(paragraphs []news.Paragraph) []news.Paragraph {
	out, left, before, short := slices.Clone(paragraphs), sectionsBytes, "", ""
	for i := range out {
		if section := out[i].Section; section != before {
			before, short = section, cut(section, max(leastBytes, min(lineBytes, left)))
			left -= len(short)
		}
		out[i].Section = short
	}
	return out
}

// hits returns hits with shortened values.
func hits(all []search.Hit) []search.Hit {
	out := slices.Clone(all)
	for i := range out {
		h := &out[i]
		h.Article = article(h.Article)
		h.Paragraphs = slices.Clone(h.Paragraphs)
		for k := range h.Paragraphs {
			h.Paragraphs[k].Section = line(h.Paragraphs[k].Section)
		}
		h.MarkedTexts = slices.Clone(h.MarkedTexts)
		for k := range h.MarkedTexts {
			h.MarkedTexts[k].Section = line(h.MarkedTexts[k].Section)
		}
		h.NearDuplicates = slices.Clone(h.NearDuplicates)
		for k := range h.NearDuplicates {
			h.NearDuplicates[k].Publication = name(h.NearDuplicates[k].Publication)
		}
	}
	return out
}

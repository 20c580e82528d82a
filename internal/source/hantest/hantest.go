// Package hantest checks what tests of readers require: that no Han character of an input is
// lost. It is in an article, in a name or number that is reported, or in a reject.
//
// Of this module it imports internal/news and internal/textnorm only.
package hantest

import (
	"slices"

	"xunwen/internal/news"
	"xunwen/internal/textnorm"
)

// Texts returns all texts of an article.
func Texts(a *news.Article) []string {
	all := []string{a.ID, a.Publication, a.Date, a.Page, a.PageName, a.Title, a.Kicker, a.Subtitle, a.Byline, a.Source,
		a.URL}
	section := ""
	for _, p := range a.Paragraphs {
		if p.Section != section { // it is repeated for each paragraph
			section = p.Section
			all = append(all, section)
		}
		all = append(all, p.Text)
	}
	return all
}

// Lost returns the Han characters that a text has more often than the texts
// that were made of it.
func Lost(text string, kept ...string) string {
	counts := map[rune]int{}
	for _, k := range kept {
		for _, r := range k {
			counts[r]++
		}
	}
	var lost []rune
	for _, r := range text {
		if !textnorm.IsHan(r) {
			continue
		}
		if counts[r]--; counts[r] < 0 {
			lost = append(lost, r)
		}
	}
	slices.Sort(lost)
	return string(slices.Compact(lost))
}

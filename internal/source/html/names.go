package html

import (
	"strings"
	"unicode/utf8"

	"xunwen/internal/news"
)

// names returns the names in a text, or "" if it contains anything else. An editor is
// an author only if the text says so.
func (p *webPage) names(text string) string {
	byline := likelyNames(news.Byline(placeBehind.ReplaceAllString(text, "")))
	n := utf8.RuneCountInString(byline)
	if n < 2 || n > maxByline || sameText(byline, p.title.text) {
		return ""
	}
	for name := range strings.FieldsSeq(byline) {
		if !mayBeName(name) {
			return ""
		}
	}
	return byline
}

// mayBeName reports whether a word may be a name after a label that announces one.
func mayBeName(name string) bool {
	n := utf8.RuneCountInString(name)
	switch {
	case n < 2 || n > 15 || unnamed.MatchString(name) || neverPerson.MatchString(name):
		return false
	case n > 6 && !strings.Contains(name, "·") && !isLatin(name):
		return false
	}
	return !notPerson.MatchString(name) || news.LooksLikeName(name)
}

// likelyNames cuts off what follows the first name and doesn't look like one: a duty, a
// button next to it.
func likelyNames(byline string) string {
	all := strings.Fields(byline)
	for len(all) > 1 && isDepartment(all[0]) && news.LooksLikeName(all[1]) {
		all = all[1:] // 骨科 许静
		byline = strings.Join(all, " ")
	}
	for i, name := range all {
		if i > 0 && !news.LooksLikeName(name) && !isLatin(name) {
			return strings.Join(all[:i], " ")
		}
	}
	return byline
}

func isDepartment(word string) bool {
	return partOfOffice.MatchString(word) || !news.LooksLikeName(word) && (isOffice(word) || isHouse(word))
}

// writerOfOffice returns the name in 柳河工会 周小舟, "" if the text is nothing like it.
func writerOfOffice(text string) string {
	parts := strings.Fields(strings.ReplaceAll(text, "　", " "))
	if len(parts) != 2 || !isDepartment(parts[0]) || !news.LooksLikeName(parts[1]) {
		return ""
	}
	return parts[1]
}

func isLatin(s string) bool { return len(s) == utf8.RuneCountInString(s) }

// strictNames returns the names in a text that nothing says to be one: each must look
// like a person's, and be no editor's.
func (p *webPage) strictNames(text string) string {
	byline := news.Byline(placeBehind.ReplaceAllString(text, ""))
	if p.names(text) != byline || isSentence(text) {
		return ""
	}
	for name := range strings.FieldsSeq(byline) {
		if !news.LooksLikeName(name) || notPerson.MatchString(name) || p.editors[name] {
			return ""
		}
	}
	return byline
}

package markup

import (
	"html"
	"regexp"
	"strings"

	"xunwen/internal/news"
)

var (
	tag = regexp.MustCompile(`(?i)</?(?:p|br|div|span|strong|b|em|i|u|a|img|h[1-6]|ul|ol|li|dl|dt|dd|table|tbody|` +
		`thead|tr|td|th|section|article|figure|figcaption|font|center|blockquote|pre|sup|sub|script|style|` +
		`iframe|video|hr|body|html|small|label|o:p)(?:\s[^<>]*)?/?>|<!--`)
	entity = regexp.MustCompile(`&(?:nbsp|amp|lt|gt|quot|apos|[lr][ds]quo|[mn]dash|hellip|middot|e[mn]sp|times|` +
		`#\d{2,6}|#[xX][0-9a-fA-F]{2,5});`)
)

// Is reports whether a text has tags of HTML in it.
func Is(text string) bool { return strings.IndexByte(text, '<') >= 0 && tag.MatchString(text) }

// Line returns a text in one line without its tags, and with characters for entities. A text
// with neither stays as it is.
func Line(text string) string {
	if Is(text) {
		var parts []string
		for _, p := range Paragraphs(text) {
			parts = append(parts, strings.TrimSpace(p.Section+" "+p.Text))
		}
		return strings.Join(parts, " ")
	}
	return unescape(text)
}

// unescape decodes entities; a lone & stays.
func unescape(text string) string {
	if strings.IndexByte(text, '&') < 0 {
		return text
	}
	return entity.ReplaceAllStringFunc(text, html.UnescapeString)
}

// sections are marks of XML around a text.
var sections = strings.NewReplacer("<![CDATA[", "", "]]>", "")

// Text splits a text into paragraphs: at its tags if it has any, else at its line breaks.
func Text(text string) []news.Paragraph {
	if strings.Contains(text, "<![CDATA[") {
		text = sections.Replace(text)
	}
	if Is(text) {
		return Paragraphs(text)
	}
	return Lines(unescape(text))
}

// Lines splits a text without markup at its line breaks. White space around a paragraph is
// layout and removed; white space inside stays.
func Lines(text string) []news.Paragraph {
	var out []news.Paragraph
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, news.Paragraph{Kind: news.Body, Text: line})
		}
	}
	return out
}

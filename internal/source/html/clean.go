package html

import (
	"bytes"
	"regexp"
	"unicode"
	"unicode/utf8"

	dom "golang.org/x/net/html"

	"xunwen/internal/news"
	"xunwen/internal/source/glyph"
)

// clean removes invisible characters from the texts of an article and replaces
// those that encode shapes, as for texts of pages. It returns how many of the
// characters are for private use.
func clean(a *news.Article) (private, all int) {
	each := func(texts ...*string) {
		for _, text := range texts {
			cleaned, n := glyph.Clean(*text)
			*text = cleaned
			private += n.Private
			all += utf8.RuneCountInString(cleaned)
		}
	}
	each(&a.Title, &a.Publication, &a.Source, &a.Byline)
	for i := range a.Paragraphs {
		each(&a.Paragraphs[i].Section, &a.Paragraphs[i].Text)
	}
	return private, all
}

// maxIcons is the longest text, in bytes, that is checked for icons: some
// references such as &#xe600;.
const maxIcons = 64

// iconTag matches the start of an element that shows icons: <i>, or one whose
// class says so. Icons are private-use characters in a font of their own.
var iconTag = regexp.MustCompile(`(?i)^<(?:i[\s>]|[^>]*\bclass\s*=\s*["']?[^"'>]*(?:icon|glyph|\bfa-))`)

// mayHaveIcon reports whether a text has an icon, in UTF-8 or escaped.
func mayHaveIcon(text []byte) bool {
	for _, c := range text {
		switch c {
		case '&':
			return true
		case 0xee, 0xef, 0xf3, 0xf4: // a character for private use begins with one of these
			return bytes.ContainsFunc(text, func(r rune) bool { return r == '&' || unicode.Is(unicode.Co, r) })
		}
	}
	return false
}

// isIcon reports whether text, as written after the start tag, is icons. In
// other elements such a character may be part of a name.
func isIcon(tag, text []byte) bool {
	if len(text) > maxIcons || !mayHaveIcon(text) || !iconTag.Match(tag) {
		return false
	}
	found := false
	for _, r := range dom.UnescapeString(string(text)) {
		if !isSpace(r) && !unicode.Is(unicode.Co, r) {
			return false
		}
		found = found || unicode.Is(unicode.Co, r)
	}
	return found
}

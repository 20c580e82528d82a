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

// clean writes the article's texts without what isn't seen and with characters
// for shapes, as texts of pages are. It returns how many of the characters are
// for private use.
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

// maxIcons is the text, in bytes, that is looked at for icons: some references
// such as &#xe600;.
const maxIcons = 64

// iconTag is the start of an element that shows icons: <i>, or one with a class
// that says so. They are characters for private use in a font of their own.
var iconTag = regexp.MustCompile(`(?i)^<(?:i[\s>]|[^>]*\bclass\s*=\s*["']?[^"'>]*(?:icon|glyph|\bfa-))`)

// isIcon says whether text, as it stands in the page behind the start tag, is
// icons. Within other elements such a character may be one of somebody's name.
func isIcon(tag, text []byte) bool {
	if len(text) > maxIcons || !bytes.ContainsAny(text, "&\xee\xef\xf3\xf4") || !iconTag.Match(tag) {
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

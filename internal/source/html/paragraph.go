package html

import (
	"regexp"
	"unicode/utf8"

	"xunwen/internal/news"
)

const maxSection = 30 // characters of a bold line; a heading element may have twice as many

// isSection reports whether a block is a heading within the article (小标题): a
// heading element, or a short bold line that is not a sentence.
func isSection(b block) bool {
	n := utf8.RuneCountInString(b.text)
	if b.kind == headingBlock {
		return n <= 2*maxSection
	}
	return b.kind == textBlock && b.bold && n <= maxSection && !notSection.MatchString(b.text) &&
		!reporterLine.MatchString(b.text)
}

// notSection matches sentences, introductions of a list, and signatures.
var notSection = regexp.MustCompile(`[。；：:]$|^[—-]|^\d+$`)

// articleParagraphs returns the paragraphs of an article. A heading that nothing
// follows is text: no heading ends an article.
func articleParagraphs(all []block) []news.Paragraph {
	out := make([]news.Paragraph, 0, len(all))
	section, used := "", true
	keep := func() {
		if !used {
			out = append(out, news.Paragraph{Kind: news.Body, Text: section})
		}
	}
	for _, b := range all {
		switch {
		case isCaption(b):
			out = append(out, news.Paragraph{Section: section, Kind: news.Caption, Text: b.text})
		case b.number:
			keep()
			section, used = b.text, false
		case isSection(b) && (b.kind == headingBlock || len(out) > 0): // bold lines at the beginning are text
			if !used && isNumber(section) {
				section = section + " " + b.text // the number of the heading
				break
			}
			keep()
			section, used = b.text, false
		case b.kind == tableBlock:
			out = append(out, news.Paragraph{Section: section, Kind: news.Table, Text: b.text})
			used = true
		default:
			out = append(out, news.Paragraph{Section: section, Kind: news.Body, Text: b.text})
			used = true
		}
	}
	keep()
	return out
}

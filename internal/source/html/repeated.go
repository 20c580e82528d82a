package html

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// The headline block, repeated in the element of the article.

// headLines is how many blocks of the article's element the headline block has
// at most.
const headLines = 6

// withoutHead drops what repeats the headline block: its headings, and lines with
// date, source and the like.
func withoutHead(all []block, headings ...string) []block {
	kept := make([]block, 0, len(all))
	n, texts := 0, 0 // lines that are no links; those of text
	for _, b := range all {
		if n < headLines && (isHeading4(b, headings) || n == 0 && isStartOf(b.text, headings[0])) {
			if texts == 0 {
				kept = kept[:0] // what stands above the headline
			}
			n++
			continue
		}
		if !b.link {
			n++
		}
		isHeading := b.bold || b.kind == headingBlock || isNumber(b.text) || tailHeading.MatchString(b.text)
		if n <= headLines && (isStamp(b.text) || isScrap(b) && !isHeading && !endMark.MatchString(b.text)) {
			continue
		}
		if isTextLine(b.text) {
			texts++
		}
		kept = append(kept, b)
	}
	return kept
}

func isHeading4(b block, headings []string) bool {
	return slices.ContainsFunc(headings, func(h string) bool {
		isTagged := b.kind == headingBlock && len(b.text) <= len(h)+maxTag && strings.Contains(b.text, h)
		return h != "" && (b.text == h || sameText(b.text, h) || isTagged)
	})
}

// isStartOf reports whether a text is a title without the rest: 山里的日子 of
// 山里的日子（散文）.
func isStartOf(text, title string) bool {
	return utf8.RuneCountInString(text) >= 4 && strings.HasPrefix(title, text)
}

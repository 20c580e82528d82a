package html

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"xunwen/internal/news"
)

// maxCaption bounds a caption recognised by its position only; one with the marks
// of a caption may be longer.
const (
	maxCaption     = 40 // characters
	maxLongCaption = 120
	maxSection     = 30
)

var (
	captionHead = regexp.MustCompile(
		`^[（(【\[▲△▼↑↓\s]*(?:图为|图中|(?:上|下|左|右|题|配)图|图[①-⑩\d一二三四五六]?\s*[:：/／|｜]|图片(?:说明|来源)|图源|资料图|视频截图|新闻图片)`,
	)
	captionTail = regexp.MustCompile(
		`(?:[\s（(。](?:[\p{Han}·]{2,10}\s*)?摄|供图|资料图片?|资料|图片|图源.{0,12}|图片来源.{0,16}|来源[:：].{0,14}|[/／]图|[/／]摄|\s图|` +
			`截图|视觉中国)[）)】\]。]?$`,
	)
)

// isCaption reports whether a block belongs to a picture.
func isCaption(b block) bool {
	n := utf8.RuneCountInString(b.text)
	switch {
	case b.kind != textBlock || n > maxLongCaption:
		return b.kind == captionBlock
	case b.afterImage && (captionHead.MatchString(b.text) || captionTail.MatchString(b.text)):
		return true
	case b.withImage && n <= maxCaption:
		return !strings.ContainsAny(b.text, "。！？!?：:")
	}
	return n <= maxCaption && captionHead.MatchString(b.text)
}

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

// record returns the paragraphs of the record. A heading that nothing follows is
// text: no heading ends an article.
func record(all []block) []news.Paragraph {
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
		case isSection(b) && (b.kind == headingBlock || len(out) > 0): // bold lines at the beginning are text
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

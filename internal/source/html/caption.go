package html

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Bounds on captions, in characters.
const (
	maxCaption     = 40  // recognised by its position only
	maxLongCaption = 120 // with the marks of a caption
)

var (
	captionHead = regexp.MustCompile(
		`^[（(【\[▲△▼↑↓\s]*(?:图为|图中|(?:上|下|左|右|题|配)图|图[①-⑩\d一二三四五六]?\s*[:：/／|｜]|图片(?:说明|来源)|图源|资料图|视频截图|新闻图片)`,
	)
	photoCredit = regexp.MustCompile(`^[\p{Han}·\s\p{Zs}]{2,14}[摄攝](?:（.{2,10}）)?$`) // 李　明摄（影像中国）
	captionTail = regexp.MustCompile(
		`(?:[\s（(。](?:[\p{Han}·]{2,10}\s*)?摄|供图|[摄攝]影\s*[:：]\s*[\p{Han}·]{2,10}|资料图片?|资料|图片|图源.{0,12}|图片来源.{0,16}|来源[:：].{0,14}|[/／]图|[/／]摄|\s图|` +
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
	if arrowCaption.MatchString(b.text) {
		return true
	}
	return n <= maxCaption && (photoCredit.MatchString(b.text) || captionHead.MatchString(b.text))
}

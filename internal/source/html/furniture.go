package html

import (
	"slices"
	"strings"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// Furniture: lines in the element of the article that are not part of its text.

const (
	maxFurniture = 60 // characters: longer lines are text, whatever they begin with
	maxNotice    = 400
	// tailShare bounds the share of the text that a heading such as 相关阅读 may cut
	// off: it follows the text, or is between two parts of it.
	tailShare = 0.35
	endShare  = 0.25 // of what may follow the mark of the text's end
)

func isShort(s string) bool {
	return len(s) <= 4*maxFurniture && utf8.RuneCountInString(s) <= maxFurniture
}

// isFurniture reports whether a line is furniture wherever it stands. Under a picture,
// 来源 is that of the picture.
func isFurniture(b block) bool {
	return b.kind != tableBlock && isFurnitureText(b.text) && !(b.afterImage && captionTail.MatchString(b.text))
}

func isFurnitureText(text string) bool {
	switch {
	case isNotice(text), isCounters(text):
		return true
	case !isShort(text):
		return false
	}
	return furnitureLine.MatchString(text) && !isStatement(text) ||
		loader.MatchString(text) || endMark.MatchString(text) ||
		appAdvert.MatchString(text) || isCredits(text) ||
		containsAny(text, "APP", "App", "客户端") && appMention.MatchString(text) && !downloads.MatchString(text) ||
		containsAny(text, "料", "未经", "出品", "您", "你", "★", "☆", "※", "◎", "酒", "菸") && houseLine.MatchString(text) ||
		forumLine.MatchString(text) || isButtons(text) || englishLine.MatchString(text) ||
		strings.Contains(text, "订阅") && subscription.MatchString(text) ||
		strings.Contains(text, "版") && printedOnly.MatchString(text)
}

// isNotice reports whether a text is a notice of rights or responsibility.
func isNotice(text string) bool {
	return len(text) <= 4*maxNotice && utf8.RuneCountInString(text) <= maxNotice &&
		(notice.MatchString(text) && !isOwnStatement(text) || isRights(text) && !quoted.MatchString(text))
}

// isOwnStatement reports whether a text that begins like a notice is one of the article's:
// a statement of others, a sentence about such notices.
func isOwnStatement(text string) bool {
	if strings.HasPrefix(text, "声明") || strings.HasPrefix(text, "聲明") {
		return strings.ContainsAny(text, ":：") && !containsAny(text, noticeWords...)
	}
	return strings.Contains(text, "，") && aboutNotice.MatchString(text)
}

// isButtons reports whether a line has nothing but the names of buttons and their counts.
func isButtons(text string) bool {
	return buttons.MatchString(text) && strings.IndexFunc(text, textnorm.IsHan) >= 0
}

// isCounters reports whether a line has a time, and how often a page was read.
func isCounters(text string) bool {
	return len(text) <= maxDateLine && containsAny(text, "阅读", "浏览", "收藏", "点赞") && hasYear(text) &&
		clockTime.MatchString(text) && !isSentence(text) && counter.MatchString(text)
}

// One of these is in each notice that only calls itself 声明.
var noticeWords = strings.Fields(
	"版权 版權 转载 轉載 转自 本站 本网 本網 本平台 本号 侵权 侵權 观点 觀點 立场 立場 不代表 作者 删除 刪除 来源 來源 " +
		"仅供 僅供 投资 授权 授權 网络 上传 内容 素材 图片 AI")

// One of these is in each notice of rights.
var rightsWords = strings.Fields("版权所有 著作权 opyright OPYRIGHT © eserved RESERVED ICP 公网安备 服务许可")

// A sentence that mentions 版权所有 behind its beginning is a notice only with one of these.
var rightsSigns = strings.Fields("未经 禁止 不得 © opyright OPYRIGHT ICP 公网安备 许可证 备案")

// maxRightsOffset is how far into a notice 版权所有 stands, in bytes.
const maxRightsOffset = 36

// isRights reports whether a text has a notice of rights or a number of registration.
func isRights(text string) bool {
	if !containsAny(text, rightsWords...) || !rights.MatchString(text) {
		return false
	}
	at := strings.Index(text, "版权所有")
	return !isSentence(text) || at <= maxRightsOffset || strings.Count(text, "版权所有") > 1 ||
		containsAny(text, rightsSigns...)
}

func containsAny(text string, all ...string) bool {
	for _, s := range all {
		if strings.Contains(text, s) {
			return true
		}
	}
	return false
}

// isCredits reports whether a line only says who edited.
func isCredits(text string) bool { return creditsLine.MatchString(text) && !isSentence(text) }

// withoutFurniture keeps the text of the article. Lines at its head and end that say
// who wrote it, and for whom, are its credits.
func withoutFurniture(all []block) body {
	all = withoutTail(all)
	all, behind := withoutEnding(all)
	var b body
	all, b.credits = withoutEnds(all)
	kept := make([]block, 0, len(all))
	afterTail := false
	all = withTimes(all)
	for _, each := range all {
		switch {
		case each.number:
			kept = append(kept, each)
		case isFurniture(each):
			b.credits = append(b.credits, each)
		case isShort(each.text) && tailHeading.MatchString(each.text):
			afterTail = true
		case afterTail && each.link:
		default:
			afterTail = false
			kept = append(kept, each)
		}
	}
	kept, above := withoutEnd(withoutTeasers(kept)) // a list of links hid them
	b.credits = append(append(b.credits, above...), behind...)
	b.blocks = numbered(kept)
	return b
}

// maxScrap is the length of what remains of buttons and counters: 图集, +1.
const maxScrap = 3 // characters

// isTeaser reports whether a block may be part of a list of other articles.
func isTeaser(b block) bool {
	return b.link || bareDay.MatchString(b.text) || isScrap(b) && !isNumber(b.text)
}

func isScrap(b block) bool {
	return utf8.RuneCountInString(b.text) <= maxScrap && !strings.HasSuffix(b.text, "。")
}

// withoutTail cuts the text at a heading such as 相关阅读 if little follows it or
// most of what follows is teasers, and where another article or a list is announced.
func withoutTail(all []block) []block {
	total := 0
	for _, b := range all {
		total += len(b.text)
	}
	before := 0
	for i, b := range all {
		if isShort(b.text) {
			if nextArticle.MatchString(b.text) && textOf(withoutFurnitureLines(all[:i])) >= minText {
				return all[:i]
			}
			if tailHeading.MatchString(b.text) {
				if rest := total - before; float64(rest) < tailShare*float64(total) || mostlyTeasers(all[i+1:]) {
					return all[:i]
				}
			}
		}
		before += len(b.text)
	}
	return all
}

func withoutFurnitureLines(all []block) []block {
	return slices.DeleteFunc(slices.Clone(all), isFurniture)
}

// mostlyTeasers reports whether blocks are entries of lists, some with a text below the
// link.
func mostlyTeasers(all []block) bool {
	n, texts, below := 0, 0, false
	for _, b := range all {
		switch {
		case isTeaser(b):
			n++
		case isTextLine(b.text) && !below:
			texts++
		}
		below = b.link || b.kind == headingBlock
	}
	return 2*n >= len(all) && texts == 0
}

// withoutJoined cuts the text where another article begins: a headline with date and
// source below it.
func (p *webPage) withoutJoined(all []block) []block {
	text := 0
	for i, b := range all {
		isHeading := (b.kind == headingBlock || b.bold || b.link) && isShort(b.text) && !isSentence(b.text)
		if isHeading && text >= minText && i+1 < len(all) {
			for j := i + 1; j <= i+2 && j < len(all); j++ {
				if isStamp(all[j].text) && all[j].kind == textBlock {
					return all[:i]
				}
			}
		}
		if text < minText && !b.link && isTextLine(b.text) {
			text += utf8.RuneCountInString(b.text)
		}
	}
	return all
}

package page

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Bounds on captions, in characters unless they say lines.
const (
	maxCaptionRunes  = 260
	maxCaptionLines  = 12 // lines
	maxUncredited    = 70 // with words that point to a picture and no credit
	maxMarked        = 40 // with only a mark, which list items have too
	maxDatedLines    = 3  // lines, with only a date or 资料照片
	captionHeadRunes = 4  // what captionHead matches at least a part of
)

var (
	// How a caption ends: 新华社发（某某摄）, 新华社记者 某某 摄, 资料图片, 新华社／法新
	captionCredit = regexp.MustCompile(`(?:(?:新华社|中新社|人民视觉|视觉中国|影像中国|[\p{Han}]{1,6}社)发(?:[（(][^）)]{1,12}[）)])?` +
		`|新华社\s*[/／]\s*[\p{Han}]{2,6}` +
		`|(?:记者|通讯员|实习生)\s*[\p{Han}·\s、]{2,24}?(?:摄|摄影|摄影报道|/摄|文/图)` +
		`|(?:^|[。！？）)\s])\s*[\p{Han}·]{2,4}(?:\s[\p{Han}]{1,3})?\s*(?:摄|摄影|供图|摄影报道)` +
		`|[（(][^）)]{0,16}[\p{Han}]{2,4}\s*摄[）)]` +
		`|(?:资料图片|资料照片|资料图|新华社图片|图片由[^。]{2,20}提供|视觉中国|人民视觉|影像中国))[。]?$`)
	// How a caption begins: 图为, 上图：, ▲
	captionHead = regexp.MustCompile(
		`^(?:[▲△▼▽◀▶◄►]|(?:上|下|左|右|题|本版|大|小|左上|右上|左下|右下)图(?:为|：|:|，)|图为|图[①-⑳\d一二三四五六]{1,2}[：:为]|[①-⑳][：:])`,
	)
	takenOn = regexp.MustCompile(`[（(](?:资料照片|\d{1,2}月\d{1,2}日摄)[）)]`)
	// A block that is only a credit belongs to the caption before it.
	creditOnly = regexp.MustCompile(
		`^(?:新华社发(?:[（(][^）)]{1,12}[）)])?|新华社\s*[/／]\s*[\p{Han}]{2,6}|(?:新华社|本报|中新社)?(?:记者|` +
			`通讯员)\s*[\p{Han}·\s、]{2,16}摄(?:影报道)?|[\p{Han}]{2,4}\s*摄|资料图片|资料照片)$`,
	)
)

// mayBeCredit is a quick check: the patterns are slow, and most texts end
// otherwise.
func mayBeCredit(tail string) bool {
	tail = strings.TrimSuffix(tail, "。")
	switch lastRune(tail) {
	case '摄', '图', '片', '影', '供':
		return true
	case '发':
		return hasSender(tail)
	case '道':
		return strings.Contains(tail, "摄")
	case '国':
		return strings.HasSuffix(tail, "中国")
	case '）', ')':
		return strings.Contains(tail, "摄") || hasSender(tail)
	}
	return strings.Contains(tail, "新华社") && (strings.Contains(tail, "/") || strings.Contains(tail, "／") ||
		strings.HasSuffix(tail, "人民视觉"))
}

// readListsAsText makes text of captions recognised by their mark only if three
// or more are consecutive: those are the items of a list.
func readListsAsText(pieces []piece) {
	const list = 3
	for from := 0; from < len(pieces); {
		mark, to := listMark(&pieces[from]), from+1
		for mark != 0 && to < len(pieces) && listMark(&pieces[to]) == mark {
			to++
		}
		for i := from; i < to && to-from >= list; i++ {
			pieces[i].kind = textPiece
		}
		from = to
	}
}

// listMark is the mark at the beginning of a caption without a credit, 0 for
// anything else.
func listMark(p *piece) rune {
	r := firstRune(p.raw)
	if tail := tailOf(p.raw, tailRunes); p.kind != captionPiece || !strings.ContainsRune("▲△▼▽◀▶◄►", r) ||
		mayBeCredit(tail) && captionCredit.MatchString(tail) {
		return 0
	}
	return r
}

// hasSender: 新华社发, 人民视觉发, 影像中国发.
func hasSender(s string) bool {
	return strings.Contains(s, "社发") || strings.Contains(s, "觉发") || strings.Contains(s, "国发")
}

// isCredit reports whether a text is the credit of a photograph and nothing
// else.
func isCredit(text string) bool {
	return mayBeCredit(text) && creditOnly.MatchString(text)
}

// spaceCredit inserts a blank before the credit where a line break was.
func spaceCredit(raw string) string {
	tail := tailOf(raw, tailRunes)
	m := captionCredit.FindStringIndex(tail)
	if m == nil {
		return raw
	}
	at := len(raw) - len(tail) + m[0]
	if strings.HasPrefix(raw[at:], "。") {
		at += len("。")
	}
	if at == 0 || strings.HasSuffix(raw[:at], " ") || strings.HasPrefix(raw[at:], " ") ||
		strings.HasPrefix(raw[at:], "（") ||
		!endMark(raw[:at]).endsSentence() {
		return raw
	}
	return raw[:at] + " " + raw[at:]
}

// isCaption reports whether a text of so many lines is the caption of a
// photograph.
func isCaption(raw string, lines int) bool {
	if lines > maxCaptionLines || utf8.RuneCountInString(raw) > maxCaptionRunes {
		return false
	}
	tail := tailOf(raw, tailRunes)
	if mayBeCredit(tail) && captionCredit.MatchString(tail) {
		return true
	}
	if strings.ContainsAny(headOf(raw, captionHeadRunes), "图▲△▼▽◀▶◄►①②③④⑤⑥⑦⑧⑨⑩") && captionHead.MatchString(raw) {
		longest := maxUncredited
		if strings.ContainsRune("▲△▼▽◀▶◄►", firstRune(raw)) {
			longest = maxMarked
		}
		return endMark(raw).endsSentence() && utf8.RuneCountInString(raw) <= longest
	}
	return (strings.Contains(raw, "摄") || strings.Contains(raw, "照")) && takenOn.MatchString(raw) &&
		endMark(raw).endsSentence() && lines <= maxDatedLines
}

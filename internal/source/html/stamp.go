package html

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// What a line is: text, the line with date and source, an entry of a list.

var (
	stampLine = regexp.MustCompile(
		`^[^。！？]{0,40}(?:(?:1[89]|20)\d\d\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}日?|[〇○零一二三四五六七八九]{4}年.{1,3}月.{1,3}日|民[国國]\s*\d+年.{1,4}月.{1,4}日)[^。！？]{0,60}$`)
	// 来源： without a name behind it, in what is outside links.
	linkedSource = regexp.MustCompile(`[来來]源\s*[:：]\s*(?:$|[(（\[【|])`)
	clockTime    = regexp.MustCompile(`\d{1,2}[:：]\d{2}`)
	bareDay      = regexp.MustCompile(
		`^[\[(（]?(?:(?:19|20)\d\d[-年/.])?\d{1,2}[-月/.]\d{1,2}日?\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?[\])）]?$`)
	// What lists put next to a link: a day, a number, 【详细】.
	listRest = regexp.MustCompile(
		`[\d\s:：./年月日·•\-\[\]()（）【】|>»,、“”《》]+|小时前|分钟前|天前|昨天|前天|今天|刚刚|详细|详情|更多|阅读全文|查看|图文?|视频|评论|跟贴|来源`)
)

// isSentence reports whether a text has the end of a sentence.
func isSentence(text string) bool { return containsAny(text, "。", "！", "？") }

const (
	minSentence = 12 // characters of a line of text
	minClause   = 40 // of one without the end of a sentence
)

// isTextLine reports whether a line is text of an article.
func isTextLine(text string) bool {
	n := utf8.RuneCountInString(text)
	if n < minSentence || !isSentence(text) && (n < minClause || !strings.Contains(text, "，")) {
		return false
	}
	return !isFurnitureText(text) && !isStampLine(text)
}

// isStampLine reports whether a line states date, source or author, and nothing else.
func isStampLine(text string) bool {
	if len(text) > maxDateLine || isSentence(text) {
		return false
	}
	digits := hasDigit(text)
	switch {
	case digits && hasYear(text) && len(text) <= 4*maxFurniture && stampLine.MatchString(text),
		digits && len(text) <= maxBareDay && bareDay.MatchString(text),
		digits && len(text) < maxDateLine/2 && hasYear(text) && englishDay.MatchString(text):
		return true
	case containsAny(text, "记者", "記者", "通讯员", "評論員", "评论员") && isOwnByline(text):
		return true
	case !containsAny(text, colons...):
		return containsAny(text, "发", "發", "刊", "出版") && dayLabel.MatchString(text)
	}
	return containsAny(text, dayWords...) && dayLabel.MatchString(text) || isLabelled(text)
}

// maxBareDay bounds a day and time alone, in bytes.
const maxBareDay = 36

// isLabelled reports whether a line names a source or an author after a label.
func isLabelled(text string) bool {
	return containsAny(text, "源", "自", "处", "摘") && sourceLabel.MatchString(text) ||
		containsAny(text, authorSigns...) && authorLabel.MatchString(text)
}

var (
	// authorSigns are characters one of which is in each label of an author.
	authorSigns = strings.Split("者文稿写寫笔筆報报影员員理", "")
	// colons are the signs between a label and what it labels.
	colons = strings.Split(":：/／╱丨｜|", "")
)

// stampWithin reports whether one of the n lines below line i is such a line.
func (p *webPage) stampWithin(i, n int) bool {
	for j := i + 1; j <= i+n && j < len(p.lines); j++ {
		l := &p.lines[j]
		if l.isText() {
			return false
		}
		if !l.link && !l.isForeign() && (l.isStamp() || dayInTextLine(l) != "") {
			return true
		}
	}
	return false
}

func dayInTextLine(l *line) string {
	if len(l.text) > maxDateLine/2 || isSentence(l.text) {
		return ""
	}
	return dayInText(l.spaced())
}

// stampBefore reports whether one of the n lines above line i is such a line.
func (p *webPage) stampBefore(i, n int) bool {
	for j := i - 1; j >= 0 && j >= i-n; j-- {
		if l := &p.lines[j]; !l.link && !l.isForeign() && !p.isBar(l.text) && (l.isStamp() || p.dayInParts(j) != "") {
			return true
		}
	}
	return false
}

// isBar reports whether a line is the top bar of a site.
func (p *webPage) isBar(text string) bool { return topBar.MatchString(text) }

// isListing reports whether a line is a link with what lists put next to one.
// A short link in such a line, or one to a house, is that to the source.
func isListing(l *line) bool {
	if strings.Contains(l.outside, "源") && linkedSource.MatchString(l.outside) {
		return false // the link is that to the source
	}
	linked := l.linkedTitle()
	least := minEntryText
	if strings.ContainsAny(l.outside, "0123456789") {
		least = minDatedEntry
	}
	return l.outside != "" && utf8.RuneCountInString(linked) >= least && isListRest(l.outside) &&
		!houseName.MatchString(linked)
}

// isForeign reports whether a line near the headline belongs to a list: the link in it is
// long. A short one leads to the source or a tag.
func (l *line) isForeign() bool {
	return l.isListing() && utf8.RuneCountInString(l.linkedTitle()) >= minForeign
}

// linkedTitle returns the text in links without addresses: old portals put theirs into the
// date line.
func (l *line) linkedTitle() string {
	if !strings.Contains(l.linked, "http") && !strings.Contains(l.linked, "www.") {
		return l.linked
	}
	return address.ReplaceAllString(l.linked, "")
}

var address = regexp.MustCompile(`(?:https?://|www\.)[A-Za-z0-9./_-]+`)

const minForeign = 8 // characters of a linked headline

// maxListRest bounds the rest of an entry of a list, in characters.
const maxListRest = 2

func isListRest(outside string) bool {
	return len(outside) < maxDateLine && utf8.RuneCountInString(listRest.ReplaceAllString(outside, "")) <= maxListRest
}

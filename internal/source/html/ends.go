package html

import (
	"slices"
	"strings"
	"unicode/utf8"

	"xunwen/internal/news"
)

// The lines at the head and the end of an article: credits, not text.

// withoutEnding cuts what follows a mark such as -THE END-, if it is little.
func withoutEnding(all []block) (text, behind []block) {
	total, below := 0, 0
	for _, b := range all {
		total += len(b.text)
	}
	for i := len(all) - 1; i > 0; i-- {
		if endMark.MatchString(all[i].text) && (float64(below) < endShare*float64(total) || isAllCredits(all[i+1:])) {
			return all[:i], all[i+1:]
		}
		below += len(all[i].text)
	}
	return all, nil
}

// isAllCredits reports whether no block is text of an article.
func isAllCredits(all []block) bool {
	return !slices.ContainsFunc(all, func(b block) bool {
		return !b.link && b.isText() && !isFurniture(b) && !isTailLine(b)
	})
}

// withoutEnds cuts what is no text at the head and the end of the article.
func withoutEnds(all []block) (text, credits []block) {
	text, below := withoutEnd(all)
	start := 0
	for n := 0; start < len(text) && n < headLines; start, n = start+1, n+1 {
		b := text[start]
		if !isFurniture(b) && !isHeadLine(b) && !b.advert {
			break
		}
		credits = append(credits, b)
	}
	text = text[start:]
	// Below an introduction, 報導╱攝影 is text.
	if len(text) > 2 && isOwnByline(text[1].text) && !reportedBy.MatchString(text[1].text) {
		credits = append(credits, text[1])
		text = slices.Delete(slices.Clone(text), 1, 2)
	}
	return withoutSummary(text), append(credits, below...)
}

// withoutSummary drops the first paragraph if another repeats it: the summary, with its
// headline in brackets.
func withoutSummary(text []block) []block {
	if len(text) < 3 || text[0].kind != textBlock {
		return text
	}
	first := strings.TrimSpace(summaryHead.ReplaceAllString(text[0].text, ""))
	if utf8.RuneCountInString(first) < minText {
		return text
	}
	for _, b := range text[1:3] {
		if strings.HasPrefix(b.text, strings.TrimRight(first, "。.…")) {
			return text[1:]
		}
	}
	return text
}

// withoutEnd cuts what is no text at the end of the article.
func withoutEnd(all []block) (text, credits []block) {
	end := len(all)
	for ; end > 0 && (isFurniture(all[end-1]) || isTailLine(all[end-1])); end-- {
		credits = append(credits, all[end-1])
	}
	slices.Reverse(credits)
	return all[:end], credits
}

// isTailLine reports whether a line below the text is no part of it.
func isTailLine(b block) bool {
	if b.kind != textBlock && b.kind != headingBlock {
		return false
	}
	if !isShort(b.text) {
		return false
	}
	isLabel := tailLine.MatchString(b.text) && !isSpoken(b.text) && !isLabelledSentence(b.text) &&
		(!isSentence(b.text) || sourceTail.MatchString(b.text))
	return isLabel || isOwnByline(b.text) || isBracketedName(b.text)
}

// isBracketedName reports whether a line is nothing but a name in brackets, or a word
// as short as a pen name.
func isBracketedName(text string) bool {
	inner := strings.Trim(text, "（()）")
	return inner != text && !stageWords[inner] &&
		(penName.MatchString(text) || news.LooksLikeName(strings.ReplaceAll(inner, " ", "")) ||
			writerOfOffice(inner) != "")
}

// stageWords are in brackets what happens while somebody speaks, or which part this is.
var stageWords = map[string]bool{
	"掌声": true, "鼓掌": true, "大笑": true, "笑声": true, "鞠躬": true, "众笑": true, "全剧终": true, "上篇": true, "下篇": true,
	"中篇": true, "掌聲": true, "笑聲": true,
}

// isHeadLine reports whether a line above the text is no part of it.
func isHeadLine(b block) bool {
	return isShort(b.text) && b.kind != captionBlock &&
		(headLine.MatchString(b.text) && !isSentence(b.text) || isOwnByline(b.text) || isStamp(b.text) ||
			bareDay.MatchString(b.text) ||
			isMostlyDay(b.text))
}

// isOwnByline reports whether a line is a byline and nothing else.
func isOwnByline(text string) bool {
	text = printedIn.ReplaceAllString(text, "")
	if isSentence(text) || utf8.RuneCountInString(text) > maxByline+10 || strings.ContainsAny(text, "，；") {
		return false
	}
	return bylineOnly.MatchString(text) || signedLine.MatchString(text) || deskLine.MatchString(text)
}

// isStamp reports whether a line has date and time, with or without source. A
// date by itself may be text.
func isStamp(text string) bool {
	return isShort(text) && stampLine.MatchString(text) &&
		(clockTime.MatchString(text) || sourceLabel.MatchString(text) || dayLabel.MatchString(text) ||
			matchAuthor(text) != nil)
}

// isMostlyDay reports whether a short line has a day and hardly anything else.
func isMostlyDay(text string) bool {
	return utf8.RuneCountInString(text) <= 24 && !isSentence(text) && dayInText(text) != ""
}

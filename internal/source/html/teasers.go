package html

import "regexp"

// withoutTeasers removes links from the beginning of a text, and from its end
// the list of other articles: links, dates with the headlines above them, and
// the heading of the list.
func withoutTeasers(all []block) []block {
	end, dated := len(all), false
	for len(all) > 0 && all[0].link && !(all[0].kind == headingBlock && len(all) > 1 && !all[1].link) {
		all, end = all[1:], end-1
	}
	for ; end > 0; end-- {
		b := all[end-1]
		headline := dated && isShort(b.text) && !sentenceEnd.MatchString(b.text)
		heading := end < len(all) && b.kind == headingBlock
		if !isTeaser(b) && !headline && !heading {
			break
		}
		dated = bareDay.MatchString(b.text)
	}
	if !isList(all[end:]) {
		return all // the signature of an announcement: a body and a day
	}
	return all[:end]
}

// isList reports whether the blocks at the end of a text are more than one day with a
// line above it.
func isList(all []block) bool {
	days, texts := 0, 0
	for _, b := range all {
		switch {
		case b.link || b.kind == headingBlock:
			return true
		case bareDay.MatchString(b.text):
			days++
		case !isScrap(b):
			texts++
		}
	}
	return days != 1 || texts == 0 && len(all) > 1
}

var sentenceEnd = regexp.MustCompile(`[。！？!?…”）)]$`)

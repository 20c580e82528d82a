package html

import (
	"regexp"
	"slices"
)

// Numbers and times that divide a text.

var partNumber = regexp.MustCompile(
	`^(?:[（(【\[]?(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[IVX]{1,4}|[Ⅰ-Ⅻ①-⑳])[）)】\]]?[.、]?|(?i:part|no)[.\s]*\d{1,2})$`)

var timeLine = regexp.MustCompile(`^(?:[01]?\d|2[0-3])[:：][0-5]\d$`)

// withTimes marks the times that stand above the reports of a live page, if there are two
// at least. Others are those of players.
func withTimes(all []block) []block {
	seen := map[string]bool{}
	isTime := func(i int) bool {
		return i+1 < len(all) && len(all[i].text) <= len("23：59") && timeLine.MatchString(all[i].text) &&
			isTextLine(all[i+1].text)
	}
	for i := range all {
		if isTime(i) {
			seen[all[i].text] = true
		}
	}
	if len(seen) < 2 {
		return all
	}
	all = slices.Clone(all)
	for i := range all {
		all[i].number = all[i].number || isTime(i)
	}
	return all
}

func isNumber(text string) bool { return len(text) <= 12 && partNumber.MatchString(text) }

// numbered marks the lines that number the parts of the text, if there are two at
// least, and drops other scraps of numbers.
func numbered(all []block) []block {
	n := 0
	for _, b := range all {
		if isNumber(b.text) {
			n++
		}
	}
	kept := all[:0]
	for i, b := range all {
		if isNumber(b.text) {
			if n < 2 || i == len(all)-1 {
				continue
			}
			b.number = true
		}
		kept = append(kept, b)
	}
	return kept
}

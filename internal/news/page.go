package news

import (
	"regexp"
	"strings"
)

// pageForm is a page number with or without 第 and 版; its groups are the letter of a
// part of the paper and the digits.
var pageForm = regexp.MustCompile(`^第?\s*([A-Za-z]{0,2})-?0*(\d+)\s*版?$`)

// PageNumber returns a page number as papers count it: 01 and 第1版 are 1, A01 is A1.
// What is no number stays as it is.
func PageNumber(text string) string {
	text = strings.TrimSpace(text)
	if parts := pageForm.FindStringSubmatch(text); parts != nil {
		return parts[1] + parts[2]
	}
	return text
}

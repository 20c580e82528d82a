package page

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"xunwen/internal/news"
)

// withDuty returns the names before 文 or 图, which say what somebody did, with the
// character if it is the last one of a name: in 周舟　李晓文 it is, in 周舟　李晓明文 and
// in 周舟　文 it isn't.
func withDuty(names, duty string) string {
	if duty != "文" && duty != "图" {
		return names
	}
	words := strings.FieldsFunc(names, func(r rune) bool { return strings.ContainsRune(" \u3000、，,/／", r) })
	if len(words) > 0 && news.LooksLikeName(words[len(words)-1]+duty) {
		return names + duty
	}
	return names
}

// notNames matches what a reporter does, in a heading or at the beginning of a sentence.
var notNames = regexp.MustCompile(`^(?:看到|了解|获悉|發現|发现|注意|走进|从|在|近日|昨|今)`)

// The most characters of a name.
const (
	longestName    = 12 // of a foreign one
	longestHanName = 6  // without the · of a transcribed one
	longestSigned  = 4  // after a mark that items of lists have too
)

// areNames reports whether each of the names is as short as one.
func areNames(names string, longest int) bool {
	for _, name := range strings.Fields(names) {
		n := utf8.RuneCountInString(name)
		if n > longestName || n > longest && hasHan(name) && !strings.Contains(name, "·") {
			return false
		}
	}
	return true
}

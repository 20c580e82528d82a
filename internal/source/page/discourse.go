package page

import (
	"regexp"
	"strings"
)

// continuation matches texts that refer to what was said before.
var (
	continuation = regexp.MustCompile(
		`^(?:此外|同时|另外|然而|但|不过|对此|其次|其中|第[二三四五六七八九十]|[二三四五六七八九]是|因此|所以|于是|事实上|总之|尽管如此|与此同时|而|也|再|最后|那么|由此|可见|为此|` +
			`据悉|据了解|据介绍|会[前后]|会[谈上]|双方|除了?|[他她它这那此该])`,
	)
)

// Weights as logarithms of likelihood ratios, counted on the set pages: 60 % of
// articles name a day at once, 10 % of the texts after a section heading do; 1 %
// of articles begin with a connective, 7 % of sections do.
const (
	openingWeight      = 1.2
	noOpeningWeight    = -0.6
	continuationWeight = -1.8
)

// continuationFirst are the characters that continuation begins with: the pattern is
// slow.
const continuationFirst = "此同另然但不对其第二三四五六七八九因所于事总尽与而也再最那由可为据会双除他她它这该"

// openingRunes is how many characters of a text show how it opens.
const openingRunes = 40

// opening is the evidence for a text being the beginning of an article.
func opening(s string) evidence {
	s = headOf(s, openingRunes)
	switch {
	case strings.ContainsRune(continuationFirst, firstRune(s)) && continuation.MatchString(s):
		return continuationWeight
	case opens(s):
		return openingWeight
	}
	return noOpeningWeight
}

// dayWords are words by which the first sentence of an article says when, by their first
// character.
var dayWords = map[rune][]string{
	'近': {"近日"}, '日': {"日前"}, '昨': {"昨天", "昨日", "昨晚"}, '今': {"今天", "今日", "今晨"}, '本': {"本月", "本周"},
	'当': {"当天", "当地时间"}, '记': {"记者"},
}

// opens reports whether a text begins as articles do: it says within a few characters, in
// the first sentence, on which day something was.
func opens(s string) bool {
	const few = 20
	n := 0
	for i, r := range s {
		if saysWhen(s[i:], r) {
			return true
		}
		if n++; n > few || r == '。' || r == '！' || r == '？' {
			return false
		}
	}
	return false
}

// saysWhen reports whether s, whose first character is r, begins with a day or a year.
func saysWhen(s string, r rune) bool {
	switch {
	case r >= '0' && r <= '9':
		const year = 4 // digits
		rest := strings.TrimLeft(s, "0123456789")
		n := len(s) - len(rest)
		return n <= 2 && strings.HasPrefix(rest, "日") || n == year && strings.HasPrefix(rest, "年")
	case strings.ContainsRune("一二三四五六七八九十", r):
		rest := strings.TrimLeft(s, "一二三四五六七八九十")
		return len(s)-len(rest) <= 3*len("一") && strings.HasPrefix(rest, "日")
	}
	for _, w := range dayWords[r] {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

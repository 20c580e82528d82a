package page

import (
	"regexp"
	"strings"
)

// How texts begin: an article names a day, a continuation refers to what was said
// before.
var (
	opensArticle = regexp.MustCompile(
		`^[^。！？]{0,20}?(?:近日|日前|昨天|昨日|昨晚|今天|今日|今晨|本月|本周|当天|当地时间|记者|(?:\d{1,2}|[一二三四五六七八九十]{1,3})日|\d{4}年)`,
	)
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

// Quick checks before the patterns, which are slow.
const (
	continuationFirst = "此同另然但不对其第二三四五六七八九因所于事总尽与而也再最那由可为据会双除他她它这该"
	openingMark       = 26 // characters at most before and in what opensArticle looks for
)

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

// opens reports whether a text begins as articles do.
func opens(s string) bool {
	return strings.ContainsAny(headOf(s, openingMark), "日天晚晨月周时者年") && opensArticle.MatchString(s)
}

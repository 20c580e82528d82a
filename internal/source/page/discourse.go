package page

import "regexp"

// How a text goes on: what opens an article names a day, what goes on with one
// takes up what was said.
var (
	opensArticle = regexp.MustCompile(`^[^。！？]{0,20}?(?:近日|日前|昨天|昨日|昨晚|今天|今日|今晨|本月|本周|当天|当地时间|记者|(?:\d{1,2}|[一二三四五六七八九十]{1,3})日|\d{4}年)`)
	goesOnText   = regexp.MustCompile(`^(?:此外|同时|另外|然而|但|不过|对此|其次|其中|第[二三四五六七八九十]|[二三四五六七八九]是|因此|所以|于是|事实上|总之|尽管如此|与此同时|而|也|再|最后|那么|由此|可见|为此|据悉|据了解|据介绍|会[前后]|会[谈上]|双方|除了?|[他她它这那此该])`)
)

// Measured on set pages: six in ten articles name a day at once, one in ten
// texts after a section heading does; one in a hundred articles begins with a
// connective, seven in a hundred sections do.
const (
	opensWeight    = 1.2
	noOpenWeight   = -.6
	goesOnTextCost = -1.8
)

// opening is the evidence for a text opening an article.
func opening(s string) evidence {
	s = headOf(s, 40)
	switch {
	case goesOnText.MatchString(s):
		return goesOnTextCost
	case opensArticle.MatchString(s):
		return opensWeight
	}
	return noOpenWeight
}

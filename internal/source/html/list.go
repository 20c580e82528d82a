package html

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Pages that are no article: channels, lists, results of a search, errors.

var (
	searchResult = regexp.MustCompile(`(?:为您|為您|共|已为您)找到.{0,12}(?:结果|結果|条|篇|个)|(?:搜索|检索)结果[:：共]|搜索到?相关.{0,6}\d+|(?:共有?|约)\s*[\d,]+\s*(?:条|个|篇)(?:相关)?(?:结果|记录)`)
	pager        = regexp.MustCompile(`上一页.{0,60}下一页|首页.{0,40}尾页|共\s*\d+\s*页|第\s*\d+\s*/\s*\d+\s*页|上一頁.{0,40}下一頁`)
	notFound     = regexp.MustCompile(`(?:页面|网页|文章|内容|頁面)(?:不存在|已删除|已被删除|未找到|找不到)|(?:需要|请先?)登录(?:后|才)|无法进行此操作|没有权限|(?:您|你)(?:访问|查看|要访问|请求)的(?:页面|网页|内容|文章).{0,12}(?:不存在|删除|找不到|出错)|自动跳转到?首页|(?:页面|网页|文章|内容)(?:好像)?(?:走丢|飞走|迷路|丢失|离家出走)|要找的(?:页面|网页|内容|文章)|page not found`)
	noticeTitle  = regexp.MustCompile(`关于|關於|的(?:公告|通知|通告|动态|新闻)`)
	listTitle    = regexp.MustCompile(`(?:新闻|新聞|资讯|动态|公告|通知|滚动|搜索|频道|列表|首页|专题|要闻|中心|目录|大全|排行|栏目|更多|标签|主页|登录|论坛)$|^(?:标签|搜索|登录|最新)|^专题[:：]`)
)

const (
	minEntries    = 3   // of a list
	entryShare    = 0.6 // of the paragraphs that are teasers of a list's entries
	flashLength   = 240 // characters: a shorter text next to a list is its introduction
	manyEntries   = 8
	minEntryText  = 4 // characters of a linked headline
	minDatedEntry = 2 // of one with a day next to it
)

// contents is what a page consists of, as far as that tells lists from articles.
type contents struct {
	texts, runes, cut int // paragraphs, their characters, those that break off
	rows              int // of tables
	links             int // paragraphs that are links
	teasers           int // paragraphs below a linked headline
	entries, dated    int // linked headlines, those with a day of their own
	rowsDated         int // lines that are a link and a day
	pageTeasers       int // texts directly below a linked headline, on the whole page
	teaserRunes       int // characters of the paragraphs that are such texts
	stamp             bool
	named             bool // the title is the name of a channel, as far as one can tell
}

func (p *webPage) contents(all []block) contents {
	c := contents{teasers: p.teasers(all), entries: p.entries(), dated: p.datedEntries(), stamp: p.hasStamp()}
	for _, b := range all {
		switch {
		case b.link:
			c.links++
			continue
		case b.kind == tableBlock:
			c.rows++
			continue
		}
		c.texts++
		c.runes += utf8.RuneCountInString(b.text)
		if isCut(b.text) {
			c.cut++
		}
	}
	p.countTeasers(&c, all)
	title := p.title.text
	c.named = isName(title) ||
		utf8.RuneCountInString(title) <= maxName && listTitle.MatchString(title) && !noticeTitle.MatchString(title)
	return c
}

// countTeasers counts entries of lists on the whole page, and which paragraphs belong to
// them.
func (p *webPage) countTeasers(c *contents, all []block) {
	below := map[string]bool{}
	for i := range p.lines {
		l := &p.lines[i]
		if l.isListing() && dayInText(l.outside) != "" {
			c.rowsDated++
		}
		if i > 0 && !l.link && l.isText() && p.lines[i-1].link && isAnyHeading(p.lines[i-1].node.DataAtom) {
			c.pageTeasers++
			below[l.text] = true
		}
	}
	for _, b := range all {
		if below[b.text] {
			c.teaserRunes += utf8.RuneCountInString(b.text)
		}
	}
}

// isNoArticle returns why the text of a page is no article, or "". A headline with date,
// source or author below it is a strong sign of one.
func (p *webPage) isNoArticle(all []block, day string) string {
	c := p.contents(all)
	isArticle := c.stamp && p.title.confidence >= sure && c.dated < minEntries
	isGone := func(b block) bool { return notFound.MatchString(b.text) }
	switch {
	case p.hasLine(searchResult, "结果", "結果", "找到") && 3*c.teasers >= c.texts:
		return "the page is the result of a search"
	case isArticle:
		return ""
	case c.runes < flashLength && (notFound.MatchString(p.title.text) || slices.ContainsFunc(all, isGone)):
		return "the page says that it has no article"
	case c.teasers >= minEntries && float64(c.teasers) >= entryShare*float64(c.texts):
		return "the page is a list of articles"
	case c.cut >= minEntries && 2*c.cut >= c.texts:
		return "the page is a list of articles whose texts are cut off"
	case c.named && !c.stamp && c.entries >= minEntries &&
		(c.runes < flashLength || p.hasLine(pager, "页", "頁") || c.teasers >= minEntries):
		return "the page is a list of links"
	case !c.stamp && c.dated >= minEntries && c.runes < flashLength:
		return "the page is a list of articles"
	case !c.stamp && c.links >= minEntries && c.links > c.texts && c.runes < flashLength/2:
		return "most of the page's text is links"
	case !c.stamp && c.rowsDated >= minEntries && c.runes < flashLength/2:
		return "the page is a list with days"
	case !c.stamp && c.pageTeasers >= minEntries && 2*c.teaserRunes >= c.runes:
		return "the page is a list of teasers"
	case !c.stamp && c.rows >= minEntries && c.entries >= minEntries && c.runes < flashLength/2:
		return "the page is a table of links"
	case !c.stamp && day == "" && c.entries >= manyEntries && c.texts <= 2 && c.runes < flashLength/2:
		return "the page is a list of links with a line of text"
	case !c.stamp && day == "" && c.entries > minEntries && c.texts == 1 && c.runes < flashLength/4:
		return "the page is a list of links with a sentence"
	}
	return ""
}

// isCut reports whether a text breaks off, as those below entries of a list do.
func isCut(text string) bool {
	for _, end := range []string{"...", "…", "[详细]", "【详细】"} {
		if strings.HasSuffix(text, end) {
			return true
		}
	}
	return false
}

// datedEntries counts the paragraphs of lists: linked headlines with a day of their own
// in the same line or the next.
func (p *webPage) datedEntries() int {
	n := 0
	for i := range p.lines {
		l := &p.lines[i]
		if i == p.title.line || !(l.link && isAnyHeading(l.node.DataAtom)) {
			continue
		}
		if p.stampWithin(i, 1) {
			n++
		}
	}
	return n
}

// hasStamp reports whether date, source or author follow the headline.
func (p *webPage) hasStamp() bool {
	if p.title.line < 0 {
		return false
	}
	for n := 1; n <= nearLines && p.title.line+n < len(p.lines); n++ {
		if l := &p.lines[p.title.line+n]; l.link && isAnyHeading(l.node.DataAtom) {
			return false // the stamp is that of the first entry
		}
		if l := &p.lines[p.title.line+n]; p.stampWithin(p.title.line+n-1, 1) && !l.isListing() {
			return true
		}
	}
	return false
}

// teasers counts the paragraphs that stand directly below a linked headline.
func (p *webPage) teasers(all []block) int {
	after := map[string]bool{} // lines below a linked headline
	for i := 1; i < len(p.lines); i++ {
		l := &p.lines[i]
		if above := &p.lines[i-1]; !l.link && above.isEntry() {
			after[l.text] = true
		}
	}
	n := 0
	for _, b := range all {
		if !b.link && after[b.text] && !b.number {
			n++
		}
	}
	return n
}

// isEntry reports whether a line is a linked headline.
func (l *line) isEntry() bool {
	return (l.link || l.isListing()) && utf8.RuneCountInString(l.text) >= minEntryText
}

// entries counts the linked headlines of the page.
func (p *webPage) entries() int {
	n := 0
	for i := range p.lines {
		if p.lines[i].isEntry() {
			n++
		}
	}
	return n
}

// hasLine reports whether a line of the page matches a pattern that wants one of some
// words.
func (p *webPage) hasLine(pattern *regexp.Regexp, words ...string) bool {
	for i := range p.lines {
		l := &p.lines[i]
		if len(l.text) <= maxCreditLine && containsAny(l.text, words...) && pattern.MatchString(l.text) {
			return true
		}
	}
	return false
}

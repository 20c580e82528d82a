package html

import (
	"regexp"
	"unicode/utf8"
)

// Pages that are no article: channels, lists, results of a search, errors.

var (
	searchResult = regexp.MustCompile(`(?:为您|為您|共|已为您)找到.{0,12}(?:结果|結果|条|篇|个)|(?:搜索|检索)结果[:：共]|搜索到?相关.{0,6}\d+`)
	pager        = regexp.MustCompile(`上一页.{0,60}下一页|首页.{0,40}尾页|共\s*\d+\s*页|第\s*\d+\s*/\s*\d+\s*页|上一頁.{0,40}下一頁`)
	notFound     = regexp.MustCompile(`(?:页面|网页|文章|内容|頁面)(?:不存在|已删除|已被删除|未找到|找不到)|(?:您|你)(?:访问|查看|要访问|请求)的(?:页面|网页|内容|文章).{0,12}(?:不存在|删除|找不到|出错)|自动跳转到?首页|page not found`)
	listTitle    = regexp.MustCompile(`(?:新闻|新聞|资讯|动态|公告|通知|滚动|搜索|频道|列表|首页|专题|要闻|中心|目录|大全|排行|栏目|更多|标签)`)
)

const (
	minEntries   = 3   // of a list
	entryShare   = 0.6 // of the paragraphs that are teasers of a list's entries
	flashLength  = 240 // characters: a shorter text next to a list is its introduction
	minEntryText = 4   // characters of a linked headline
)

// isNoArticle returns why the text of a page is no article, or "".
func (p *webPage) isNoArticle(all []block) string {
	texts, runes, gone := 0, 0, false
	for _, b := range all {
		if b.link {
			continue
		}
		texts++
		runes += utf8.RuneCountInString(b.text)
		gone = gone || notFound.MatchString(b.text)
	}
	switch {
	case gone && runes < flashLength:
		return "the page says that it doesn't exist"
	case p.hasLine(searchResult):
		if teasers := p.teasers(all); 3*teasers >= texts {
			return "the page is the result of a search"
		}
	}
	teasers := p.teasers(all)
	if teasers >= minEntries && float64(teasers) >= entryShare*float64(texts) {
		return "the page is a list of articles"
	}
	entries := p.entries()
	isList := isName(p.title.text) || p.title.line < 0 && listTitle.MatchString(p.title.text) ||
		utf8.RuneCountInString(p.title.text) <= maxName && listTitle.MatchString(p.title.text) && !p.hasStamp()
	if isList && entries >= minEntries && !p.hasStamp() && (runes < flashLength || p.hasLine(pager) || teasers >= minEntries) {
		return "the page is a list of links"
	}
	return ""
}

// hasStamp reports whether date, source or author follow the headline.
func (p *webPage) hasStamp() bool { return p.title.line >= 0 && p.stampWithin(p.title.line, nearLines) }

// teasers counts the paragraphs that stand directly below a linked headline.
func (p *webPage) teasers(all []block) int {
	after := map[string]bool{} // lines below a linked headline
	for i := 1; i < len(p.lines); i++ {
		l := &p.lines[i]
		if above := &p.lines[i-1]; !l.link && (above.link || isListing(above)) && utf8.RuneCountInString(above.text) >= minEntryText {
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

// entries counts the linked headlines of the page.
func (p *webPage) entries() int {
	n := 0
	for i := range p.lines {
		if l := &p.lines[i]; (l.link || isListing(l)) && utf8.RuneCountInString(l.text) >= minEntryText {
			n++
		}
	}
	return n
}

// hasLine reports whether a line of the page matches.
func (p *webPage) hasLine(pattern *regexp.Regexp) bool {
	for i := range p.lines {
		if l := &p.lines[i]; len(l.text) <= maxCreditLine && pattern.MatchString(l.text) {
			return true
		}
	}
	return false
}

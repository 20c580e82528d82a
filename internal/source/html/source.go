package html

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	dom "golang.org/x/net/html"

	"xunwen/internal/news"
	"xunwen/internal/textnorm"
)

// Where an article comes from (来源).

const (
	maxSource     = 30 // characters of a source's name
	maxCreditLine = 200
	creditLines   = 15 // around the headline
	stampLines    = 5  // how far under the headline the date line is at most
)

// How often these places have the source.
const (
	labelledSource = 0.85 // 来源： near the headline
	farSource      = 0.4  // elsewhere
	tailSource     = 0.45 // at the end of the text
	markedSource   = 0.6  // class="source"
	stampSource    = 0.55 // a house in the date line
	metaSource     = 0.5
	accountSource  = 0.5  // the line above or below the date
	publisherShare = 0.6  // 发布机构：, of the weight of 来源：
	accountName    = 0.3  // 发布于临江柳河日报官方账号: the place belongs to it or not
	linkedHouse    = 0.45 // a house as the author in JSON-LD
	hiddenShare    = 0.8  // of the weight, if it is not displayed
)

var (
	// 来源：新华社, 稿件来源: 某报, 信息来源：某局; not 图片来源, 数据来源, which are
	// about a part of the article.
	sourceLabel = regexp.MustCompile(
		`(?:^|[^\p{Han}])(?:本文|文章|稿件|新闻|新聞|信息|消息|内容|內容)?(?:[来來]源|稿源|转自|轉自|转载自|出处|摘自)(?:于|自)?[\s\p{Zs}\x{200b}]*[:：丨｜|╱]` +
			`[\s\p{Zs}\x{200b}]*([^\s\p{Zs}\x{200b}][^:：]*)?`,
	)
	// An element of its own without a colon: 来源柳河日报.
	sourceElement = regexp.MustCompile(`^(?:文章|稿件|信息)?[来來]源[于自]?([\p{Han}A-Za-z0-9]{2,16})$`)
	// The end of a name in such a line.
	creditEnd = regexp.MustCompile(
		`[\s\p{Zs}\x{200b}|｜丨,，;；()（）\[\]【】。]|作者|编辑|編輯|记者|記者|责编|時間|时间|发布$|发布(?:时间|日期|于)|浏览|点击|点赞|阅读|评论\s*\d|字号|字体|打印|分享|原创稿?$|投稿`)
	// The accounts of cities and counties: 柳河发布.
	ofCity    = regexp.MustCompile(`^[\p{Han}]{2,4}发布$`)
	notOfCity = regexp.MustCompile(`[报局委厅部社网台办府]发布$`)
	bookMarks = regexp.MustCompile(`^[^《》]{0,14}[-－—\s]?《([^《》]{2,16})》`)
	houseName = regexp.MustCompile(
		`^[\p{Han}A-Za-z0-9]{1,14}(?:报|報|报社|社|网|網|新闻|新聞|周刊|杂志|电视台|广播|客户端|在线|发布|融媒|融媒体|头条|中文站|日报|时报)$`,
	)
	// 本文来自微信公众号“柳河商业”（ID：lh），作者：周舟.
	fromAccount = regexp.MustCompile(
		`(?:来自|转自|转载自|首发于|首发|来源于|选自|摘自|原载于?|源自)(?:微信)?(?:公众号|公号|微信号)\s*[:：]?\s*[“「【《『]?([\p{Han}A-Za-z0-9·]{2,16})[”」】》』（(，,。\s]`)
	// Authorities, schools and firms, which publish too: 中共柳河县委宣传部.
	officeName = regexp.MustCompile(
		`^\p{Han}{2,20}(?:宣传部|统战部|组织部|武装部|党工委|政府|政府办|办公室|委员会|管委会|局|厅|大学|学院|学校|中学|小学|集团|公司|协会|学会|研究院|研究所|` +
			`医院|法院|检察院|出版社|总工会|工会|团委|妇联|商会|基金会|电台|通讯社|支队|总队|大队|中心|工作室|街道办|街道办事处|馆|队|校友会)$`)
	partOfOffice = regexp.MustCompile(`^\p{Han}{1,12}(?:部|处|科|室|站|所)$`)
	// Who publishes, where nobody else is named as the source.
	publisherLabel = regexp.MustCompile(
		`(?:^|[^\p{Han}])(?:发布机构|发布单位|发布部门|供稿单位|来稿单位|投稿单位|供稿部门|发文机关|发文单位|供\s*稿|作\s*者)[\s\p{Zs}]*[:：丨｜|]` +
			`[\s\p{Zs}\x{200b}]*([^\s\p{Zs}\x{200b}][^:：]*)`)
	// A part of a portal, not who wrote.
	channelName = regexp.MustCompile(
		`^(?:时政|国内|国际|社会|本地|要闻|财经|体育|娱乐|科技|教育|军事|图片|视频|综合|滚动|最新|热点|热门|地方|行业|公司|学校|校园|企业|今日|头条|工作|媒体|原创|焦点|经济|文化|民生|健康|旅游|汽车|房产|我的|更多|相关|推荐|基层|部门)+(?:新闻|新聞|报|网|频道|在线|动态|要闻|资讯|头条|发布)?$`)
	writerAndHouse = regexp.MustCompile(
		`^([\p{Han}·]{2,5})[/／]([\p{Han}A-Za-z0-9]{1,12}(?:报|社|网|新闻|周刊|杂志|电视台|客户端|在线))$`,
	)
	account    = regexp.MustCompile(`(?:发布于|發佈於)[\p{Han}\s]{0,10}?([\p{Han}A-Za-z0-9]{2,16})官方账号`)
	notSource  = regexp.MustCompile(`\d{4}|[来來]源|^(?:原创|本站原创|本网原创|转载|综合|整理|网络|互联网|未知|佚名|本站|本网|不详|其他|自媒体|编辑|无|责任编辑|微信公众号|公众号)$|网友`)
	nameMark   = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:name|author|user|media|publisher|mname)(?:[\s_-]|$)`)
	sourceMark = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:source|src|media-?name|jgname|laiyuan|author-?name|account|nick-?name|user-?name|mp-?name|copy-?from|origin|ly|from)(?:[\s_-]|$)|^(?:source|media)[_-]?(?:baidu|name)`)
)

// headSources collects the sources around the headline and in metas.
func (p *webPage) headSources() (e evidence) {
	for i := range p.lines {
		weight := farSource
		if near := i - p.title.line; p.title.line < 0 || near > -creditLines && near < creditLines {
			weight = labelledSource - 0.01*float64(max(near, -near))
		}
		if i > p.textLine && p.textLine > p.title.line {
			weight = farSource // in the text or below it
		}
		if p.lines[i].hidden {
			weight *= hiddenShare
		}
		e.add(sourceIn(p.lines, i), weight)
		if text := p.lines[i].text; len(text) <= 2*maxCreditLine && strings.Contains(text, "号") {
			if m := fromAccount.FindStringSubmatch(text); m != nil {
				e.atLeast(creditName(m[1]), tailSource)
			}
		}
		e.add(publisherIn(&p.lines[i]), publisherShare*weight)
	}
	for i := p.title.line + 1; p.title.line >= 0 && i < min(len(p.lines), p.title.line+1+linesAfterTitle); i++ {
		if l := &p.lines[i]; len(l.text) <= maxCreditLine && i <= p.textLineOr(i) {
			e.add(p.markedIn(l.node), markedSource)
			if l.isStamp() {
				e.add(p.accountIn(l.node), markedSource)
			}
		}
	}
	p.stampSources(&e)
	value := p.first("contentsource", "source", "og:source", "article:source", "copyrightsource", "mediaid")
	if m := sourceLabel.FindStringSubmatch(value); m != nil {
		value = m[1]
	}
	e.add(creditName(value), metaSource)
	if name := creditName(p.linked.Author); houseName.MatchString(name) {
		e.add(name, linkedHouse)
	}
	return e
}

// stampSources adds the names of publishers in the date line, 某报 2025-03-12 08:30,
// in the line next to it, or after that of a writer, 陆知夏/某报.
func (p *webPage) stampSources(e *evidence) {
	title := p.title.line
	if title < 0 {
		return
	}
	for i := title + 1; i < min(len(p.lines), title+1+stampLines) && i < p.textLineOr(len(p.lines)); i++ {
		l := &p.lines[i]
		isDay := dayLabel.MatchString(l.text) && !strings.Contains(l.text, "于")
		if len(l.text) > maxDateLine || l.isForeign() || isDay {
			continue
		}
		if m := writerAndHouse.FindStringSubmatch(l.text); m != nil {
			e.add(m[2], stampSource)
			continue
		}
		if m := account.FindStringSubmatch(l.text); m != nil {
			e.add(m[1], accountName)
		}
		weight := accountSource
		if dayInText(l.spaced()) != "" || clockTime.MatchString(l.text) || p.dayInParts(i) != "" {
			weight = stampSource
		} else if !p.hasDayNext(i) && i > title+1 || utf8.RuneCountInString(l.text) > maxSource {
			continue
		}
		for _, part := range stampParts(l.raw) {
			if (isHouse(part) || part == p.publication || weight == stampSource && isOffice(part)) && part != p.title.text && part != p.nickname {
				e.add(part, weight)
				break
			}
		}
	}
}

// publisherIn returns the house or authority that line i names as the publisher or author.
func publisherIn(l *line) string {
	if len(l.text) > maxCreditLine || !containsAny(l.text, "机构", "单位", "部门", "供", "发文", "者") {
		return ""
	}
	m := publisherLabel.FindStringSubmatch(l.raw)
	if m == nil {
		return ""
	}
	if parts := strings.Fields(m[1]); len(parts) > 1 && news.LooksLikeName(parts[1]) {
		return "" // 骨科 许静
	}
	if name := creditName(m[1]); isHouse(name) || isOffice(name) || partOfOffice.MatchString(name) {
		return name
	}
	return ""
}

// isOffice reports whether a text is the name of an authority, a school or a firm.
func isOffice(text string) bool {
	return officeName.MatchString(text) && !channelName.MatchString(text) && !genericTitle.MatchString(text)
}

func isCityAccount(text string) bool { return ofCity.MatchString(text) && !notOfCity.MatchString(text) }

// isHouse reports whether a text is the name of a publisher.
func isHouse(text string) bool {
	return houseName.MatchString(text) && !channelName.MatchString(text) && !notSource.MatchString(text)
}

// hasDayNext reports whether the line above or below line i states a day.
func (p *webPage) hasDayNext(i int) bool {
	for _, j := range []int{i - 1, i + 1} {
		if j > p.title.line && j < len(p.lines) && len(p.lines[j].text) <= maxDateLine &&
			(dayInText(p.lines[j].text) != "" || bareDay.MatchString(p.lines[j].text)) {
			return true
		}
	}
	return false
}

// stampParts returns the parts of a date line.
func stampParts(raw string) []string {
	return strings.FieldsFunc(raw, func(r rune) bool { return isSpace(r) || strings.ContainsRune("·|｜丨•", r) })
}

// markedIn prefers marked elements within a block to the block itself: date-source
// may contain both.
func (p *webPage) markedIn(block *dom.Node) string {
	for n := range block.Descendants() {
		if n.Type == dom.ElementNode && isMarked(n) {
			if source := p.markedName(n); source != "" {
				return source
			}
		}
	}
	if isMarked(block) {
		return p.markedName(block)
	}
	return ""
}

// accountIn returns the name in an element of a date line that is marked as one.
func (p *webPage) accountIn(block *dom.Node) string {
	for n := range block.Descendants() {
		if n.Type == dom.ElementNode && len(n.Attr) > 0 && nameMark.MatchString(attr(n, "class")) {
			if name := p.markedName(n); name != "" && dayInText(name) == "" {
				return name
			}
		}
	}
	return ""
}

func isMarked(n *dom.Node) bool {
	return len(n.Attr) > 0 && sourceMark.MatchString(attr(n, "class")) || sourceMark.MatchString(attr(n, "id")) ||
		sourceMark.MatchString(attr(n, "bosszone"))
}

func (p *webPage) markedName(n *dom.Node) string {
	text := visibleText(n)
	if m := sourceElement.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	source := creditName(text)
	isTag := p.keywords()[source] && !houseName.MatchString(source)
	if isTag || strings.IndexFunc(source, textnorm.IsHan) < 0 || channelName.MatchString(source) ||
		news.LooksLikeName(source) {
		return ""
	}
	return source
}

// sourceIn returns the source that line i names after a label.
func sourceIn(lines []line, i int) string {
	l := &lines[i]
	if len(l.text) > maxCreditLine || !containsAny(l.raw, "源", "自", "处") || isNotice(l.text) {
		return ""
	}
	m := sourceLabel.FindStringSubmatch(l.raw)
	if m == nil {
		for _, part := range strings.FieldsFunc(l.raw, isSpace) {
			if m := sourceElement.FindStringSubmatch(part); m != nil {
				return creditName(m[1])
			}
		}
		return ""
	}
	if m[1] == "" && i+1 < len(lines) { // the name is in a block of its own
		next := &lines[i+1]
		if next.link && next.isListing() || next.isText() || strings.ContainsAny(next.text, ":：。，？！") ||
			utf8.RuneCountInString(next.text) > maxSource || dayInText(next.text) != "" {
			return ""
		}
		return creditName(next.text)
	}
	return creditName(m[1])
}

// creditName returns the name at the beginning of a text, "" if there is none. Of
// 青禾网-《柳河日报》 the paper is the name.
func creditName(text string) string {
	text = strings.TrimLeftFunc(text, func(r rune) bool { return isSpace(r) || strings.ContainsRune("“”\"", r) })
	if m := bookMarks.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	if at := creditEnd.FindStringIndex(text); at != nil && !isCityAccount(text) {
		text = text[:at[0]]
	}
	text = news.Name(strings.Trim(text, "。. -_》《”“\"、：:/／*·"))
	if n := utf8.RuneCountInString(text); n < 2 || n > maxSource || strings.IndexFunc(text, unicode.IsLetter) < 0 ||
		notSource.MatchString(text) || unnamed.MatchString(text) {
		return ""
	}
	return text
}

// tailSources adds the sources that the last lines of the text name.
func tailSources(e *evidence, tail []block) {
	for _, b := range tail {
		if len(b.text) > maxCreditLine || isNotice(b.text) {
			continue
		}
		text := strings.Trim(b.text, "（()）[]【】 ")
		if m := sourceLabel.FindStringSubmatch(text); m != nil && m[1] != "" {
			e.atLeast(creditName(m[1]), tailSource)
		} else if name, ok := strings.CutPrefix(text, "据"); ok && text != b.text && houseName.MatchString(name) {
			e.atLeast(name, tailSource)
		}
	}
}

// keywords returns the tags of the page: a tag that is marked as a source is none.
func (p *webPage) keywords() map[string]bool {
	all := map[string]bool{}
	for _, value := range p.metas["keywords"] {
		isGap := func(r rune) bool { return isSpace(r) || strings.ContainsRune(",，、;；|", r) }
		for word := range strings.FieldsFuncSeq(value, isGap) {
			all[word] = true
		}
	}
	return all
}

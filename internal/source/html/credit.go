package html

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	dom "golang.org/x/net/html"

	"xunwen/internal/textnorm"
)

// Credits: where an article comes from (来源) and who wrote it (作者, 记者).

const (
	maxSource     = 24 // characters of a source's name
	maxByline     = 24
	maxCreditLine = 200 // bytes: longer lines are text
	creditLines   = 15  // around the headline
)

var (
	// 来源：新华社, 稿件来源: 某报, 信息来源：某局; not 图片来源, 数据来源, which are
	// about a part of the article.
	sourceLabel = regexp.MustCompile(
		`(?:^|[^\p{Han}])(?:文章|稿件|新闻|信息|消息|内容)?来源(?:于|自)?[\s\x{200b}]*[:：][\s\x{200b}]*([^\s\x{200b}][^:：]*)?`,
	)
	// The end of a name in such a line.
	creditEnd   = regexp.MustCompile(`[\s\x{200b}|｜/,，;；()（）\[\]【】]|作者|编辑|记者|责编|时间|发布|浏览|点击|阅读|评论|字号|分享|原创稿?`)
	authorLabel = regexp.MustCompile(
		`(?:^|[^\p{Han}])(?:作者|撰文|文字?|采写|(?:本报|本刊|本网)?(?:特约|见习|` +
			`实习)?记者)\s*[:：/／][\s\x{200b}]*([\p{Han}·A-Za-z][\p{Han}·A-Za-z、，, ]*)`,
	)
	// （记者 陈静）, 本报记者 李某, 澎湃新闻记者 段某 廖某: on a line or in brackets of its own.
	reporterLine = regexp.MustCompile(
		`^[（(【\[]?(?:[\p{Han}]{0,8})?(?:见习|实习|特约|首席|驻[\p{Han}]{2,4})*(?:记者|通讯员|` +
			`特约撰稿人?)[\s:：]+([\p{Han}·]{2,5}(?:[\s、，]+[\p{Han}·]{2,5}){0,4})[）)】\]]?$`,
	)
	reporterIn = regexp.MustCompile(
		`[（(](?:[\p{Han}]{0,8})?(?:见习|实习|特约|首席)*(?:记者|` +
			`通讯员)[\s:：]*([\p{Han}·]{2,4}(?:[\s、，]+[\p{Han}·]{2,4}){0,4})(?:[\s/／]+(?:整合|编译|报道|综合报道|文/图|图))?[）)]`,
	)
	nameGaps = regexp.MustCompile(`[、，,/／\s]+`)
	duty     = regexp.MustCompile(`^(?:整合|整理|编译|报道|综合报道|综合|文|图|文图|摄|摄影|摄影报道)$`) // follows names
	notNames = regexp.MustCompile(`\d|@|网|报|社|台|频道|新闻|中心|编辑|来源|微信|客户端|发布|时间`)
)

// findSource returns the source that the page names, or "".
func (p *webPage) findSource() string {
	lines, title := p.lines, p.title.line
	for _, i := range nearest(len(lines), title) {
		if source := sourceIn(lines, i); source != "" {
			return source
		}
	}
	if source := firstOf(markedSource(lines, title), stampSource(lines, title)); source != "" {
		return source
	}
	value := p.first("contentsource", "source", "og:source", "article:source", "copyrightsource", "mediaid")
	if m := sourceLabel.FindStringSubmatch(value); m != nil {
		value = m[1]
	}
	return creditName(value, maxSource)
}

// markedSource returns the text of an element under the headline that is marked
// as a source; further down such marks belong to other articles.
func markedSource(lines []line, title int) string {
	if title < 0 {
		return ""
	}
	for _, l := range lines[title+1 : min(len(lines), title+1+linesAfterTitle)] {
		if source := markedIn(l.node); len(l.text) <= maxCreditLine && source != "" {
			return source
		}
	}
	return ""
}

// stampSource returns the name of a publisher in the date line, 某报 2025-03-12
// 08:30, or after that of a writer, 陆知夏/某报. Other names there may be those of
// authors.
func stampSource(lines []line, title int) string {
	if title < 0 {
		return ""
	}
	for _, l := range lines[title+1 : min(len(lines), title+1+stampLines)] {
		if len(l.text) > maxDateLine {
			continue
		}
		if m := writerAndHouse.FindStringSubmatch(l.text); m != nil {
			return m[2]
		}
		if dayInText(l.text) == "" {
			continue
		}
		for _, part := range strings.FieldsFunc(l.raw, isSpace) {
			if houseName.MatchString(part) {
				return part
			}
		}
	}
	return ""
}

// stampLines is how far under the headline the date line is at most.
const stampLines = 4

var (
	houseName      = regexp.MustCompile(`^[\p{Han}A-Za-z0-9]{1,12}(?:报|报社|社|网|新闻|周刊|杂志|电视台|广播|客户端|在线)$`)
	writerAndHouse = regexp.MustCompile(
		`^([\p{Han}·]{2,5})[/／]([\p{Han}A-Za-z0-9]{1,12}(?:报|社|网|新闻|周刊|杂志|电视台|客户端|在线))$`,
	)
)

// markedIn prefers marked elements within a block to the block itself:
// date-source may contain both.
func markedIn(block *dom.Node) string {
	for n := range block.Descendants() {
		if n.Type == dom.ElementNode && isMarked(n) {
			if source := markedName(n); source != "" {
				return source
			}
		}
	}
	if isMarked(block) {
		return markedName(block)
	}
	return ""
}

func isMarked(n *dom.Node) bool {
	return sourceClass.MatchString(attr(n, "class")) || sourceClass.MatchString(attr(n, "id"))
}

func markedName(n *dom.Node) string {
	source := creditName(cellText(n), maxSource)
	if strings.IndexFunc(source, textnorm.IsHan) < 0 {
		return ""
	}
	return source
}

var (
	sourceClass = regexp.MustCompile(`(?i)(?:^|[\s_-])source(?:[\s_-]|$)`)
	notSource   = regexp.MustCompile(`\d{4}|来源|^(?:原创|转载|综合|网络|互联网|未知|佚名)$`) // not a publisher
)

// nearest returns the indexes of n lines in the order of their distance from the
// headline, those below it first.
func nearest(n, title int) []int {
	if title < 0 {
		title = 0
	}
	order := make([]int, 0, n)
	for i := title; i < min(n, title+creditLines); i++ {
		order = append(order, i)
	}
	for i := min(n, title) - 1; i >= max(0, title-creditLines); i-- {
		order = append(order, i)
	}
	for i := title + creditLines; i < n; i++ {
		order = append(order, i)
	}
	return order
}

func sourceIn(lines []line, i int) string {
	text := lines[i].raw
	if len(lines[i].text) > maxCreditLine || !strings.Contains(text, "来源") {
		return ""
	}
	m := sourceLabel.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	if m[1] == "" && i+1 < len(lines) { // the name is in a block of its own
		return creditName(lines[i+1].text, maxSource)
	}
	return creditName(m[1], maxSource)
}

// creditName returns the name at the beginning of a text, "" if there is none.
func creditName(text string, most int) string {
	text = strings.TrimFunc(text, func(r rune) bool { return isSpace(r) || strings.ContainsRune("《》“”\"", r) })
	if at := creditEnd.FindStringIndex(text); at != nil {
		text = text[:at[0]]
	}
	text = strings.TrimRight(text, "。. -_》”\"")
	if n := utf8.RuneCountInString(text); n < 2 || n > most || strings.IndexFunc(text, unicode.IsLetter) < 0 ||
		notSource.MatchString(text) {
		return ""
	}
	return text
}

// findByline returns the names of the authors, separated by blanks, or "". The
// name of the publication is no author.
func (p *webPage) findByline(body []block, publication string) string {
	if name := bylineUnder(p.lines, p.title.line); name != "" {
		return name
	}
	for _, b := range body {
		if len(b.text) <= maxCreditLine && b.kind == textBlock {
			if m := reporterLine.FindStringSubmatch(b.text); m != nil {
				return names(m[1])
			}
		}
	}
	if len(body) > 0 {
		if m := reporterIn.FindStringSubmatch(firstBytes(body[0].text, maxCreditLine)); m != nil {
			return names(m[1])
		}
	}
	for _, value := range []string{p.linked.Author, p.first("author", "article:author", "dc.creator")} {
		if name := names(value); name != "" && name != publication {
			return name
		}
	}
	return ""
}

// bylineUnder returns the authors named in the lines under the headline.
func bylineUnder(lines []line, title int) string {
	if title < 0 {
		return ""
	}
	for _, l := range lines[title:min(len(lines), title+creditLines)] {
		if len(l.text) > maxCreditLine {
			continue
		}
		for _, pattern := range []*regexp.Regexp{authorLabel, writerAndHouse} {
			if m := pattern.FindStringSubmatch(strings.TrimFunc(l.raw, isSpace)); m != nil && names(m[1]) != "" {
				return names(m[1])
			}
		}
	}
	return ""
}

// names returns the names in a text, or "" if it contains anything else.
func names(text string) string {
	all := strings.Fields(nameGaps.ReplaceAllString(text, " "))
	for len(all) > 1 && duty.MatchString(all[len(all)-1]) {
		all = all[:len(all)-1]
	}
	text = strings.Join(all, " ")
	n := utf8.RuneCountInString(text)
	if n < 2 || n > maxByline || notNames.MatchString(text) || strings.IndexFunc(text, textnorm.IsHan) < 0 {
		return ""
	}
	return text
}

// firstBytes returns the beginning of a text: at most n bytes, and whole
// characters only.
func firstBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

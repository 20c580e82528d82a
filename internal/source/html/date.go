package html

import (
	"regexp"
	"strings"
	"unicode/utf8"

	dom "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// publishedNames are the metas that state when an article was published: Open
// Graph, the rules for government sites (PubDate), schema.org, Dublin Core and
// common ones.
var publishedNames = []string{
	"article:published_time", "og:published_time", "og:article:published_time", "datepublished", "pubdate",
	"publishdate", "publish-date", "publish_date",
	"pub_date", "publication_date", "publish_time", "publishtime", "weibo:article:create_at",
	"article:create_at", "og:release_date", "bytedance:published_time", "ptime",
	"og:time", "dcterms.issued", "dcterms.created", "dc.date.issued", "dc.date", "parsely-pub-date",
	"article:published", "releasedate", "date", "publishedtime", "firstpublishedtime",
}

// changedNames are those that state when the page was last changed: better than
// nothing.
var changedNames = []string{
	"dateupdate", "datemodified", "article:modified_time", "weibo:article:update_at", "og:updated_time",
	"lastmodified", "dcterms.modified",
}

// How often these places have the day of publication.
const (
	metaDay     = 0.85
	linkedDay   = 0.8
	markedDays  = 0.75
	labelled    = 0.8 // 发布时间：
	scriptDay   = 0.6
	folioDay    = 0.9 // 《柳河日报》（2024年03月05日 第 01 版）
	nearDay     = 0.75
	farDay      = 0.5  // further below the headline
	aboveDay    = 0.5  // above it
	apartDay    = 0.55 // in several elements
	changedDay  = 0.3
	updatedLine = 0.35 // 更新时间：
	addressDay  = 0.45
	titleDay    = 0.25
)

const (
	linesAfterTitle  = 12 // a date further below the headline is that of another article
	linesBeforeTitle = 6
	nearLines        = 5
	maxDateLine      = 150 // bytes: longer lines are text, which mentions other dates
	maxPart          = 12  // characters of a line that may be a part of a day
)

// findDate collects the days on which the page may have been published.
func (p *webPage) findDate(root *dom.Node) (day string, confidence float64) {
	var e evidence
	for i, name := range publishedNames {
		for _, value := range p.metas[name] {
			e.add(dayOf(value), metaDay-0.005*float64(i))
		}
	}
	e.add(dayOf(p.linked.Published), linkedDay)
	e.add(markedDay(root), markedDays)
	e.add(p.folio.date, folioDay)
	e.add(dayOf(p.script.date), scriptDay)
	p.daysAround(&e)
	e.add(dayOf(p.first(changedNames...)), changedDay)
	e.add(dayInURL(p.url()), addressDay)
	e.add(dayInText(p.title.text), titleDay)
	if p.folio.isPaper {
		e.add(dayInText(p.titleText()), titleDay)
	}
	return e.best()
}

// daysAround adds the days in the lines around the headline, and labelled ones.
func (p *webPage) daysAround(e *evidence) {
	title := p.title.line
	seen := map[string]bool{}
	add := func(day string, weight float64) {
		if day != "" && !seen[day] { // once: a page repeats its day in other places
			seen[day] = true
			e.add(day, weight)
		}
	}
	if title >= 0 {
		end := min(len(p.lines), title+1+linesAfterTitle)
		for i := title + 1; i < end; i++ {
			day, weight := p.dayAt(i)
			if i > title+nearLines || i >= p.textLine {
				weight = min(weight, farDay)
			}
			add(day, weight)
		}
		for i := title - 1; i >= max(0, title-linesBeforeTitle); i-- {
			day, weight := p.dayAt(i)
			if p.isTopBar(i) {
				continue
			}
			add(day, min(weight, aboveDay)-0.02*float64(title-i))
		}
	}
	if p.folio.isPaper && len(e.all) == 0 { // the day of the issue, in the head of the page
		for i := range max(0, title) {
			day, weight := p.dayAt(i)
			add(day, min(weight, aboveDay))
		}
	}
	for i := range p.lines {
		l := &p.lines[i]
		if len(l.text) <= maxDateLine && hasDigit(l.text) && containsAny(l.text, dayWords...) &&
			dayLabel.MatchString(l.text) && !p.isTopBar(i) {
			day, weight := p.dayAt(i)
			if title >= 0 {
				weight = min(weight, farDay)
			}
			add(day, weight)
		}
	}
}

var (
	dayLabel = regexp.MustCompile(
		`(?:发布|發布|發佈|发表|發表|发稿|發稿|刊发|刊登|出版|更新|上传|录入)(?:时间|時間|日期|于)?\s*[:：]|(?:发布|发表|发稿|刊发|出版|發佈|發布)(?:时间|日期|於|于)|^编辑于|^(?:日期|时间|時間)\s*[:：]`,
	)
	// One of these is in each label of a day.
	dayWords    = []string{"发", "發", "刊", "出版", "更新", "时间", "時間", "日期", "上传", "录入", "编辑于"}
	updateLabel = regexp.MustCompile(`更新|修改`)
	issueLabel  = regexp.MustCompile(`发布|發布|發佈|发表|發表|刊发|刊登|出版|发稿|發稿`)
	topBar      = regexp.MustCompile(`今天|今日|农历|農曆|星期|周[一二三四五六日]|歡迎|欢迎|天气|天氣|现在|现在时间`)
)

// dayAt returns the day that line i states and how sure it is that it is that of
// publication.
func (p *webPage) dayAt(i int) (day string, weight float64) {
	l := &p.lines[i]
	if len(l.text) > maxDateLine || l.link || l.isForeign() {
		return "", 0
	}
	text := l.spaced()
	isLabelled := containsAny(text, dayWords...) && dayLabel.MatchString(text)
	if !isLabelled && isSentence(text) {
		return "", 0 // of the text
	}
	if day = dayInText(text); day == "" && isLabelled {
		day = shortDayIn(text)
	}
	switch {
	case day == "":
		return p.dayInParts(i), apartDay
	case updateLabel.MatchString(text) && !issueLabel.MatchString(text):
		return day, updatedLine
	case isLabelled:
		return day, labelled
	}
	return day, nearDay
}

// dayInParts returns the day of which line i is the first part, or that is in
// elements of the line.
func (p *webPage) dayInParts(i int) string {
	text := strings.TrimSpace(p.lines[i].spaced())
	if day := splitDay(text); day != "" || utf8.RuneCountInString(text) > maxPart || i+1 >= len(p.lines) {
		return day
	}
	if next := p.lines[i+1].spaced(); utf8.RuneCountInString(next) <= maxPart+6 {
		return splitDay(text + " " + strings.TrimSpace(next))
	}
	return ""
}

// isTopBar reports whether line i shows the day on which the page was seen, as the
// top bars of sites do. Those of electronic newspapers show the day of the issue.
func (p *webPage) isTopBar(i int) bool {
	text := p.lines[i].text
	if strings.Contains(text, "今天") || strings.Contains(text, "欢迎") {
		return true
	}
	return i < p.title.line && topBar.MatchString(text) && !clockTime.MatchString(text) && !p.folio.isPaper
}

// markedDay returns the day of a <time datetime> or of an element marked as
// datePublished.
func markedDay(root *dom.Node) string {
	for n := range root.Descendants() {
		if n.Type != dom.ElementNode ||
			n.DataAtom != atom.Time && !strings.EqualFold(attr(n, "itemprop"), "datePublished") {
			continue
		}
		if day := dayOf(firstOf(attr(n, "datetime"), attr(n, "content"))); day != "" {
			return day
		}
	}
	return ""
}

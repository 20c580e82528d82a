package html

import (
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
		if text := p.lines[i].text; len(text) <= 2*maxCreditLine && containsAny(text, "号", "以下文章") {
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
			isName := isHouse(part) || part == p.publication ||
				weight == stampSource && (isOffice(part) || p.isOwnName(part))
			if isName && part != p.title.text && part != p.nickname {
				if strings.Contains(p.titleText(), part) {
					e.add(part, weight*hiddenShare) // the site's own name: another may follow
					continue
				}
				e.add(part, weight)
				break
			}
		}
	}
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
	if strings.ContainsAny(text, ":：") && !sourceLabel.MatchString(text) {
		return "" // 类型：原创
	}
	if before, _, ok := strings.Cut(text, "记者"); ok && !isHouse(strings.TrimRight(before, " /／")) {
		return "" // 学生记者团
	}
	if m := sourceLabel.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
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
	at := sourceLabel.FindStringSubmatchIndex(l.raw)
	if at == nil {
		for _, part := range strings.FieldsFunc(l.raw, isSpace) {
			if m := sourceElement.FindStringSubmatch(part); m != nil {
				return creditName(m[1])
			}
		}
		return ""
	}
	named := ""
	if at[2] >= 0 {
		named = l.raw[at[2]:at[3]]
		if isLabelOf(named, l.raw[at[3]:]) {
			return "" // 来源： 访问量：12
		}
	}
	if named == "" && i+1 < len(lines) { // the name is in a block of its own
		next := &lines[i+1]
		if next.link && next.isListing() || next.isText() || strings.ContainsAny(next.text, ":：。，？！") ||
			utf8.RuneCountInString(next.text) > maxSource || dayInText(next.text) != "" {
			return ""
		}
		return creditName(next.text)
	}
	return creditName(named)
}

// isLabelOf reports whether a text between two colons is the next label and nothing else.
func isLabelOf(text, rest string) bool {
	text = strings.Trim(text, edge+" ")
	return (strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "：")) && creditEnd.FindStringIndex(text) == nil &&
		!isHouse(text) && utf8.RuneCountInString(text) <= maxLabel
}

const maxLabel = 4 // characters of 访问量, 点击数

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

package html

import (
	"strings"
	"unicode/utf8"

	"xunwen/internal/news"
)

// Houses that a page names without calling them its source.

// isOwnName reports whether the page has a name above the headline or asks to open its app.
func (p *webPage) isOwnName(name string) bool {
	n := utf8.RuneCountInString(name)
	if n < minSiteName || n > maxSiteName || channelName.MatchString(name) || news.LooksLikeName(name) ||
		notPerson.MatchString(name) && !houseName.MatchString(name) || dayInText(name) != "" || isFurnitureText(name) {
		return false
	}
	above, asked := false, false
	for i := range p.lines {
		l := &p.lines[i]
		above = above || i < p.title.line && l.text == name && !l.link
		asked = asked || len(l.text) < maxDateLine && containsAny(l.text, "打开"+name, "下载"+name, name+"客户端", name+"APP")
	}
	return above && asked
}

// publisherIn returns the house or authority that line i names as the publisher or author.
func publisherIn(l *line) string {
	if len(l.text) > maxCreditLine || !containsAny(l.text, "机构", "单位", "單位", "部门", "供", "发文", "者") {
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

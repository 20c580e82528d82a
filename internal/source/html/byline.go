package html

import (
	"strings"
	"unicode/utf8"

	"xunwen/internal/news"
)

// Who wrote an article (作者, 记者). Editors, proofreaders and houses did not.

const maxByline = 40 // characters

// How often these places have the author.
const (
	labelledAuthor = 0.85 // 作者： under the headline
	reporterName   = 0.8  // a line 本报记者 周舟
	bracketed      = 0.75 // （评论员 周舟） at the end of the text
	datelined      = 0.3  // 青禾社柳河3月5日电（记者周舟）: text; a byline if another place agrees
	tailAuthor     = 0.7  // below the text
	markedAuthor   = 0.6  // class="author", if it looks like a name
	signedName     = 0.6  // ■周舟
	stampAuthor    = 0.5  // a name in the date line
	linkedAuthor   = 0.5  // JSON-LD
	metaAuthor     = 0.4  // half of them are editors
	shortAlone     = 0.3  // a name of two characters without any other sign
	leastAuthor    = 0.35
)

// headAuthors collects the authors around the headline, in metas and in JSON-LD.
func (p *webPage) headAuthors() (e evidence) {
	title := p.title.line
	for i := max(0, title-2); title >= 0 && i < min(len(p.lines), title+1+creditLines); i++ {
		l := &p.lines[i]
		if len(l.text) > maxCreditLine || i == title || l.hidden || l.isForeign() || l.isText() || isSpoken(l.text) {
			continue
		}
		if isPhotoLine(l.text) || i > p.textLineOr(i) && replyHead.MatchString(l.text) {
			continue
		}
		weight := 1.0
		if i > p.textLineOr(i) {
			weight = 0.6
		}
		p.authorsIn(&e, l, weight)
		if i <= title+2 && i > title && utf8.RuneCountInString(l.text) <= maxAlone {
			e.atLeast(p.strictNames(l.text), unlabelled(l.text, isAnyHeading(l.node.DataAtom)))
		}
	}
	e.add(p.strictNames(p.linked.Author), linkedAuthor)
	if latinName.MatchString(p.linked.Author) {
		e.add(p.linked.Author, linkedAuthor)
	}
	for _, name := range []string{"author", "article:author", "og:article:author", "dc.creator", "byl"} {
		for _, value := range p.metas[name] {
			e.add(p.strictNames(value), metaAuthor)
		}
	}
	return e
}

// partAuthors adds the authors that a part of a line names after a word.
func (p *webPage) partAuthors(e *evidence, l *line, share float64) {
	for _, part := range strings.FieldsFunc(l.raw, isSpace) {
		if m := authorPart.FindStringSubmatch(part); m != nil {
			e.add(p.names(m[1]), share*labelledAuthor)
		}
		if m := reporterIn.FindStringSubmatch(part); m != nil && len(part) < maxCreditLine {
			e.add(p.names(endOfNames(m[1])), share*bracketed)
		}
	}
	if m := reprinted.FindStringSubmatch(l.text); m != nil {
		e.add(p.names(m[1]), share*labelledAuthor)
	}
	if m := authorBlank.FindStringSubmatch(l.spaced()); m != nil {
		e.add(p.strictNames(m[1]), share*labelledAuthor)
	}
}

// unlabelled is the weight of a name that nothing announces. Many words of two characters
// look like one (简介, 关注), so that those need a second sign, such as a character that few
// words end with.
func unlabelled(name string, sign bool) float64 {
	if utf8.RuneCountInString(name) <= 2 && !sign && !news.HasGivenName(name) {
		return shortAlone
	}
	return stampAuthor
}

// maxAlone bounds names alone on a line below the headline, in characters.
const maxAlone = 12

// authorsIn adds the authors that a line under the headline names.
func (p *webPage) authorsIn(e *evidence, l *line, share float64) {
	raw := strings.TrimFunc(printedIn.ReplaceAllString(l.raw, ""), isSpace)
	if m := matchAuthor(raw); m != nil {
		e.add(p.names(endOfNames(m[1])), share*labelledAuthor)
		return
	}
	if m := writerAndHouse.FindStringSubmatch(l.text); m != nil {
		e.add(p.names(m[1]), share*labelledAuthor)
		return
	}
	if containsAny(raw, "者", "员", "員", "察", "稿") {
		got := p.reporters(withoutDay(collapseSpace(strings.ReplaceAll(raw, edge, " "))))
		if got != "" {
			e.add(got, share*reporterName)
			return
		}
	}
	if m := signedLine.FindStringSubmatch(l.text); m != nil {
		e.add(p.names(m[1]), share*signedName)
	}
	e.add(p.deskReporter(l.text), share*reporterName)
	if containsAny(raw, "者", "文", "员", "員") {
		p.partAuthors(e, l, share)
	}
	if parts := strings.FieldsFunc(l.raw, isSpace); len(parts) > 1 && ancestors(l.node, 2, isAuthorMark) {
		e.add(p.strictNames(parts[0]), share*markedAuthor)
	}
	e.add(p.markedAuthor(l.node), share*markedAuthor)
	if l.isStamp() && dayInText(l.spaced()) != "" && !dayLabel.MatchString(l.text) {
		before := ""
		for _, part := range stampParts(l.raw) {
			isPlace := strings.HasPrefix(part, "(") || strings.HasPrefix(part, "（")
			if utf8.RuneCountInString(part) > 1 && !isPlace && !editorLabel.MatchString(l.raw) {
				isBehind := before == "原创" || strings.EqualFold(before, "by") || isHouse(before) ||
					before == p.publication
				e.add(p.strictNames(part), share*unlabelled(part, isBehind))
			}
			before = part
		}
	}
}

// matchAuthor matches authorLabel, after looking for a character of its labels.
func matchAuthor(text string) []string {
	if !containsAny(text, authorSigns...) || !containsAny(text, colons...) {
		return nil
	}
	return authorLabel.FindStringSubmatch(text)
}

// reporters returns the names on a line or in brackets such as 本报记者 周舟.
func (p *webPage) reporters(text string) string {
	if !strings.ContainsAny(text, "者员員察稿") {
		return ""
	}
	m := reporterLine.FindStringSubmatch(text)
	if m == nil || strings.ContainsAny(m[1], "。！？，；") {
		return ""
	}
	return p.names(endOfNames(m[1]))
}

// deskReporter returns the reporter of a line such as 生活中心／許靜報導.
func (p *webPage) deskReporter(text string) string {
	if m := deskLine.FindStringSubmatch(text); m != nil {
		return p.strictNames(m[1])
	}
	return ""
}

// behindNames are words that follow the names of authors and begin something else.
var behindNames = strings.Fields(
	"文章 稿件 信息 译者 编辑 責任 责任 来源 發布 发布 发表 分享 时间 日期 浏览 阅读 点击 字号 摄影： 单位 评论 审核 報道")

// endOfNames cuts what follows the names: another duty, a bracket.
func endOfNames(text string) string {
	text = strings.TrimFunc(strings.ReplaceAll(text, edge, " "), isSpace)
	text = photographers.ReplaceAllString(text, "$1")
	text = dutyBehind.ReplaceAllString(placeBehind.ReplaceAllString(text, ""), "$1")
	if at := photoDuty.FindStringIndex(text); at != nil && at[0] > 0 {
		text = text[:at[0]]
	}
	if at := strings.IndexAny(text, "（(【[。；;)）"); at > 0 {
		text = text[:at]
	}
	if names, rest, ok := strings.Cut(text, "，"); ok && names != "" && !beginsWithName(rest) {
		text = names
	}
	if at := countBehind.FindStringIndex(text); at != nil {
		text = text[:at[0]]
	}
	for _, end := range behindNames {
		if at := strings.Index(text, end); at > 0 {
			text = text[:at]
		}
	}
	if dayInText(text) != "" {
		text = strings.TrimRight(text[:strings.IndexFunc(text, isDayRune)], " ")
	}
	if rest := aheadOfName.ReplaceAllString(text, ""); rest != "" {
		return rest
	}
	return text
}

// isPhotoLine reports whether a line says who took a picture.
func isPhotoLine(text string) bool {
	return (strings.HasSuffix(text, "摄") || strings.HasSuffix(text, "攝")) && !strings.Contains(text, "文")
}

// beginsWithName reports whether a text begins with a name that ends there, or before the
// next sign.
func beginsWithName(text string) bool {
	name := strings.FieldsFunc(text, func(r rune) bool { return isSpace(r) || strings.ContainsRune("，、,/／", r) })
	return len(name) > 0 && news.LooksLikeName(name[0])
}

// findEditors notes the names that the page gives for its editors.
func (p *webPage) findEditors() {
	p.editors = map[string]bool{}
	for i := range p.lines {
		l := &p.lines[i]
		if len(l.text) > maxCreditLine || !containsAny(l.text, "编", "編", "审", "審", "校", "班") {
			continue
		}
		for _, m := range editorLabel.FindAllStringSubmatch(l.spaced(), -1) {
			for name := range strings.FieldsSeq(news.Byline(m[1])) {
				p.editors[name] = true
			}
		}
	}
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

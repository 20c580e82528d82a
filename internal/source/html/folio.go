package html

import (
	"regexp"
	"strings"
	"unicode/utf8"

	dom "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"xunwen/internal/news"
)

// Electronic editions of printed newspapers, and articles taken from print, state
// paper, day and page: 《柳河日报》（2024年03月05日 第 01 版）, 第03版：都市.

// folio is what a page states about the printed paper.
type folio struct {
	isPaper                           bool // an electronic edition
	publication, date, page, pageName string
}

var (
	printed = regexp.MustCompile(
		`^[（(]?\s*(?:来源：)?《?\s*([\p{Han}A-Za-z]{2,14}?)\s*》?\s*[（(,，]?\s*(\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*(?:星期.\s*)?[,，]?\s*` +
			`第?\s*([A-Z]?\s*\d{1,3})\s*版(?:[:：]?\s*([\p{Han}·]{2,8}))?\s*[）)]?\s*[）)]?$`,
	)
	printedIn = regexp.MustCompile(
		`《\s*([\p{Han}A-Za-z]{2,14}?)\s*》\s*[（(]\s*(\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*(?:星期.\s*)?第?\s*([A-Z]?\s*\d{1,3})\s*版(?:[:：]?\s*([\p{Han}·]{2,8}))?\s*[）)]`,
	)
	pageLine   = regexp.MustCompile(`(?:第\s*([A-Z]?\d{1,3})\s*版\s*[:：]?|^([A-Z]?\d{2})\s*版\s*[:：])\s*([\p{Han}·]{2,8})?(?:\s|$)`)
	paperTitle = regexp.MustCompile(`数字报|數字報|电子报|電子報|电子版|數位報|日报|晚报|晨报|早报|都市报|商报|周报|时报|日報|晚報`)
)

// maxFolio bounds a line with a folio.
const maxFolio = 80 // characters

// findFolio reads the folio in the lines of a page; that of the pages in the list
// beside an article counts only if there is one.
func (p *webPage) findFolio() {
	f := &p.folio
	for i := range p.lines {
		l := &p.lines[i]
		if l.link || utf8.RuneCountInString(l.text) > maxFolio || !strings.Contains(l.text, "版") {
			continue
		}
		m := printed.FindStringSubmatch(l.text)
		if m == nil {
			m = printedIn.FindStringSubmatch(l.text)
		}
		if m != nil {
			f.publication, f.date = m[1], dayInText(m[2])
			f.page, f.pageName = news.PageNumber(strings.ReplaceAll(m[3], " ", "")), m[4]
			f.isPaper = i <= p.title.line+linesAfterTitle && i <= p.textLineOr(i)
			return
		}
	}
	if m := printed.FindStringSubmatch(p.titleText()); m != nil {
		f.isPaper, f.publication, f.date = true, m[1], dayInText(m[2])
		f.page, f.pageName = news.PageNumber(strings.ReplaceAll(m[3], " ", "")), m[4]
		return
	}
	if f.isPaper = paperTitle.MatchString(p.titleText()); f.isPaper {
		p.pageOfPaper()
	}
}

// pageOfPaper reads a line such as 第03版：都市 if the page has one only.
func (p *webPage) pageOfPaper() {
	f := &p.folio
	pages := 0
	for i := range p.lines {
		l := &p.lines[i]
		if l.link || l.isListing() || utf8.RuneCountInString(l.text) > maxFolio {
			continue
		}
		if m := pageLine.FindStringSubmatch(l.spaced()); m != nil {
			if page := news.PageNumber(m[1] + m[2]); page != f.page {
				f.page, f.pageName = page, m[3]
				pages++
			}
		}
	}
	if pages != 1 {
		f.page, f.pageName = "", ""
	}
}

var (
	kickerClass   = regexp.MustCompile(`(?i)yinti|yin_?ti|introtitle|pretitle|shoulder|jianti|kicker|top-?title|^pre$|^pre-|^yt$`)
	subtitleClass = regexp.MustCompile(`(?i)futi|fu_?biaoti|fubiao|subtitle|sub-title|sub_title|secondtitle`)
)

// findKicker returns the lines directly above and below the headline that belong to
// it: headings of another level in the same element, or elements marked as such.
func (p *webPage) findKicker() (kicker, subtitle string) {
	at := p.title.line
	if at < 0 {
		return "", ""
	}
	if p.folio.isPaper && at+1 < len(p.lines) && p.isPaperSubtitle(at+1) {
		subtitle = p.lines[at+1].text
		if at > 0 && p.isPaperSubtitle(at-1) && sameLook(p.lines[at-1].node, p.lines[at+1].node) {
			kicker = p.lines[at-1].text
		}
		return kicker, subtitle
	}
	if at > 0 && p.isSecondary(at-1, kickerClass) {
		kicker = p.lines[at-1].text
	}
	if at+1 < len(p.lines) && p.isSecondary(at+1, subtitleClass) {
		subtitle = p.lines[at+1].text
	}
	return kicker, subtitle
}

// isPaperSubtitle reports whether line i next to the headline of an electronic newspaper
// is set in a cell of its own like it.
func (p *webPage) isPaperSubtitle(i int) bool {
	l, title := &p.lines[i], &p.lines[p.title.line]
	n := utf8.RuneCountInString(l.text)
	return !l.link && !l.isListing() && !l.hidden && n >= minSecondary && n <= maxSubtitle && !isSentence(l.text) &&
		!l.isStamp() && !isOwnByline(l.text) && !isFurnitureText(l.text) && l.text != p.title.text &&
		dayInText(l.text) == "" && l.node.DataAtom == atom.Td && title.node.DataAtom == atom.Td &&
		l.parent != nil && title.parent != nil && l.parent.Parent == title.parent.Parent && p.textLine > i &&
		!captionHead.MatchString(l.text) && !captionTail.MatchString(l.text)
}

// maxSubtitle bounds a subtitle, in characters.
const maxSubtitle = 60

func sameLook(a, b *dom.Node) bool { return attr(a, "class") == attr(b, "class") }

// minSecondary is the length of the shortest kicker or subtitle, in characters.
const minSecondary = 4

// isSecondary reports whether line i is a kicker or subtitle.
func (p *webPage) isSecondary(i int, class *regexp.Regexp) bool {
	l, title := &p.lines[i], &p.lines[p.title.line]
	if l.link || l.isListing() || l.hidden || utf8.RuneCountInString(l.text) < minSecondary || l.isStamp() ||
		isSentence(l.text) || l.text == p.title.text || isName(l.text) {
		return false
	}
	if class.MatchString(attr(l.node, "class")) || class.MatchString(attr(l.node, "id")) {
		return true
	}
	own, titles := l.node.DataAtom, title.node.DataAtom
	return isAnyHeading(own) && isAnyHeading(titles) && own != titles && l.parent == title.parent &&
		(p.folio.isPaper || i > p.title.line && p.stampWithin(i, 2))
}

// ancestors calls each for a node and the elements around it, the innermost first.
func ancestors(n *dom.Node, most int, each func(*dom.Node) bool) bool {
	for ; n != nil && most > 0; n, most = n.Parent, most-1 {
		if each(n) {
			return true
		}
	}
	return false
}

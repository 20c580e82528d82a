package html

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	dom "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// minTitle is shorter than headlines are and longer than the names of most
// channels (要闻, 国际): shorter lines of the text do not confirm a title.
const minTitle = 6 // characters

// headline is the title (主题) of a page and where it is.
type headline struct {
	text       string
	line       int     // index in the lines of the page, or -1
	confidence float64 // 0 to 1
	before     string  // what precedes it in <title>, e.g. 柳河日报-
	suffix     string  // what follows it there, e.g. _国际_新华网
}

// Points for what makes a text the headline; the one with the most is. They were
// chosen by hand: that <title> begins with a heading outweighs all else that a
// heading can have, and a lone heading above date and source outweighs a <title>
// that only names the channel.
const (
	opensTitle    = 3.0 // <title> begins with it and goes on with names, or ends
	insideTitle   = 2.0 // it is a part of <title>
	cutTitle      = 2.0 // it is <title> without the names at its end
	nameTitle     = 0.6 // the same, but it is a name itself
	statedTitle   = 1.5 // og:title, headline of JSON-LD, ArticleTitle
	titleClassed  = 1.0
	centredBold   = 0.6
	stampBelow    = 1.5 // date or source follow within a few lines
	directlyBelow = 0.3 // they are in the next line
	stampAbove    = 0.7
	textFollows   = 0.5
	perCharacter  = 0.02
	nameItself    = -2.5 // the name of a site or channel
	tooShort      = -1.0
	isText        = -2.0
	afterText     = -1.5 // other articles' headlines follow the text

	surePoints = 6.0 // of a headline with confidence 1
	leastTitle = 0.5
)

var headingPoints = map[atom.Atom]float64{
	atom.H1: 1.5, atom.H2: 1.2, atom.H3: 0.8, atom.H4: 0.4, atom.H5: 0.3, atom.H6: 0.3,
}

var titleClass = regexp.MustCompile(
	`(?i)(?:^|[\s_-])(?:title|tit|headline|biaoti|zhuti|bt|subject|article-?name|h1|(?:art|article|news|content|page|post|detail|entry|main|media)[_-]?(?:title|tit))(?:[\s_-]|\d|$)`,
)

// findTitle decides which text is the title, by points.
func (p *webPage) findTitle() headline {
	full := p.titleText()
	parts := partsOf(full)
	best, points := headline{line: -1}, leastTitle
	consider := func(h headline, got float64) {
		if got > points {
			best, points = h, got
		}
	}
	textAt := p.firstText()
	for i := range p.lines {
		h, got := p.titleAt(i, full, parts, textAt)
		consider(h, got)
	}
	for _, h := range p.titlesOutside(full) {
		if h.line = lineOf(p.lines, h.text); h.line < 0 || !p.isTitleTag(h.line) {
			got := h.confidence // as points
			if h.line >= 0 && p.stampWithin(h.line, nearLines) {
				got += stampBelow
			}
			consider(h, got)
		}
	}
	best.confidence = min(1, points/surePoints)
	if best.text == "" {
		best.confidence = 0
	}
	return best
}

// titleAt returns line i as the headline and its points; 0 if it can't be one.
func (p *webPage) titleAt(i int, full string, parts []int, textAt int) (h headline, points float64) {
	l := &p.lines[i]
	h = headline{text: l.text, line: i}
	n := utf8.RuneCountInString(l.text)
	rest, opens := restOfTitle(full, l.text)
	if !opens && l.outside != "" && len(l.linked) <= maxTag {
		if rest, opens = restOfTitle(full, l.outside); opens { // a link to a tag stands next to it
			h.text, n = l.outside, utf8.RuneCountInString(l.outside)
		}
	}
	if l.hidden || n < 2 || n > maxHeadline {
		return h, 0
	}
	named := false
	switch {
	case opens && (rest == "" || n >= minTitle || !startsBlank(rest)):
		h.suffix, named = rest, true
		points = opensTitle
	case n >= minTitle:
		if at, ok := partOfTitle(full, parts, l.text); ok {
			h.before, h.suffix, named = full[:at], full[at:], true
			points = insideTitle
		}
	}
	tag := p.titleTag(l)
	if points == 0 && tag == 0 || l.isListing() || !opens && l.isStamp() {
		return h, 0
	}
	if points == 0 && tag == 0 || l.link && !(named && tag > 0) {
		return h, 0
	}
	if named && tag == 0 && (n < minTitle || rest == "" && !p.stampWithin(i, nearLines)) {
		return h, 0 // any line may be all of <title>
	}
	points += tag + p.statedPoints(l.text) + perCharacter*float64(n)
	if p.stampWithin(i, nearLines) && (!isName(l.text) || p.stampWithin(i, 1)) {
		points += stampBelow
		if p.stampWithin(i, 1) {
			points += directlyBelow
		}
	} else if p.stampBefore(i, 3) {
		points += stampAbove
	}
	if textAt > i && textAt <= i+nearLines {
		points += textFollows
	}
	return h, points + p.titleDoubts(l, i, textAt)
}

// titleDoubts are points against line l.
func (p *webPage) titleDoubts(l *line, i, textAt int) (points float64) {
	n := utf8.RuneCountInString(l.text)
	if isName(l.text) && !p.stampWithin(i, 1) {
		points += nameItself
	}
	if n < 4 && !p.stampWithin(i, 1) {
		points += tooShort
	}
	if isSentence(l.text) && n > 2*minTitle && strings.HasSuffix(l.text, "。") {
		points += isText
	}
	if textAt >= 0 && i > textAt+1 {
		points += afterText
	}
	return points
}

// maxTag bounds the link to a tag next to a headline, in bytes.
const maxTag = 24

// maxHeadline bounds a headline, in characters; longer lines are text.
const maxHeadline = 120

// titleTag are the points of a line's element.
func (p *webPage) titleTag(l *line) float64 {
	points := 0.0
	ancestors(l.node, 2, func(n *dom.Node) bool {
		points = max(points, headingPoints[n.DataAtom])
		return false
	})
	if ancestors(l.node, 2, hasTitleClass) {
		points += titleClassed
	}
	if points == 0 && (l.bold || l.big) && isCentred(l.node) {
		points = centredBold
	}
	return points
}

func hasTitleClass(n *dom.Node) bool {
	return isTitleClass(attr(n, "class")) || isTitleClass(attr(n, "id"))
}

// One of these is in each name that titleClass matches.
var titleWords = strings.Fields("tit Tit TIT ead ao uti bt BT bject ame h1 H1")

func isTitleClass(name string) bool {
	return containsAny(name, titleWords...) && titleClass.MatchString(name)
}

func (p *webPage) isTitleTag(i int) bool { return p.titleTag(&p.lines[i]) > 0 }

func isCentred(n *dom.Node) bool {
	return ancestors(n, 3, func(n *dom.Node) bool {
		return n.Data == "center" || strings.EqualFold(attr(n, "align"), "center") ||
			strings.Contains(attr(n, "style"), "center")
	})
}

// statedTitles returns the titles that the page states outside the displayed text,
// some of them "".
func (p *webPage) statedTitles() []string {
	return []string{
		p.first("articletitle"), collapseSpace(dom.UnescapeString(p.linked.Headline)),
		collapseSpace(dom.UnescapeString(p.first("og:title"))), collapseSpace(dom.UnescapeString(p.script.title)),
	}
}

func (p *webPage) statedPoints(text string) float64 {
	points := 0.0
	for _, stated := range p.statedTitles() {
		if stated != "" && sameText(stated, text) {
			points = min(2*statedTitle, points+statedTitle)
		}
	}
	return points
}

// titlesOutside returns the headlines that <title> and metas give, with their points
// as confidence.
func (p *webPage) titlesOutside(full string) []headline {
	var all []headline
	stated := func(text string) (points float64) { return p.statedPoints(text) }
	for _, text := range p.statedTitles() {
		if text == "" {
			continue
		}
		h := headline{text: text, confidence: stated(text) + perCharacter*float64(utf8.RuneCountInString(text))}
		if rest, ok := restOfTitle(full, text); ok && rest != "" {
			h.suffix = rest
			h.confidence += cutTitle
		}
		if isName(text) {
			h.confidence += nameItself
		}
		all = append(all, h)
	}
	if full != "" {
		h := headline{text: full}
		h.text, h.suffix = cutSuffixes(full)
		h.confidence = cutTitle + stated(h.text) + perCharacter*float64(utf8.RuneCountInString(h.text))
		if isName(h.text) || strings.IndexFunc(h.text, unicode.IsLetter) < 0 || utf8.RuneCountInString(h.text) < 3 {
			h.confidence = nameTitle
		}
		all = append(all, h)
	}
	return all
}

// firstText returns the first line of text of the page, -1 if it has none.
func (p *webPage) firstText() int {
	for i := range p.lines {
		if l := &p.lines[i]; !l.link && !l.hidden && l.isText() {
			return i
		}
	}
	return -1
}

func isHeading(tag atom.Atom) bool { return tag == atom.H1 || tag == atom.H2 || tag == atom.H3 }

func lineOf(lines []line, text string) int {
	if text == "" {
		return -1
	}
	for i := range lines {
		if l := &lines[i]; l.text == text && !l.link && !l.hidden {
			return i
		}
	}
	return -1
}

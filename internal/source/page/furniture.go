package page

import (
	"strings"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// Furniture is what the head and foot lines of a page state; "" for what they
// don't.
type Furniture struct {
	Publication string // 报纸
	Date        string // 日期, YYYY-MM-DD
	Page        string // 版次, without leading zeros
	PageName    string // 版名
}

// fill takes from o what f doesn't have yet.
func (f *Furniture) fill(o Furniture) {
	for _, m := range []struct {
		to   *string
		from string
	}{{&f.Publication, o.Publication}, {&f.Date, o.Date}, {&f.Page, o.Page}, {&f.PageName, o.PageName}} {
		if *m.to == "" {
			*m.to = m.from
		}
	}
}

const (
	maxFurnitureRunes = 90 // a head line with editors and telephone numbers
	maxPaperName      = 48 // bytes: the longest that paperName matches
)

// headLine is what was recognised in one line.
type headLine struct {
	read     Furniture
	day      *dayParts // of a day on several lines; nil for none
	week     bool      // names a day of the week or of the lunar calendar
	sure     bool      // has a mark that only furniture has
	possible bool      // every part may be furniture
}

// readHeadLine reads one line without its context.
func readHeadLine(raw string) headLine {
	raw = openFolio(halfWidthDigits(raw))
	text, bare := precheck(raw)
	if text {
		return headLine{}
	}
	if m := asBarePage(raw); m != "" { // — 5 —
		return headLine{read: Furniture{Page: pageNumber(m)}, possible: true}
	}
	if bare && raw != "" { // no marks: the common case
		if isPageName(raw) {
			return headLine{read: Furniture{PageName: raw}, possible: true}
		}
		return headLine{}
	}
	p := headLineParser{headLine: headLine{possible: true}, rest: strings.TrimSpace(raw)}
	for p.rest != "" && p.possible {
		p.part()
	}
	const maxNames = 3 // publication, page name, its English
	h := p.headLine
	h.possible = h.possible && p.names <= maxNames
	h.sure = h.possible && h.sure
	return h
}

// openFolio takes the brackets off a folio that is printed with the article: 《柳河日报》（2024年3月5日
// 第 01 版） becomes 《柳河日报》 2024年3月5日 第 01 版.
func openFolio(raw string) string {
	if !strings.HasPrefix(raw, "《") || len(raw) > maxFolio {
		return raw
	}
	name, rest, ok := strings.Cut(raw, "》")
	rest = strings.TrimSpace(rest)
	open, closed := strings.TrimLeft(rest, "（("), strings.TrimRight(rest, "）)")
	if !ok || open == rest || closed == rest || !strings.HasSuffix(closed, "版") {
		return raw
	}
	return name + "》 " + strings.TrimSpace(strings.TrimRight(open, "）)"))
}

const maxFolio = 150 // bytes

// halfWidthDigits replaces full-width digits and letters, and the signs between the
// numbers of a date.
func halfWidthDigits(s string) string {
	if !strings.ContainsFunc(s, isFullWidth) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isFullWidth(r) {
			return r - 0xfee0
		}
		return r
	}, s)
}

func isFullWidth(r rune) bool {
	return r >= '０' && r <= '９' || r >= 'Ａ' && r <= 'Ｚ' || r >= 'ａ' && r <= 'ｚ' || r == '．' || r == '－'
}

// precheck classifies most lines before any pattern is tried: text, which no
// furniture is, or bare of all marks and blanks that furniture has.
func precheck(raw string) (text, bare bool) {
	n := 0
	bare = true
	for _, r := range raw {
		if n++; n > maxFurnitureRunes {
			return true, false
		}
		switch r {
		case '。', '？', '！':
			return true, false
		case ' ', '\t', '版', '：', ':', '/', '／', '周', '期', '礼', '禮', '拜', '报', '報', '年', 'A':
			bare = false
		default:
			bare = bare && (r < '0' || r > '9')
		}
	}
	return false, bare
}

// asBarePage returns the number of a page if s is nothing else.
func asBarePage(s string) string {
	if r := firstRune(s); r >= '\u3000' { // the pattern can't match
		return ""
	}
	if m := barePage.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return ""
}

// isPageName reports whether s is 2 to 8 Chinese characters, as names of pages
// are.
func isPageName(s string) bool {
	const shortest, longest = 2, 8 // characters
	n := 0
	for _, r := range s {
		if n++; n > longest || r != '·' && !textnorm.IsHan(r) {
			return false
		}
	}
	return n >= shortest
}

// headLineParser reads the parts of a line from left to right.
type headLineParser struct {
	headLine
	rest  string // what has not been read
	marks int    // parts read that have a mark of furniture
	names int    // parts read that may be names of publications and pages
	staff bool   // the name of an editor may follow
}

// part reads the part that the rest begins with.
func (p *headLineParser) part() {
	if p.date() || p.dayPart() || p.page() || p.imprint() || p.dayOrIssue() || p.staffTitle() {
		return
	}
	p.name()
}

// take moves past n bytes, which are a mark of furniture.
func (p *headLineParser) take(n int) bool {
	p.marks++
	p.staff = false
	p.rest = trimHead(p.rest[n:])
	return true
}

// date reads a date. A text may begin with one, too, so only another mark or a day
// of the week after a spelt-out date makes it sure.
func (p *headLineParser) date() bool {
	day, length, spelt := beginningDate(p.rest)
	if length == 0 {
		return false
	}
	p.read.fill(Furniture{Date: day})
	p.sure = p.sure || p.marks > 0 || spelt && weekMark.find(trimHead(p.rest[length:])) != ""
	return p.take(length)
}

// page reads the number of a page: 第5版.
func (p *headLineParser) page() bool {
	m := pageMark.submatch(p.rest)
	if m == nil {
		return false
	}
	p.read.fill(Furniture{Page: pageNumber(m[1])})
	p.sure = true
	return p.take(len(m[0]))
}

// name reads a field without a mark of its own.
func (p *headLineParser) name() {
	var field string
	field, p.rest = firstField(p.rest)
	if i := strings.IndexAny(field, "0123456789"); i > 0 && i <= maxPaperName &&
		strings.ContainsRune("报報刊", lastRune(field[:i])) && paperName.MatchString(field[:i]) {
		field, p.rest = field[:i], field[i:]+" "+p.rest // no blank before the date
	}
	switch {
	case p.staff && personName.MatchString(field):
	case isPublisher(field):
		p.marks++
	case asBarePage(field) != "":
		p.read.fill(Furniture{Page: pageNumber(asBarePage(field))})
		p.sure = p.sure || p.marks > 1
	case isPaperName(field):
		p.read.fill(Furniture{Publication: paperName.FindStringSubmatch(field)[1]})
		p.names++
	case isPageName(field):
		p.read.fill(Furniture{PageName: field})
		p.names++
	case p.numberedName(field):
	case field[0] < utf8.RuneSelf && latinTag.MatchString(field):
		p.names++
	case p.staff && !hasHan(field): // a telephone number, an address
	default:
		p.possible = false
	}
}

// isPaperName reports whether a field is the name of a newspaper; the last character tells
// most others, without the slow pattern.
func isPaperName(field string) bool {
	return len(field) <= maxPaperName &&
		strings.ContainsRune("报報刊考", lastRune(strings.TrimSuffix(field, "》"))) && paperName.MatchString(field)
}

// numberedName reads a field with the number and the name of a page. It is one for
// certain next to a date.
func (p *headLineParser) numberedName(field string) bool {
	page, name := "", ""
	if len(field) > maxPaperName ||
		!isDigit(field[len(field)-1]) && !isDigit(field[0]) && !isDigit(field[min(1, len(field)-1)]) {
		return false
	}
	if m := numberedName.FindStringSubmatch(field); m != nil {
		page, name = m[1], m[2]
	} else if m := nameNumber.FindStringSubmatch(field); m != nil {
		name, page = m[1], m[2]
	}
	if name == "" || p.marks == 0 && !pageNames[name] {
		return false
	}
	p.read.fill(Furniture{Page: pageNumber(page), PageName: name})
	p.sure = p.sure || p.marks > 0 || pageNames[name]
	p.marks++
	return true
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isPublisher: 远岬日报社出版, 远岬市委主办
func isPublisher(field string) bool {
	return utf8.RuneCountInString(field) <= maxPublisher && (strings.HasSuffix(field, "出版") ||
		strings.HasSuffix(field, "主办") || strings.HasSuffix(field, "主管") || strings.HasSuffix(field, "承办"))
}

const maxPublisher = 16 // characters

// firstField separates the first field of a line from the rest.
func firstField(rest string) (field, tail string) {
	if i := strings.IndexFunc(rest, separatesFields); i > 0 {
		return rest[:i], trimHead(rest[i:])
	}
	return rest, ""
}

func separatesFields(r rune) bool {
	return r == ' ' || r == '\t' || r == '|' || r == '｜' || r == '/' || r == '／'
}

func trimHead(s string) string { return strings.TrimLeft(s, " \t,，|｜·:：/") }

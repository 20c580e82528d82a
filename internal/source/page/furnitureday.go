package page

import (
	"regexp"
	"slices"

	"xunwen/internal/news"
)

// A head that has its day on several lines: 2024年3月 / 5 / 星期二.

// dayPart matches a part of a day that a line may begin with: 2024年3月, 3月5日, 5日.
var dayPart = &guardedPattern{"0123456789", "", regexp.MustCompile(
	`^(?:(\d{4})\s*年)?\s*(?:(\d{1,2})\s*月)?\s*(?:(\d{1,2})\s*日)?`)}

// dayParts are the numbers of a day, "" for those that are elsewhere.
type dayParts struct{ year, month, day string }

// fill takes from o what d doesn't have yet.
func (d *dayParts) fill(o dayParts) {
	for _, m := range []struct {
		to   *string
		from string
	}{{&d.year, o.year}, {&d.month, o.month}, {&d.day, o.day}} {
		if *m.to == "" {
			*m.to = m.from
		}
	}
}

// dayPart reads a part of a day that is a field by itself.
func (p *headLineParser) dayPart() bool {
	m := dayPart.submatch(p.rest)
	if m == nil || m[0] == "" {
		return false
	}
	if rest := p.rest[len(m[0]):]; rest != "" && !separatesFields(firstRune(rest)) && weekMark.find(rest) == "" {
		return false
	}
	if p.day == nil {
		p.day = &dayParts{}
	}
	p.day.fill(dayParts{m[1], m[2], m[3]})
	return p.take(len(m[0]))
}

// Where the head and the foot of a page are, in lines that aren't blank.
const (
	headLines = 12
	footLines = 6
)

// findDay looks for a day on several lines of the head or foot of the page. It notes the
// lines and the day.
func (sp *splitter) findDay() {
	var head, foot []int
	for i := 0; i < len(sp.lines) && len(head) < headLines; i++ {
		if !sp.lines[i].blank() {
			head, sp.headEnd = append(head, i), i+1
		}
	}
	for i := len(sp.lines) - 1; i >= sp.headEnd && len(foot) < footLines; i-- {
		if !sp.lines[i].blank() {
			foot = append(foot, i)
		}
	}
	slices.Reverse(foot)
	if !sp.findDayIn(head) {
		sp.findDayIn(foot)
	}
}

// findDayIn looks for a day in consecutive lines, each of which may be furniture. It
// reports whether there is one on a line or on several.
func (sp *splitter) findDayIn(lines []int) bool {
	var d dayParts
	first, last := -1, -1
	heads := make([]headLine, len(lines))
	for k, i := range lines {
		const longest = 60 // bytes
		if len(sp.lines[i].raw) <= longest {
			heads[k] = sp.headLine(i)
		}
		switch h := &heads[k]; {
		case h.read.Date != "":
			return true
		case !h.possible && first < 0:
			continue
		case h.possible && h.day != nil:
			if first < 0 {
				first = k
			}
			d.fill(*h.day)
			last = k
			continue
		case h.possible:
			continue
		}
		break
	}
	if first < 0 {
		return false
	}
	if d.day == "" { // a number by itself near the month
		for _, k := range []int{last + 1, first - 1, last + 2, first - 2} {
			if k < 0 || k >= len(lines) {
				continue
			}
			if number := asBarePage(halfWidthDigits(sp.lines[lines[k]].raw)); number != "" {
				d.day = number
				first, last = min(first, k), max(last, k)
				break
			}
		}
	}
	day, err := news.Day(d.year + "年" + d.month + "月" + d.day + "日")
	if err != nil || d.year == "" || first == last {
		return false
	}
	sp.dayLines = map[int]bool{}
	for _, i := range lines[first : last+1] {
		sp.dayLines[i] = true
	}
	sp.furniture.Date = day
	return true
}

// headLine reads line i, once.
func (sp *splitter) headLine(i int) headLine {
	h, ok := sp.heads[i]
	if !ok {
		h = readHeadLine(sp.lines[i].raw)
		if i < sp.headEnd {
			sp.heads[i] = h
		}
	}
	return h
}

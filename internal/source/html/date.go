package html

import (
	"regexp"
	"strings"
	"time"

	dom "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"xunwen/internal/news"
)

// publishedNames are the metas that state when an article was published, the most
// reliable first: Open Graph, the rules for government sites (PubDate), schema.org,
// Dublin Core and common ones.
var publishedNames = []string{
	"article:published_time", "og:published_time", "og:article:published_time", "datepublished", "pubdate",
	"publishdate", "publish-date", "publish_date",
	"pub_date", "publication_date", "publish_time", "publishtime", "weibo:article:create_at",
	"article:create_at", "og:release_date",
	"og:time", "dcterms.issued", "dcterms.created", "dc.date.issued", "dc.date", "parsely-pub-date",
	"article:published", "releasedate", "date",
}

// changedNames are those that state when the page was last changed: better than
// nothing.
var changedNames = []string{
	"dateupdate", "datemodified", "article:modified_time", "weibo:article:update_at", "og:updated_time",
	"lastmodified", "dcterms.modified",
}

// beijing is the zone in which an instant becomes a calendar day if the page
// gives it in Universal Time: China has one time zone and no daylight saving
// time.
var beijing = time.FixedZone("CST", 8*60*60)

const (
	oldestYear = 1990 // before the first news page of the web

	linesAfterTitle  = 12 // a date further below the headline is that of another article
	linesBeforeTitle = 6
	maxDateLine      = 120 // bytes: longer lines are text, which mentions other dates
)

// findDate returns the calendar day on which the page says it was published, or
// "".
func (p *webPage) findDate(root *dom.Node) string {
	for _, name := range publishedNames {
		for _, value := range p.metas[name] {
			if day := dayOf(value); day != "" {
				return day
			}
		}
	}
	if day := dayOf(p.linked.Published); day != "" {
		return day
	}
	if day := markedDay(root); day != "" {
		return day
	}
	if day := dayNear(p.lines, p.title.line); day != "" {
		return day
	}
	if day := dayOf(p.first(changedNames...)); day != "" {
		return day
	}
	return dayInURL(p.url())
}

// dayNear returns the day in the lines under the headline, or above it.
func dayNear(lines []line, title int) string {
	if title < 0 {
		return labelledDay(lines)
	}
	for _, l := range lines[title+1 : min(len(lines), title+1+linesAfterTitle)] {
		if day := dayInLine(l.text); day != "" {
			return day
		}
	}
	for i := title - 1; i >= max(0, title-linesBeforeTitle); i-- {
		if day := dayInLine(lines[i].text); day != "" {
			return day
		}
	}
	return labelledDay(lines)
}

var dayLabel = regexp.MustCompile(`(?:发布|发表|发稿|刊发|出版|更新)(?:时间|日期)|^(?:日期|时间)\s*[:：]`)

// labelledDay returns a day that is labelled as that of publication, wherever it
// is.
func labelledDay(lines []line) string {
	for _, l := range lines {
		if len(l.text) <= maxDateLine && dayLabel.MatchString(l.text) {
			if day := dayInText(l.text); day != "" {
				return day
			}
		}
	}
	return ""
}

func dayInLine(text string) string {
	if len(text) > maxDateLine {
		return ""
	}
	return dayInText(text)
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

var (
	isoInstant = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]00:?00)$`)
	writtenDay = regexp.MustCompile(
		`((?:19|20)\d\d)\s*(?:年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日|[-/.](\d{1,2})[-/.](\d{1,2}))`,
	)
	solidDay = regexp.MustCompile(`^((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{6})?$`)
	urlDay   = regexp.MustCompile(`/((?:19|20)\d\d)(?:[-/]?(\d\d)[-/]?(\d\d))[/_.-]`)
)

// dayOf returns the calendar day of a time as written in metas, or "".
func dayOf(value string) string {
	value = strings.TrimSpace(value)
	if isoInstant.MatchString(value) {
		for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z0700"} {
			if t, err := time.Parse(layout, value); err == nil {
				return day(t.In(beijing).Format("2006"), t.In(beijing).Format("1"), t.In(beijing).Format("2"))
			}
		}
	}
	if m := solidDay.FindStringSubmatch(value); m != nil {
		return day(m[1], m[2], m[3])
	}
	return dayInText(value)
}

// dayInText returns the first calendar day in a text.
func dayInText(text string) string {
	for at := 0; at < len(text); {
		m := writtenDay.FindStringSubmatchIndex(text[at:])
		if m == nil {
			return ""
		}
		part := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return text[at+m[2*i] : at+m[2*i+1]]
		}
		before, after := at+m[0]-1, at+m[1]
		if !isDigit(text, before) && !isDigit(text, after) {
			if d := day(part(1), part(2)+part(4), part(3)+part(5)); d != "" {
				return d
			}
		}
		at += m[1]
	}
	return ""
}

func isDigit(s string, i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }

func dayInURL(url string) string {
	if m := urlDay.FindStringSubmatch(url); m != nil {
		return day(m[1], m[2], m[3])
	}
	return ""
}

func day(y, m, d string) string {
	t, err := time.Parse("2006-1-2", y+"-"+m+"-"+d)
	if err != nil || t.Year() < oldestYear {
		return ""
	}
	return t.Format(news.DateLayout)
}

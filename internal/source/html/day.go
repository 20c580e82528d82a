package html

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"xunwen/internal/news"
)

// Calendar days as pages write them.

var (
	isoInstant = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})$`)
	writtenDay = regexp.MustCompile(
		`([12]\d{3})\s*(?:年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号號]?|[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2}))`,
	)
	solidDay = regexp.MustCompile(`(?:^|\D)([12]\d{3})([01]\d)([0-3]\d)(?:\D|$)`)
	urlDay   = regexp.MustCompile(`/([12]\d{3})(?:[-/]?(\d\d)[-/]?(\d\d))[/_.-]`)
	hanDay   = regexp.MustCompile(
		`[〇○零一二三四五六七八九]{4}年[正一二三四五六七八九十]{1,3}月[一二三四五六七八九十廿卅]{1,3}日|` +
			`民[国國]\s*[\d元一二三四五六七八九十百〇零]{1,5}\s*年\s*[\d正一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日`,
	)
	republicDay = regexp.MustCompile(`(?:^|[^\d./-])(\d{2,3})([./-])(\d{1,2})([./-])(\d{1,2})(?:[^\d./-]|$)`)
	monthName   = `(?i)(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?`
	englishDay  = regexp.MustCompile(monthName + `\s+(\d{1,2})(?:st|nd|rd|th)?(?:,|\s+(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)?,?\s+([12]\d{3})`)
	dayEnglish  = regexp.MustCompile(`(?:^|\D)(\d{1,2})\s+` + monthName + `,?\s+([12]\d{3})`)
	// The parts of a day in elements of their own: 05 / 2024年03月, 2024 / 03-05.
	dayApart  = regexp.MustCompile(`^(\d{1,2})日?[\s/]+([12]\d{3})\s*[年./-]\s*(\d{1,2})月?$`)
	yearApart = regexp.MustCompile(`^([12]\d{3})年?[\s/]+(\d{1,2})\s*[月./-]\s*(\d{1,2})日?(?:\s|$)`)
	glued     = regexp.MustCompile(`^\d{2}[:：]\d{2}`) // the time, directly behind the day
)

// oldestYear is that of the first modern newspapers in Chinese.
const oldestYear = 1815

// beforeRepublic is added to a year of the Republic (民國).
const beforeRepublic = 1911

// Years below shortYears, of two digits, are those of this century.
const (
	shortYears = 70
	century    = 2000
)

// dayOf returns the calendar day of a time as programs write it, or "". A time with
// a zone becomes the day in China.
func dayOf(value string) string {
	value = strings.TrimSpace(value)
	if isoInstant.MatchString(value) {
		if day, err := news.Day(value); err == nil {
			return inRange(day)
		}
	}
	if day := dayInText(value); day != "" {
		return day
	}
	day, err := news.Day(value)
	if err != nil {
		return ""
	}
	return inRange(day)
}

// dayInText returns the first calendar day in a text.
func dayInText(text string) string {
	if !hasDigit(text) {
		return ""
	}
	text = halfWidth(text)
	for at := 0; at < len(text); {
		m := writtenDay.FindStringSubmatchIndex(text[at:])
		if m == nil {
			break
		}
		part := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return text[at+m[2*i] : at+m[2*i+1]]
		}
		before, after := at+m[0]-1, at+m[1]
		if !isDigit(text, before) && (!isDigit(text, after) || part(2) != "" || glued.MatchString(text[after:])) {
			if d := day(part(1), part(2)+part(4), part(3)+part(5)); d != "" {
				return d
			}
		}
		at += m[1]
	}
	return rareDay(text)
}

// rareDay finds a day in Chinese numerals, in English, or of eight digits.
func rareDay(text string) string {
	if m := hanDay.FindString(text); m != "" {
		if d, err := news.Day(m); err == nil {
			return inRange(d)
		}
	}
	if m := solidDay.FindStringSubmatch(text); m != nil {
		if d := day(m[1], m[2], m[3]); d != "" {
			return d
		}
	}
	if m := englishDay.FindStringSubmatch(text); m != nil {
		return day(m[3], monthNumber(m[1]), m[2])
	}
	if m := dayEnglish.FindStringSubmatch(text); m != nil {
		return day(m[3], monthNumber(m[2]), m[1])
	}
	return ""
}

// shortDayIn returns the day of a date such as 113/03/05, a year of the Republic, or
// 24-03-05, which only its label shows to be one.
func shortDayIn(text string) string {
	m := republicDay.FindStringSubmatch(halfWidth(text))
	if m == nil || m[2] != m[4] {
		return ""
	}
	year := 0
	for _, c := range m[1] {
		year = 10*year + int(c-'0')
	}
	if year < shortYears {
		return day(decimal(year+century), m[3], m[5])
	}
	return day(decimal(year+beforeRepublic), m[3], m[5])
}

// splitDay returns the day whose parts are in elements of their own.
func splitDay(text string) string {
	text = halfWidth(text)
	if m := dayApart.FindStringSubmatch(text); m != nil {
		return day(m[2], m[3], m[1])
	}
	if m := yearApart.FindStringSubmatch(text); m != nil {
		return day(m[1], m[2], m[3])
	}
	return ""
}

func monthNumber(name string) string {
	const names = "janfebmaraprmayjunjulaugsepoctnovdec"
	return decimal(1 + strings.Index(names, strings.ToLower(name))/3)
}

func isDayRune(r rune) bool {
	return r >= '0' && r <= '9' || r >= '０' && r <= '９' || strings.ContainsRune("〇○零一二", r)
}

// hasDigit reports whether a text has a digit that a day may begin with.
func hasDigit(text string) bool {
	for i := range len(text) {
		if isDigit(text, i) || text[i] == 0xef && isDayRune(firstOfString(text[i:])) {
			return true
		}
	}
	return strings.Contains(text, "年")
}

// hasYear reports whether a text has four digits in a row, the first 1 or 2, or 年.
func hasYear(text string) bool {
	run := 0
	for i := range len(text) {
		if !isDigit(text, i) {
			run = 0
		} else if run++; run >= 4 && (text[i-3] == '1' || text[i-3] == '2') {
			return true
		}
	}
	return strings.Contains(text, "年") || strings.IndexByte(text, 0xef) >= 0
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
	if err != nil {
		return ""
	}
	return inRange(t.Format(news.DateLayout))
}

// inRange returns a day, or "" if there was no newspaper yet.
func inRange(day string) string {
	if day < decimal(oldestYear) {
		return ""
	}
	return day
}

func decimal(n int) string { return strconv.Itoa(n) }

// halfWidth replaces full-width digits and signs.
func halfWidth(s string) string {
	if strings.IndexFunc(s, isFullWidth) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isFullWidth(r) {
			return r - 0xfee0
		}
		return r
	}, s)
}

func isFullWidth(r rune) bool { return r >= 0xff01 && r <= 0xff5e }

func firstOfString(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

var dayAndTime = regexp.MustCompile(`[12]\d{3}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?\s*(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?`)

// withoutDay removes days and times from a text.
func withoutDay(text string) string {
	if !hasYear(text) {
		return text
	}
	return strings.TrimFunc(dayAndTime.ReplaceAllString(text, ""), isSpace)
}

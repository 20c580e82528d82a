package news

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// beijing is the zone in which an instant becomes a calendar day: China has one time zone
// and no daylight saving time.
var beijing = time.FixedZone("CST", 8*60*60)

// noDay are values by which programs and people say that they know no date.
var noDay = map[string]bool{
	"-": true, "--": true, "—": true, "/": true, "n/a": true, "na": true, "nan": true, "nat": true, "none": true,
	"null": true, "nil": true, "0": true, "无": true, "無": true, "未知": true, "不详": true, "不詳": true,
}

// zeroDay matches what databases and programs have for a time that isn't set.
var zeroDay = regexp.MustCompile(`^(?:0000-00-00|0001-01-01T00:00)`)

var (
	// What may surround a day: 发布时间：…, 08:30:00, 星期二, 下午3时, 发布.
	dayLabel  = regexp.MustCompile(`^\p{Han}{0,4}(?:时间|時間|日期|日)\s*[:：]\s*|^(?:发表于|发布于|发布|刊发)\s*[:：]?\s*`)
	dayFollow = regexp.MustCompile(
		`^(?:Z|[+-]\d{2}:\d{2})?(?:[T\s]*(?:[(（]?(?:星期|周|週|礼拜)[一二三四五六日天][)）]?|上午|下午|凌晨|晚上?|` +
			`\d{1,2}\s*[:：时時]\s*\d{1,2}(?:\s*[:：分]\s*\d{0,2}(?:[.,]\d+)?)?\s*[秒分]?|\d{1,2}\s*[时時点]|` +
			`[AaPp][Mm]|发布|发表|刊发|刊登|出版|更新)?)*\s*$`)

	numericDay = regexp.MustCompile(`^(\d{4})\s*(?:年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?|[-/.](\d{1,2})[-/.](\d{1,2}))(?:\D|$)`)
	solidDay   = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:[ T]?([01]\d|2[0-3])(?:[0-5]\d){0,2})?$`)
	clockDay   = regexp.MustCompile(`^(\d{8})\s+(\D?\d{1,2}\s*[:：].*)$`)
	hanDay     = regexp.MustCompile(`^([〇○零一二三四五六七八九]{4})年(元|[正一二三四五六七八九十]{1,3})月([一二三四五六七八九十廿卅]{1,4})[日号]?`)
	republic   = regexp.MustCompile(`^(?:中华|中華)?民[国國]\s*(\d{1,3}|元|[一二三四五六七八九十百〇零]{1,5})\s*年\s*`)
	monthDay   = regexp.MustCompile(`^(\d{1,2})\s*月\s*(\d{1,2})\s*日|^([正一二三四五六七八九十]{1,3})月([一二三四五六七八九十廿卅]{1,4})[日号]`)
	unixTime   = regexp.MustCompile(`^(\d{9,10})(?:\.\d+)?$|^(\d{10})\d{3}$`)
)

// instants are the layouts of times with a zone, and of days as programs write them in
// English.
var instants = []string{
	time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05.999999999Z0700", "2006-01-02T15:04Z0700",
	"2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999 Z07:00",
	"2006-01-02 15:04:05.999999999Z0700", "2006-01-02 15:04:05.999999999 Z0700", "2006-01-02 15:04 Z0700",
	"2006-01-02 15:04:05 MST", "2006/01/02 15:04:05 Z0700", "20060102T150405Z0700",
	"Mon, 2 Jan 2006 15:04:05 Z0700", "Mon, 2 Jan 2006 15:04:05 MST", "Mon, 2 Jan 2006 15:04 Z0700",
	"2 Jan 2006 15:04:05 Z0700", "2 Jan 2006 15:04:05 MST", "Monday, 02-Jan-06 15:04:05 MST",
	"Mon Jan _2 15:04:05 Z0700 2006", "Mon Jan _2 15:04:05 MST 2006", "Mon Jan _2 15:04:05 2006",
	"Mon Jan _2 2006 15:04:05 GMTZ0700", "Mon, 2 Jan 2006",
	"Jan 2, 2006", "January 2, 2006", "Monday, January 2, 2006", "Mon, Jan 2, 2006",
	"2 Jan 2006", "2 January 2006", "Jan 2, 2006 15:04", "Jan 2, 2006 15:04:05",
	"Jan 2, 2006, 3:04 PM", "Jan 2, 2006 3:04 PM", "Jan 2, 2006, 3:04:05 PM", "2006-Jan-02", "02-Jan-2006",
}

// Day returns the calendar day of a date as people and programs write it: with hyphens, dots,
// slashes or 年月日, in digits or Chinese numerals, by the Republic's years, with a time, as
// seconds since 1970. A time with a zone becomes the day in China. Nothing, and what says that
// there is no date, is "". What is no calendar day is an error.
func Day(text string) (string, error) {
	if _, err := time.Parse(DateLayout, text); err == nil && text[:4] != "0000" {
		return text, nil // as nearly always
	}
	if text == "" {
		return "", nil
	}
	value := trimValue(halfWidth(text))
	if value == "" || noDay[strings.ToLower(value)] || zeroDay.MatchString(value) {
		return "", nil
	}
	if len(value) <= longestDate {
		if day, ok := day(dayLabel.ReplaceAllString(value, "")); ok {
			return day, nil
		}
	}
	return "", fmt.Errorf("date %s is not a calendar day (want YYYY-MM-DD)", quoted(text))
}

// longestDate bounds what can be a date, in bytes.
const longestDate = 80

func day(value string) (string, bool) {
	if m := numericDay.FindStringSubmatchIndex(value); m != nil && hasZone(value[m[1]:]) == "" {
		part := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return value[m[2*i]:m[2*i+1]]
		}
		end := max(m[7], m[11])
		rest := strings.TrimPrefix(strings.TrimLeft(value[end:], " "), "日")
		if !dayFollow.MatchString(rest) {
			return "", false
		}
		return calendarDay(part(1), part(2)+part(4), part(3)+part(5))
	}
	if m := clockDay.FindStringSubmatch(value); m != nil && dayFollow.MatchString(m[2]) {
		value = m[1]
	}
	if m := solidDay.FindStringSubmatch(value); m != nil {
		if day, ok := calendarDay(m[1], m[2], m[3]); ok {
			return day, true
		}
	}
	if day, ok := chineseDay(value); ok {
		return day, true
	}
	if m := unixTime.FindStringSubmatch(value); m != nil {
		seconds, _ := strconv.ParseInt(m[1]+m[2], 10, 64) // ten digits
		return time.Unix(seconds, 0).In(beijing).Format(DateLayout), true
	}
	for _, layout := range instants {
		if t, err := time.Parse(layout, value); err == nil {
			if hasZone(value) != "" {
				t = t.In(beijing)
			}
			return t.Format(DateLayout), true
		}
	}
	return "", false
}

var zone = regexp.MustCompile(`(?:\d\s*Z|\d\s*[+-]\d{2}:?\d{2}|\s(?:GMT|UTC|CST|UT))(?:[+-]\d{4})?(?:\s|$|\()`)

// hasZone returns the zone that ends a time, "" if it names none.
func hasZone(rest string) string { return zone.FindString(rest) }

// chineseDay reads years of the Republic (民国113年5月10日) and days in Chinese numerals.
func chineseDay(value string) (string, bool) {
	if m := hanDay.FindStringSubmatchIndex(value); m != nil {
		if !dayFollow.MatchString(value[m[1]:]) {
			return "", false
		}
		year := 0
		for _, r := range value[m[2]:m[3]] {
			year = 10*year + hanDigit(r)
		}
		return calendarDay(strconv.Itoa(year), hanNumber(value[m[4]:m[5]]), hanNumber(value[m[6]:m[7]]))
	}
	m := republic.FindStringSubmatchIndex(value)
	if m == nil {
		return "", false
	}
	year, err := strconv.Atoi(hanNumber(value[m[2]:m[3]]))
	rest := value[m[1]:]
	d := monthDay.FindStringSubmatch(rest)
	if err != nil || d == nil || !dayFollow.MatchString(rest[len(d[0]):]) {
		return "", false
	}
	const beforeRepublic = 1911
	return calendarDay(strconv.Itoa(year+beforeRepublic), hanNumber(d[1]+d[3]), hanNumber(d[2]+d[4]))
}

// calendarDay returns a day of the calendar, in digits.
func calendarDay(year, month, date string) (string, bool) {
	for len(year) < 4 {
		year = "0" + year
	}
	t, err := time.Parse("2006-1-2", year+"-"+month+"-"+date)
	if err != nil || t.Year() == 0 {
		return "", false
	}
	return t.Format(DateLayout), true
}

func hanDigit(r rune) int {
	at := strings.IndexRune("一二三四五六七八九", r)
	if at < 0 {
		return 0 // 〇 and its look-alikes
	}
	return 1 + at/len("一")
}

// hanNumber returns a number below 1,000 in digits: 二十四, 廿四, 一一三, 元. Digits stay.
func hanNumber(text string) string {
	if text == "" || text[0] < 0x80 {
		return text
	}
	n, last := 0, 0
	for _, r := range text {
		switch r {
		case '元', '正':
			last = 1
		case '百':
			n, last = n+100*max(last, 1), 0
		case '十':
			n, last = n+10*max(last, 1), 0
		case '廿':
			n += 20
		case '卅':
			n += 30
		default:
			last = 10*last + hanDigit(r)
		}
	}
	return strconv.Itoa(n + last)
}

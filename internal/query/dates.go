package query

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// isoDay is the layout of days in the exchange format and in DateRange.
const isoDay = "2006-01-02"

// rangeMark separates the two sides of a range.
const rangeMark = ".."

// dateForms are the spellings of a year, month or day; their groups are year, month
// and day. A day may have a time.
var dateForms = []*regexp.Regexp{
	regexp.MustCompile(`^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:T[\d:.]+)?)?)?$`),
	regexp.MustCompile(`^(\d{4})/(\d{1,2})(?:/(\d{1,2}))?$`),
	regexp.MustCompile(`^(\d{4})\.(\d{1,2})(?:\.(\d{1,2}))?$`),
	regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`),
	regexp.MustCompile(`^(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})[日号])?)?$`),
}

// newspaperZone is where days begin that are written as an instant with a zone.
var newspaperZone = time.FixedZone("Asia/Shanghai", 8*60*60)

// parseDate parses the value of date:, which is at position pos of the query.
func parseDate(value string, pos int) (*DateRange, *Error) {
	value = strings.Map(narrow, value)
	left, right, isRange := strings.Cut(value, rangeMark)
	if !isRange {
		from, to, err := parseDateSide(left, pos)
		return &DateRange{From: from.Format(isoDay), To: to.Format(isoDay)}, err
	}
	r := &DateRange{}
	if left != "" || right == "" {
		from, _, err := parseDateSide(left, pos)
		if err != nil {
			return nil, err
		}
		r.From = from.Format(isoDay)
	}
	rightPos := pos + len([]rune(left+rangeMark))
	if right != "" {
		_, to, err := parseDateSide(right, rightPos)
		if err != nil {
			return nil, err
		}
		r.To = to.Format(isoDay)
	}
	if r.From != "" && r.To != "" && r.To < r.From {
		return nil, badDate(rightPos, "%s ends before it begins: write the earlier date first", value)
	}
	return r, nil
}

// parseDateSide returns the first and the last day of a year, month or day.
func parseDateSide(text string, pos int) (first, last time.Time, err *Error) {
	if instant, err := time.Parse(time.RFC3339, text); err == nil {
		day := instant.In(newspaperZone)
		first = dayOf(day.Year(), int(day.Month()), day.Day())
		return first, first, nil
	}
	var parts []string
	for _, form := range dateForms {
		if parts = form.FindStringSubmatch(text); parts != nil {
			break
		}
	}
	if parts == nil {
		return first, last, badDate(pos,
			"%q is not a date: write 2022, 2022-01 or 2022-01-12, or two of them with .. between", text)
	}
	year, month, day := number(parts[1]), number(parts[2]), number(parts[3])
	switch {
	case parts[2] == "":
		first, last = dayOf(year, 1, 1), dayOf(year, 12, 31)
	case parts[3] == "":
		// The day before the next month's first is this month's last.
		first, last = dayOf(year, month, 1), dayOf(year, month+1, 0)
	default:
		first = dayOf(year, month, day)
		last = first
	}
	if year == 0 || parts[2] != "" && int(first.Month()) != month || parts[3] != "" && first.Day() != day {
		return first, last, badDate(pos, "%s is not in the calendar: check the date", text)
	}
	return first, last, nil
}

// number reads up to four digits; "" is 0.
func number(digits string) int {
	n, _ := strconv.Atoi(digits) // the forms match only digits
	return n
}

func dayOf(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// dateText writes a range: one date if that is enough, else two. Tight uses the
// fewest characters for each side, otherwise both sides are of one kind.
func dateText(r *DateRange, tight bool) string {
	if r.From == "" || r.To == "" {
		return openRangeText(r, tight)
	}
	from, errFrom := time.Parse(isoDay, r.From)
	to, errTo := time.Parse(isoDay, r.To)
	if errFrom != nil || errTo != nil {
		return r.From + rangeMark + r.To // not from Parse
	}
	firstOfMonth, lastOfMonth := from.Day() == 1, to.AddDate(0, 0, 1).Day() == 1
	firstOfYear, lastOfYear := from.YearDay() == 1, to.AddDate(0, 0, 1).YearDay() == 1
	left, right := dayText(from, tight), dayText(to, tight)
	if firstOfMonth && lastOfMonth {
		left, right = monthText(from, tight), monthText(to, tight)
	}
	if firstOfYear && lastOfYear {
		left, right = yearText(from), yearText(to)
	}
	if left == right {
		return left
	}
	if tight {
		left, right = shortest(from, firstOfYear, firstOfMonth, true), shortest(to, lastOfYear, lastOfMonth, true)
	}
	return left + rangeMark + right
}

// openRangeText writes a range without a first or last day.
func openRangeText(r *DateRange, tight bool) string {
	if r.To == "" {
		from, _ := time.Parse(isoDay, r.From)
		return shortest(from, from.YearDay() == 1, from.Day() == 1, tight) + rangeMark
	}
	to, _ := time.Parse(isoDay, r.To)
	next := to.AddDate(0, 0, 1)
	return rangeMark + shortest(to, next.YearDay() == 1, next.Day() == 1, tight)
}

// shortest writes one side of a range as the year or month it bounds, if any.
func shortest(t time.Time, year, month, tight bool) string {
	switch {
	case year:
		return yearText(t)
	case month:
		return monthText(t, tight)
	}
	return dayText(t, tight)
}

func yearText(t time.Time) string { return fmt.Sprintf("%04d", t.Year()) }

func monthText(t time.Time, tight bool) string {
	if tight {
		return fmt.Sprintf("%04d-%d", t.Year(), t.Month())
	}
	return t.Format("2006-01")
}

func dayText(t time.Time, tight bool) string {
	if !tight {
		return t.Format(isoDay)
	}
	if text := fmt.Sprintf("%04d-%d-%d", t.Year(), t.Month(), t.Day()); len(text) < len("20060102") {
		return text
	}
	return t.Format("20060102")
}

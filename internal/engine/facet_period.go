package engine

import (
	"slices"
	"time"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// calendar divides time into periods of one kind.
type calendar search.Interval

// period returns the period of a day, which counts as in Columns.Day.
func (c calendar) period(day int32) period {
	t := time.Unix(int64(day)*secondsOfDay, 0).UTC()
	switch search.Interval(c) {
	case search.Year:
		return period{dayNumber(t.Year(), 1, 1), dayNumber(t.Year()+1, 1, 1)}
	case search.Month:
		return period{dayNumber(t.Year(), t.Month(), 1), dayNumber(t.Year(), t.Month()+1, 1)}
	}
	return period{day, day + 1}
}

const secondsOfDay = 24 * 60 * 60

func dayNumber(year int, month time.Month, day int) int32 {
	return int32(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsOfDay)
}

// date formats a day as in articles, "" for NoDay.
func date(day int32) string {
	if day == NoDay {
		return ""
	}
	return time.Unix(int64(day)*secondsOfDay, 0).UTC().Format(news.DateLayout)
}

// period is the days [first, next).
type period struct{ first, next int32 }

func (p period) from() string { return date(p.first) }
func (p period) to() string   { return date(p.next - 1) }

// periods returns the periods of days: without gaps if that makes at most as many
// as most, else only those with a day.
func (c calendar) periods(days []int32, most int) []period {
	if len(days) == 0 {
		return nil
	}
	days = slices.Compact(slices.Sorted(slices.Values(days)))
	out := c.between(days[0], days[len(days)-1], most)
	if len(out) <= most {
		return out
	}
	out = nil
	for _, day := range days {
		if n := len(out); n == 0 || day >= out[n-1].next {
			out = append(out, c.period(day))
		}
	}
	return out
}

// between returns the periods from one day to another, or the first most+1.
func (c calendar) between(from, to int32, most int) []period {
	var out []period
	for day := from; day <= to && len(out) <= most; {
		p := c.period(day)
		out = append(out, p)
		day = p.next
	}
	return out
}

// finest returns the finest kind of period of which no more than most lie between
// two days; years if there is none.
func finest(from, to int32, most int) calendar {
	for _, c := range []calendar{calendar(search.Day), calendar(search.Month)} {
		if len(c.between(from, to, most)) <= most {
			return c
		}
	}
	return calendar(search.Year)
}

// periodOf returns the index of a day's period in sorted periods.
func periodOf(periods []period, day int32) (int, bool) {
	return slices.BinarySearchFunc(periods, day, func(p period, day int32) int {
		switch {
		case p.next <= day:
			return -1
		case p.first > day:
			return 1
		}
		return 0
	})
}

// Day returns the day of a date as Columns.Day counts it.
func Day(date string) int32 {
	t, err := time.Parse(news.DateLayout, date)
	if err != nil {
		return NoDay
	}
	return int32(t.Unix() / secondsOfDay)
}

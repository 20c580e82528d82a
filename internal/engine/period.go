package engine

import (
	"slices"
	"time"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// calendar cuts time into periods of one kind.
type calendar search.Interval

// first returns the first day of the period that a day lies in, and the first
// of the next period. Days count as in Columns.Day.
func (c calendar) first(day int32) (first, next int32) {
	t := time.Unix(int64(day)*secondsOfDay, 0).UTC()
	switch search.Interval(c) {
	case search.Year:
		return dayNumber(t.Year(), 1, 1), dayNumber(t.Year()+1, 1, 1)
	case search.Month:
		return dayNumber(t.Year(), t.Month(), 1), dayNumber(t.Year(), t.Month()+1, 1)
	}
	return day, day + 1
}

const secondsOfDay = 24 * 60 * 60

func dayNumber(year int, month time.Month, day int) int32 {
	return int32(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsOfDay)
}

// date writes a day as articles do, "" for NoDay.
func date(day int32) string {
	if day == NoDay {
		return ""
	}
	return time.Unix(int64(day)*secondsOfDay, 0).UTC().Format(news.DateLayout)
}

// span is a period from its first day to before the next one's.
type span struct{ first, next int32 }

func (s span) from() string { return date(s.first) }
func (s span) to() string   { return date(s.next - 1) }

// spans returns the periods of the days given, rising: without gaps where these
// are most at most, else those alone that hold one of the days.
func (c calendar) spans(days []int32, most int) []span {
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
			first, next := c.first(day)
			out = append(out, span{first, next})
		}
	}
	return out
}

// between returns the periods from one day to another, or the first most+1.
func (c calendar) between(from, to int32, most int) []span {
	var out []span
	for day := from; day <= to && len(out) <= most; {
		first, next := c.first(day)
		out = append(out, span{first, next})
		day = next
	}
	return out
}

// fitting returns the finest kind of period of which most at most lie between
// two days; years where none does.
func fitting(from, to int32, most int) calendar {
	for _, c := range []calendar{calendar(search.Day), calendar(search.Month)} {
		if len(c.between(from, to, most)) <= most {
			return c
		}
	}
	return calendar(search.Year)
}

// holding returns which of rising spans holds a day.
func holding(spans []span, day int32) (int, bool) {
	return slices.BinarySearchFunc(spans, day, func(s span, day int32) int {
		switch {
		case s.next <= day:
			return -1
		case s.first > day:
			return 1
		}
		return 0
	})
}

// Day returns a date's day as Columns.Day counts them.
func Day(date string) int32 {
	t, err := time.Parse(news.DateLayout, date)
	if err != nil {
		return NoDay
	}
	return int32(t.Unix() / secondsOfDay)
}

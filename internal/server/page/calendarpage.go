package page

import (
	"context"
	"slices"
	"strconv"
	"time"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/wording"
)

// calendarView is a calendar of issues.
type calendarView struct {
	Years    []choice
	Weekdays []string
	Months   []monthView
}

type monthView struct {
	Name  string // 2026年1月
	Weeks [][]dayView
}

// dayView is a day of a week; N is "" outside the month.
type dayView struct {
	N     string
	Link  string // "" without an issue
	Words string // 1月8日，12 篇
}

func (s *Site) browseCalendar(ctx context.Context, w *wording.Words, at location, year string) (browsePage, error) {
	found, err := s.engine.Issues(ctx, at.publication)
	articles := 0
	page := browsePage{
		Breadcrumb: at.breadcrumb(w),
		Heading:    at.name(w),
		Calendar:   newCalendar(w, at, year, found.List),
		Search:     at.search(),
	}
	for _, d := range found.List {
		articles += d.Count
	}
	page.Count = w.Total(articles)
	if page.Calendar == nil {
		page.Search = ""
		page.Empty = w.Browse.NoIssues
	}
	return page, err
}

// newCalendar returns the calendar of a year with issues, or else of the last one.
func newCalendar(w *wording.Words, at location, year string, days []search.IssueDate) *calendarView {
	if len(days) == 0 {
		return nil
	}
	counts, years := map[string]int{}, []string{}
	for _, d := range days {
		counts[d.Date] = d.Count
		if y := d.Date[:4]; !slices.Contains(years, y) {
			years = append(years, y)
		}
	}
	if !slices.Contains(years, year) {
		year = years[len(years)-1]
	}
	v := &calendarView{Weekdays: w.Weekdays()}
	for _, y := range years {
		n, _ := strconv.Atoi(y) // the first four characters of a date
		name := w.Year(time.Date(n, 1, 1, 0, 0, 0, 0, time.UTC))
		v.Years = append(v.Years, choice{uiText(name), at.link() + "&year=" + y, y == year})
	}
	n, _ := strconv.Atoi(year)
	for m := time.January; m <= time.December; m++ {
		if month := newMonth(w, at, n, m, counts); month != nil {
			v.Months = append(v.Months, *month)
		}
	}
	return v
}

const daysOfWeek = 7

// newMonth returns a month in weeks from Monday. A month without an issue is
// nil.
func newMonth(w *wording.Words, at location, year int, month time.Month, counts map[string]int) *monthView {
	first := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
	v := &monthView{Name: w.Month(first)}
	week := make([]dayView, (int(first.Weekday())+daysOfWeek-1)%daysOfWeek)
	issues := 0
	for d := first; d.Month() == month; d = d.AddDate(0, 0, 1) {
		day := dayView{N: strconv.Itoa(d.Day())}
		if at.date = d.Format(news.DateLayout); counts[at.date] > 0 {
			day.Link = at.link()
			day.Words = w.Issue(d, counts[at.date])
			issues++
		}
		if week = append(week, day); len(week) == daysOfWeek {
			v.Weeks, week = append(v.Weeks, week), nil
		}
	}
	if len(week) > 0 {
		v.Weeks = append(v.Weeks, append(week, make([]dayView, daysOfWeek-len(week))...))
	}
	if issues == 0 {
		return nil
	}
	return v
}

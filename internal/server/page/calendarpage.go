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

// calendarView is a year of issues.
type calendarView struct {
	Years    []choice
	Weekdays []string
	Months   []monthView
}

type monthView struct {
	Name  string // 2026年1月
	Weeks [][]dayView
}

// dayView is a day in its week; N is "" before the first and after the last.
type dayView struct {
	N     string
	Link  string // "" without an issue
	Words string // 1月8日，12 篇
}

func (s *Site) browseCalendar(ctx context.Context, w *wording.Words, at place, year string) (browsePage, error) {
	found, err := s.engine.Issues(ctx, at.publication)
	articles := 0
	page := browsePage{Trail: at.trail(w), Heading: at.name(w), Calendar: newCalendar(w, at, year, found.List), Search: at.search()}
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

// newCalendar shows the year asked for, or else the last with an issue.
func newCalendar(w *wording.Words, at place, year string, days []search.IssueDate) *calendarView {
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
		n, _ := strconv.Atoi(y) // a date's first four characters
		v.Years = append(v.Years, choice{uiText(w.Year(time.Date(n, 1, 1, 0, 0, 0, 0, time.UTC))), at.link() + "&year=" + y, y == year})
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

// newMonth lays a month out in weeks from Monday; a month without an issue is
// nil.
func newMonth(w *wording.Words, at place, year int, month time.Month, counts map[string]int) *monthView {
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

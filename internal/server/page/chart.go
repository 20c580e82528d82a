package page

import (
	"strconv"
	"time"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/server/param"
	"xunwen/internal/wording"
)

// chartView is hits over time, drawn in units that are pixels in a column of
// chartWidth.
type chartView struct {
	Label      string // what it shows
	Width      string
	Bars       []barView
	First, End string // words for the ends of the axis; one period has no End
	Short      bool   // the axis is too short for words at both ends
	Up         *choice
}

// barView is one period.
type barView struct {
	From, To        string // its days
	Slot, SlotWidth string // the place of the period on the axis
	X, Width        string // of the bar
	Y, Height       string
	Link            string // narrows the period; "" where there is nothing
	Label           string // 2022年1月：812 篇
	Current         bool   // it is the period asked for
}

const (
	chartWidth  = 200.0 // and chartHeight: the template's viewBox, which is a pixel higher for the axis
	chartHeight = 48.0
	widestSlot  = 20.0 // few periods would make walls of bars
	leastBar    = 2.0  // px, so that one hit is seen beside a thousand
	fullBar     = 4    // hits that fill a bar at least: a single one is no peak
)

// periodOf tells what kind of period one is.
func periodOf(p search.PeriodCount) search.Interval {
	switch {
	case p.From == p.To:
		return search.Day
	case p.From[:len("2006-01")] == p.To[:len("2006-01")]:
		return search.Month
	}
	return search.Year
}

// newChart draws counts; nil where there are none.
func newChart(w *wording.Words, q param.Search, counts []search.PeriodCount) *chartView {
	if len(counts) == 0 {
		return nil
	}
	kind := periodOf(counts[0])
	counts = whole(kind, counts)
	most := fullBar
	for _, p := range counts {
		most = max(most, p.Count)
	}
	slot := min(chartWidth/float64(len(counts)), widestSlot)
	gap := min(slot/5, 2)
	v := &chartView{Width: units(slot * float64(len(counts))), Up: up(w, q), Label: w.Chart(string(kind), q.By == search.ByParagraph),
		First: periodWords(w, kind, counts[0].From), Short: len(counts) < int(chartWidth/widestSlot)}
	if len(counts) > 1 {
		v.End = periodWords(w, kind, counts[len(counts)-1].From)
	}
	for i, p := range counts {
		height := 0.0
		if p.Count > 0 {
			height = max(leastBar, chartHeight*float64(p.Count)/float64(most))
		}
		b := barView{From: p.From, To: p.To, Slot: units(slot * float64(i)), SlotWidth: units(slot),
			X: units(slot*float64(i) + gap/2), Width: units(slot - gap), Y: units(chartHeight - height), Height: units(height),
			Label:   w.NameValue(periodWords(w, kind, p.From), hitCount(w, p.Count, search.Eq, q.By)),
			Current: q.Filter.From == p.From && q.Filter.To == p.To}
		if p.Count > 0 {
			b.Link = q.WithDates(p.From, p.To).Results()
		}
		v.Bars = append(v.Bars, b)
	}
	return v
}

// units writes a length for SVG.
func units(x float64) string { return strconv.FormatFloat(x, 'f', -1, 32) }

// whole fills days of one month up to the month, and months of one year up to
// the year: so a bar's place says its date.
func whole(kind search.Interval, counts []search.PeriodCount) []search.PeriodCount {
	first, err := time.Parse(news.DateLayout, counts[0].From)
	last, err2 := time.Parse(news.DateLayout, counts[len(counts)-1].From)
	if err != nil || err2 != nil || first.Year() != last.Year() || kind == search.Year || kind == search.Day && first.Month() != last.Month() {
		return counts
	}
	by := map[string]int{}
	for _, p := range counts {
		by[p.From] = p.Count
	}
	at, next := time.Date(first.Year(), 1, 1, 0, 0, 0, 0, time.UTC), func(t time.Time) time.Time { return t.AddDate(0, 1, 0) }
	end := at.AddDate(1, 0, 0)
	if kind == search.Day {
		at, next = time.Date(first.Year(), first.Month(), 1, 0, 0, 0, 0, time.UTC), func(t time.Time) time.Time { return t.AddDate(0, 0, 1) }
		end = at.AddDate(0, 1, 0)
	}
	var out []search.PeriodCount
	for ; at.Before(end); at = next(at) {
		from := at.Format(news.DateLayout)
		out = append(out, search.PeriodCount{From: from, To: next(at).AddDate(0, 0, -1).Format(news.DateLayout), Count: by[from]})
	}
	return out
}

// chartSpan is the span that a chart shows for a filter: its own, but of a day
// the month, so that the days beside it can be chosen.
func chartSpan(from, to string) (string, string) {
	if from == "" || from != to {
		return from, to
	}
	return around(from, search.Month)
}

// around returns the first and the last day of the period that a day lies in.
func around(day string, kind search.Interval) (from, to string) {
	t, err := time.Parse(news.DateLayout, day)
	if err != nil {
		return day, day
	}
	first, next := time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC), 0
	if kind == search.Year {
		first, next = time.Date(t.Year(), 1, 1, 0, 0, 0, 0, time.UTC), 1
	}
	return first.Format(news.DateLayout), first.AddDate(next, 1-next, -1).Format(news.DateLayout)
}

// up leads out of a period: from a day to its month, from there to the year, from
// there to all. Without a period there is nothing to leave.
func up(w *wording.Words, q param.Search) *choice {
	from, to := q.Filter.From, q.Filter.To
	if from == "" && to == "" {
		return nil
	}
	if from != "" && to != "" {
		for _, kind := range []search.Interval{search.Month, search.Year} {
			first, last := around(from, kind)
			if to <= last && (first != from || last != to) {
				return &choice{Label: uiText(periodWords(w, kind, first)), Link: q.WithDates(first, last).Results()}
			}
		}
	}
	return &choice{Label: uiText(w.Filters.AllTime), Link: q.WithDates("", "").Results()}
}

// periodWords names a period by its first day.
func periodWords(w *wording.Words, kind search.Interval, from string) string {
	t, err := time.Parse(news.DateLayout, from)
	if err != nil {
		return from
	}
	switch kind {
	case search.Day:
		return w.Day(t)
	case search.Month:
		return w.Month(t)
	}
	return w.Year(t)
}

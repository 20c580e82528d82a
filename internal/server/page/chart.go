package page

import (
	"strconv"
	"time"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/server/param"
	"xunwen/internal/wording"
)

// chartView is a chart of hits over time. Its units are pixels if the column is
// chartWidth wide.
type chartView struct {
	Label      string
	Width      string
	Bars       []barView
	First, End string // labels of the ends of the axis; a single period has no End
	Short      bool   // the axis is too short for labels at both ends
	Up         *choice
}

// barView is the bar of one period.
type barView struct {
	From, To        string // its first and last day
	Slot, SlotWidth string // the clickable area
	X, Width        string // the visible bar
	Y, Height       string
	Link            string // narrows the search to the period; "" without hits
	Label           string // 2022年1月：812 篇
	Current         bool   // the search is for this period
}

const (
	chartWidth  = 200.0 // the template's viewBox, which is one unit higher for the axis
	chartHeight = 48.0
	maxSlot     = 20.0 // width of a slot: a few wide bars would look like walls
	minBar      = 2.0  // height of a bar, so that one hit is visible next to a thousand
	minTop      = 4    // hits at the top of the scale: a single hit is no peak
)

// periodOf returns the length of a period.
func periodOf(p search.PeriodCount) search.Interval {
	switch {
	case p.From == p.To:
		return search.Day
	case p.From[:len("2006-01")] == p.To[:len("2006-01")]:
		return search.Month
	}
	return search.Year
}

// newChart draws counts. It returns nil without any.
func newChart(w *wording.Words, q param.Search, counts []search.PeriodCount) *chartView {
	if len(counts) == 0 {
		return nil
	}
	kind := periodOf(counts[0])
	counts = fillPeriods(kind, counts)
	most := minTop
	for _, p := range counts {
		most = max(most, p.Count)
	}
	slot := min(chartWidth/float64(len(counts)), maxSlot)
	gap := min(slot/5, 2)
	v := &chartView{
		Label: w.Chart(string(kind), q.By == search.ByParagraph),
		Width: units(slot * float64(len(counts))),
		First: periodWords(w, kind, counts[0].From),
		Short: len(counts) < int(chartWidth/maxSlot),
		Up:    widerPeriod(w, q),
	}
	if len(counts) > 1 {
		v.End = periodWords(w, kind, counts[len(counts)-1].From)
	}
	for i, p := range counts {
		height := 0.0
		if p.Count > 0 {
			height = max(minBar, chartHeight*float64(p.Count)/float64(most))
		}
		b := barView{
			From:      p.From,
			To:        p.To,
			Slot:      units(slot * float64(i)),
			SlotWidth: units(slot),
			X:         units(slot*float64(i) + gap/2),
			Width:     units(slot - gap),
			Y:         units(chartHeight - height),
			Height:    units(height),
			Label:     w.NameValue(periodWords(w, kind, p.From), hitCount(w, p.Count, search.Eq, q.By)),
			Current:   q.Filter.From == p.From && q.Filter.To == p.To,
		}
		if p.Count > 0 {
			b.Link = q.WithDates(p.From, p.To).Results()
		}
		v.Bars = append(v.Bars, b)
	}
	return v
}

// units formats a length for SVG.
func units(x float64) string { return strconv.FormatFloat(x, 'f', -1, 32) }

// fillPeriods extends the days of one month to the whole month and the months of
// one year to the whole year, so that the position of a bar shows its date.
func fillPeriods(kind search.Interval, counts []search.PeriodCount) []search.PeriodCount {
	first, err := time.Parse(news.DateLayout, counts[0].From)
	last, err2 := time.Parse(news.DateLayout, counts[len(counts)-1].From)
	if err != nil || err2 != nil || kind == search.Year || first.Year() != last.Year() ||
		kind == search.Day && first.Month() != last.Month() {
		return counts
	}
	by := map[string]int{}
	for _, p := range counts {
		by[p.From] = p.Count
	}
	at := time.Date(first.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	end := at.AddDate(1, 0, 0)
	next := func(t time.Time) time.Time { return t.AddDate(0, 1, 0) }
	if kind == search.Day {
		at = time.Date(first.Year(), first.Month(), 1, 0, 0, 0, 0, time.UTC)
		end = at.AddDate(0, 1, 0)
		next = func(t time.Time) time.Time { return t.AddDate(0, 0, 1) }
	}
	var out []search.PeriodCount
	for ; at.Before(end); at = next(at) {
		from := at.Format(news.DateLayout)
		to := next(at).AddDate(0, 0, -1).Format(news.DateLayout)
		out = append(out, search.PeriodCount{From: from, To: to, Count: by[from]})
	}
	return out
}

// chartSpan returns the days that a chart shows for a filter: the filter's own, but
// for a single day its month, so that other days can be chosen.
func chartSpan(from, to string) (string, string) {
	if from == "" || from != to {
		return from, to
	}
	return around(from, search.Month)
}

// around returns the first and the last day of the month or year of a day.
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

// widerPeriod links from a day to its month, from a month to its year, and else to
// all time. It returns nil without a filter by date.
func widerPeriod(w *wording.Words, q param.Search) *choice {
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

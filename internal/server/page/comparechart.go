package page

import (
	"fmt"
	"math"
	"strings"

	"xunwen/internal/search"
	"xunwen/internal/wording"
)

// A comparison is drawn as one bar chart a query, one below the other, with the
// same scale and time axis. Readers can tell them apart without colours and compare
// a period along a vertical line.

// strip is the chart of one query. A bar is one unit wide; the top of the scale is
// stripHeight units high.
type strip struct {
	Query string
	Link  string // to its hits
	Sum   string
	Units int // width
	Bars  []compareBar
	Path  string // instead of Bars, if they are too many to point at
	Top   string // labels of the scale
	Half  string
}

type compareBar struct {
	X, Y, Height string
	Link, Label  string
}

const (
	stripHeight = 72  // of the template's viewBox
	minUnits    = 12  // a few wide bars would look like walls
	maxBars     = 200 // more can't be hit with a pointer
	axisLabels  = 4   // dates that fit below a strip on the narrowest screen
)

// newStrips draws counts or shares. It returns nil if all are zero.
func newStrips(w *wording.Words, asked comparison, found search.Trends) []strip {
	most := 0.0
	for _, p := range found.Periods {
		for i := range p.Counts {
			most = max(most, trendValue(p, i, asked.Shares))
		}
	}
	if most == 0 {
		return nil
	}
	top := scaleTop(most, asked.Shares)
	strips := make([]strip, len(asked.Texts))
	for i, text := range asked.Texts {
		strips[i] = strip{
			Query: text,
			Link:  asked.search(text).Results(),
			Units: max(len(found.Periods), minUnits),
			Top:   scaleWords(top, asked.Shares),
			Half:  scaleWords(top/2, asked.Shares),
		}
		strips[i].draw(w, asked, found, i, top)
	}
	return strips
}

// trendValue returns a query's count or share in a period.
func trendValue(p search.TrendPeriod, query int, share bool) float64 {
	if share {
		return float64(p.Counts[query]) / float64(max(p.Total, 1))
	}
	return float64(p.Counts[query])
}

// draw adds the bars of a query, or a single path if there are too many to click. A bar
// as high as the strip has the value top.
func (s *strip) draw(w *wording.Words, asked comparison, found search.Trends, query int, top float64) {
	sum := 0
	var path strings.Builder
	for x, p := range found.Periods {
		sum += p.Counts[query]
		if p.Counts[query] == 0 {
			continue
		}
		height := max(minBar, stripHeight*trendValue(p, query, asked.Shares)/top)
		if len(found.Periods) > maxBars {
			fmt.Fprintf(&path, "M%d %dv-%sh1v%sz", x, stripHeight, units(height), units(height))
			continue
		}
		s.Bars = append(s.Bars, compareBar{
			X:      fmt.Sprint(x),
			Y:      units(stripHeight - height),
			Height: units(height),
			Link:   asked.during(query, p),
			Label:  w.CountAndShare(periodWords(w, found.Interval, p.From), p.Counts[query], p.Total),
		})
	}
	s.Sum, s.Path = w.Total(sum), path.String()
}

// scaleTop returns the smallest round number that a value fits under: 1, 2, 4, 6 or
// 8 times a power of ten, so that its half is short too. For counts it is at least 2.
func scaleTop(most float64, shares bool) float64 {
	if !shares {
		most = max(most, 2)
	}
	step := math.Pow(10, math.Floor(math.Log10(most)))
	for _, times := range []float64{1, 2, 4, 6, 8, 10} {
		if most <= times*step*(1+1e-9) {
			return times * step
		}
	}
	return most
}

func scaleWords(value float64, shares bool) string {
	if shares {
		return units(100*value) + "%"
	}
	return wording.Grouped(int(value))
}

// axisLabel is a date on the time axis.
type axisLabel struct {
	X    string // in percent of the width
	Text string
}

func newAxis(found search.Trends) []axisLabel {
	width := max(len(found.Periods), minUnits)
	step := axisStep(found.Interval, width)
	var out []axisLabel
	for i := 0; i < len(found.Periods); i += step {
		if i*axisLabels > width*(axisLabels-1) {
			break // it would not fit
		}
		x := units(100*float64(i)/float64(width)) + "%"
		out = append(out, axisLabel{x, axisWords(found.Interval, found.Periods[i].From)})
	}
	return out
}

// axisStep returns the number of periods between two dates, for months and years a
// round one: half a year, a year, ten years.
func axisStep(interval search.Interval, width int) int {
	steps := map[search.Interval][]int{
		search.Month: {1, 2, 3, 6, 12, 24, 36, 60, 120, 240},
		search.Year:  {1, 2, 5, 10, 20, 50, 100},
	}
	for _, step := range steps[interval] {
		if step*axisLabels*axisLabels >= width*(axisLabels-1) {
			return step
		}
	}
	return (width + axisLabels - 1) / axisLabels
}

// axisWords formats a period by its first day: 2022-01-12, 2022-01, 2022.
func axisWords(interval search.Interval, from string) string {
	length := len(from)
	switch interval {
	case search.Month:
		length = len("2022-01")
	case search.Year:
		length = len("2022")
	}
	return from[:min(length, len(from))]
}

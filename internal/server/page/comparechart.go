package page

import (
	"fmt"
	"math"
	"strings"

	"xunwen/internal/search"
	"xunwen/internal/wording"
)

// A chart of a comparison is a strip of bars for each query, one below the other
// with the same scale and the same times: they can be told apart without
// colours, and a time is one line down.

// strip is the chart of one query. A bar is one unit wide and stripHeight units
// stand for the top of the scale.
type strip struct {
	Query string
	Link  string // its hits
	Sum   string
	Units int // width of the strip
	Bars  []compareBar
	Path  string // instead of Bars, where there are too many to point at
	Top   string // what the top of the scale stands for
	Half  string
}

type compareBar struct {
	X, Y, Height string
	Link, Label  string
}

const (
	stripHeight = 72 // of the template's viewBox
	// fewestUnits keeps few periods from making walls of bars, mostBars is how many
	// can still be hit with a pointer.
	fewestUnits = 12
	mostBars    = 200
	// axisLabels is how many dates fit below a strip on the narrowest screen.
	axisLabels = 4
)

// newStrips draws counts or shares; nil where there is nothing to draw.
func newStrips(w *wording.Words, asked comparison, found search.Trends) []strip {
	value := func(p search.TrendPeriod, i int) float64 {
		if asked.Shares {
			return float64(p.Counts[i]) / float64(max(p.Total, 1))
		}
		return float64(p.Counts[i])
	}
	most := 0.0
	for _, p := range found.Periods {
		for i := range p.Counts {
			most = max(most, value(p, i))
		}
	}
	if most == 0 {
		return nil
	}
	top := scaleTop(most, asked.Shares)
	strips := make([]strip, len(asked.Texts))
	for i, text := range asked.Texts {
		s := strip{Query: text, Link: asked.question(text).Results(), Units: max(len(found.Periods), fewestUnits),
			Top: scaleWords(top, asked.Shares), Half: scaleWords(top/2, asked.Shares)}
		sum := 0
		var path strings.Builder
		for x, p := range found.Periods {
			sum += p.Counts[i]
			if p.Counts[i] == 0 {
				continue
			}
			height := max(leastBar, stripHeight*value(p, i)/top)
			if len(found.Periods) > mostBars {
				fmt.Fprintf(&path, "M%d %dv-%sh1v%sz", x, stripHeight, units(height), units(height))
				continue
			}
			s.Bars = append(s.Bars, compareBar{X: fmt.Sprint(x), Y: units(stripHeight - height), Height: units(height),
				Link: asked.during(i, p), Label: w.CountAndShare(periodWords(w, found.Interval, p.From), p.Counts[i], p.Total)})
		}
		s.Sum, s.Path = w.Total(sum), path.String()
		strips[i] = s
	}
	return strips
}

// scaleTop is the least of a few even numbers times a power of ten that a value
// fits under. Their halves are as short to write; counts have none below 2.
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

// axisLabel is a date below the strips.
type axisLabel struct {
	X    string // per cent of the width
	Text string
}

func newAxis(found search.Trends) []axisLabel {
	width := max(len(found.Periods), fewestUnits)
	step := axisStep(found.Interval, width)
	var out []axisLabel
	for i := 0; i < len(found.Periods) && i*axisLabels <= width*(axisLabels-1); i += step { // further right a date runs out of the picture
		out = append(out, axisLabel{units(100*float64(i)/float64(width)) + "%", axisWords(found.Interval, found.Periods[i].From)})
	}
	return out
}

// axisStep is how many periods lie between two dates: of months and years as many
// as readers count in, every half year, every year, every ten years.
func axisStep(interval search.Interval, width int) int {
	steps := map[search.Interval][]int{search.Month: {1, 2, 3, 6, 12, 24, 36, 60, 120, 240}, search.Year: {1, 2, 5, 10, 20, 50, 100}}[interval]
	for _, step := range steps {
		if step*axisLabels*axisLabels >= width*(axisLabels-1) {
			return step
		}
	}
	return (width + axisLabels - 1) / axisLabels
}

// axisWords names a period as lists do: 2022-01-12, 2022-01, 2022.
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

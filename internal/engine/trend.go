package engine

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

// Trends implements search.Engine.
func (e *Engine) Trends(ctx context.Context, r search.TrendsRequest) (search.Trends, error) {
	r.By = cmp.Or(r.By, search.ByArticle)
	out := search.Trends{Generation: e.name, Interval: r.Interval, Periods: []search.TrendPeriod{}}
	all, err := e.dailyHits(ctx, r, nil)
	if err != nil {
		return search.Trends{}, fmt.Errorf("counting in %s: %w", e.name, err)
	}
	spans, interval := trendSpans(all.days, r.Interval)
	out.Interval = interval
	totals := all.count(spans)
	for i, s := range spans {
		out.Periods = append(out.Periods, search.TrendPeriod{From: s.from(), To: s.to(), Total: totals[i], Counts: make([]int, len(r.Queries))})
	}
	for n, q := range r.Queries {
		hits := all
		if q != nil {
			if hits, err = e.dailyHits(ctx, r, q); err != nil {
				return search.Trends{}, fmt.Errorf("counting in %s: %w", e.name, err)
			}
		}
		for i, count := range hits.count(spans) {
			out.Periods[i].Counts[n] = count
		}
	}
	return out, nil
}

func trendSpans(days []int32, interval search.Interval) ([]span, search.Interval) {
	if len(days) == 0 {
		return nil, cmp.Or(interval, search.Day)
	}
	c := calendar(interval)
	if interval == "" {
		c = fitting(slices.Min(days), slices.Max(days), search.MaxFacetPeriods)
	}
	return c.spans(days, search.MaxTrendPeriods), search.Interval(c)
}

// daily are the days of a query's hits, those without a date left out.
type daily struct {
	days   []int32
	groups []uint32 // by hit, its group of copies; nil where nothing folds
}

func (e *Engine) dailyHits(ctx context.Context, r search.TrendsRequest, q query.Node) (daily, error) {
	run := e.newRun(ctx, r.By, r.By == search.ByArticle && !r.Uncollapsed)
	set, _, err := run.choose(search.Request{Query: q, By: r.By, Filter: r.Filter})
	if err != nil {
		return daily{}, err
	}
	return run.daily(set)
}

func (r *run) daily(set *roaring.Bitmap) (daily, error) {
	var out daily
	err := r.each(set.ToArray(), func(_, article uint32) {
		day := r.columns.Day[article]
		if day == NoDay {
			return
		}
		out.days = append(out.days, day)
		if r.folds {
			out.groups = append(out.groups, r.columns.copies.group[article])
		}
	})
	return out, err
}

// count counts hits by period; a group counts once in each.
func (d daily) count(spans []span) []int {
	type once struct {
		span  int
		group uint32
	}
	out := make([]int, len(spans))
	seen := map[once]bool{}
	for i, day := range d.days {
		at, ok := holding(spans, day)
		if !ok {
			continue
		}
		if d.groups != nil {
			key := once{at, d.groups[i]}
			if seen[key] {
				continue
			}
			seen[key] = true
		}
		out[at]++
	}
	return out
}

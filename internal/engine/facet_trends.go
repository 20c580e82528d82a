package engine

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

// Trends implements search.Engine.
func (e *Engine) Trends(ctx context.Context, r search.TrendsRequest) (search.Trends, error) {
	r.By = cmp.Or(r.By, search.ByArticle)
	out, err := e.trends(ctx, r)
	if err != nil {
		return search.Trends{}, fmt.Errorf("counting in %s: %w", e.name, err)
	}
	return out, nil
}

func (e *Engine) trends(ctx context.Context, r search.TrendsRequest) (search.Trends, error) {
	all, err := e.index.hitDays(ctx, r, nil)
	if err != nil {
		return search.Trends{}, err
	}
	periods, interval := trendPeriods(all.days, r.Interval)
	out := search.Trends{Generation: e.name, Interval: interval, Periods: []search.TrendPeriod{}}
	totals := all.count(periods)
	for i, p := range periods {
		out.Periods = append(out.Periods, search.TrendPeriod{
			From:   p.from(),
			To:     p.to(),
			Total:  totals[i],
			Counts: make([]int, len(r.Queries)),
		})
	}
	for n, q := range r.Queries {
		hits := all
		if q != nil {
			if hits, err = e.index.hitDays(ctx, r, q); err != nil {
				return search.Trends{}, err
			}
		}
		for i, count := range hits.count(periods) {
			out.Periods[i].Counts[n] = count
		}
	}
	return out, nil
}

func trendPeriods(days []int32, interval search.Interval) ([]period, search.Interval) {
	if len(days) == 0 {
		return nil, cmp.Or(interval, search.Day)
	}
	c := calendar(interval)
	if interval == "" {
		c = finest(slices.Min(days), slices.Max(days), search.MaxFacetPeriods)
	}
	return c.periods(days, search.MaxTrendPeriods), search.Interval(c)
}

// hitDays are the days of a query's hits, without those that have no date.
type hitDays struct {
	days   []int32
	groups []uint32 // by hit, its group of near-duplicates; nil where nothing collapses
}

func (sn *snapshot) hitDays(ctx context.Context, r search.TrendsRequest, q query.Node) (hitDays, error) {
	p, err := compile(q, sn.segmenter)
	if err != nil {
		return hitDays{}, err
	}
	s, err := newSearcher(ctx, sn, p, r.By)
	if err != nil {
		return hitDays{}, err
	}
	found, err := s.match(ctx, r.Filter, nil)
	if err != nil {
		return hitDays{}, err
	}
	var out hitDays
	collapse := collapses(search.Request{By: r.By, Uncollapsed: r.Uncollapsed})
	err = s.scope.each(ctx, found.base.members.ToArray(), func(_, article uint32) {
		day := sn.columns.Day[article]
		if day == NoDay {
			return
		}
		out.days = append(out.days, day)
		if collapse {
			out.groups = append(out.groups, sn.columns.nearDuplicates.group[article])
		}
	})
	return out, err
}

// count counts hits by period. A group counts once in each.
func (d hitDays) count(periods []period) []int {
	type counted struct {
		period int
		group  uint32
	}
	out := make([]int, len(periods))
	seen := map[counted]bool{}
	for i, day := range d.days {
		at, ok := periodOf(periods, day)
		if !ok {
			continue
		}
		if d.groups != nil {
			key := counted{at, d.groups[i]}
			if seen[key] {
				continue
			}
			seen[key] = true
		}
		out[at]++
	}
	return out
}

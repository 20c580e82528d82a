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

// TrendPeriods returns the periods of days (as in Columns.Day) with hits, and a function that finds the
// period of a day.
func TrendPeriods(days []int32, interval search.Interval, queries int) (
	list []search.TrendPeriod, of search.Interval, at func(day int32) (int, bool),
) {
	periods, of := trendPeriods(days, interval)
	list = []search.TrendPeriod{}
	for _, p := range periods {
		list = append(list, search.TrendPeriod{From: p.from(), To: p.to(), Counts: make([]int, queries)})
	}
	return list, of, func(day int32) (int, bool) { return periodOf(periods, day) }
}

// hitDays are the members that a query matches with their days, without those that
// have no date.
type hitDays struct {
	scope   scope
	members []uint32 // sorted
	days    []int32  // of these
}

func (sn *snapshot) hitDays(ctx context.Context, r search.TrendsRequest, q query.Node) (hitDays, error) {
	p, err := compile(q, sn.segmenter, r.Match)
	if err != nil {
		return hitDays{}, err
	}
	s, err := newSearcher(ctx, sn, p, newScope(sn.columns, r.By, r.Uncollapsed), nil)
	if err != nil {
		return hitDays{}, err
	}
	found, err := s.match(ctx, r.Filter, nil)
	if err != nil {
		return hitDays{}, err
	}
	out := hitDays{scope: s.scope}
	err = s.scope.each(ctx, found.base.members.ToArray(), func(member, article uint32) {
		if day := sn.columns.Day[article]; day != NoDay {
			out.members, out.days = append(out.members, member), append(out.days, day)
		}
	})
	return out, err
}

// count counts hits by period. A group of near-duplicates counts once in each.
func (d hitDays) count(periods []period) []int {
	members := make([][]uint32, len(periods))
	for i, day := range d.days {
		if at, ok := periodOf(periods, day); ok {
			members[at] = append(members[at], d.members[i])
		}
	}
	out := make([]int, len(periods))
	for i, m := range members {
		out[i] = d.scope.groups.count(setOf(m, d.scope.size()))
	}
	return out
}

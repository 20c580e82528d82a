package mcp

import (
	"context"
	"fmt"
	"strings"

	"xunwen/internal/search"
	"xunwen/internal/server/param"
)

type trendsInput struct {
	Queries []string `json:"queries" jsonschema:"queries to compare (检索词), as for search"`
	Filters
	Matching
	Interval string `json:"interval,omitempty" jsonschema:"day (日), month (月) or year (年); auto: the finest that is legible"`
}

type trendsOutput struct {
	Queries    []string `json:"queries"`
	Sums       []int    `json:"sums" jsonschema:"hits of each query in the periods below"`
	Interval   string   `json:"interval"`
	Generation string   `json:"generation"`
	Periods    []period `json:"periods" jsonschema:"the earliest first"`
}

type period struct {
	From   string `json:"from"`
	To     string `json:"to"`
	Total  int    `json:"total" jsonschema:"all articles of the period that pass the filters"`
	Counts []int  `json:"counts" jsonschema:"hits by query, in the order of queries"`
}

// maxPeriods is how many periods an answer has: a year of days.
const maxPeriods = 366

// autoInterval leaves the choice to the engine.
const autoInterval = "auto"

func (s *Server) addTrends() {
	add(s, tool{
		name:  "trends",
		title: "趋势 Trends",
		description: fmt.Sprintf("Count the hits of 1 to %d queries over time (词频趋势), by day, month or year, beside all "+
			"articles of each period, so that shares can be computed.", search.MaxTrends),
		bounds: matchingBounds.with(bounds{
			"queries":  listOf(1, search.MaxTrends),
			"interval": oneOf(autoInterval, string(search.Day), string(search.Month), string(search.Year)),
		}),
	}, s.trends)
}

func (s *Server) trends(ctx context.Context, in trendsInput) (trendsOutput, string, error) {
	v := in.values()
	in.addTo(v)
	v["q"] = in.Queries
	if in.Interval != autoInterval {
		v.Set("interval", in.Interval)
	}
	req, err := param.ReadTrends(v)
	if err != nil {
		return trendsOutput{}, "", err
	}
	found, err := s.engine.Trends(ctx, req)
	if err != nil {
		return trendsOutput{}, "", err
	}
	if len(found.Periods) > maxPeriods {
		return trendsOutput{}, "", bad("interval", fmt.Sprintf("%d periods, at most %d are listed: choose a longer "+
			"interval, or narrow from and to", len(found.Periods), maxPeriods))
	}
	out := trendsOutput{
		Queries:    in.Queries,
		Sums:       make([]int, len(in.Queries)),
		Interval:   string(found.Interval),
		Generation: found.Generation,
		Periods:    make([]period, 0, len(found.Periods)),
	}
	for _, p := range found.Periods {
		out.Periods = append(out.Periods, period{p.From, p.To, p.Total, append([]int{}, p.Counts...)})
		for i, n := range p.Counts {
			out.Sums[i] += n
		}
	}
	return out, out.text(), nil
}

func (out trendsOutput) text() string {
	var b strings.Builder
	b.WriteString("from\tto\tall articles\t" + strings.Join(out.Queries, "\t") + "\n")
	for _, p := range out.Periods {
		fmt.Fprintf(&b, "%s\t%s\t%d", p.From, p.To, p.Total)
		for _, n := range p.Counts {
			fmt.Fprintf(&b, "\t%d", n)
		}
		b.WriteByte('\n')
	}
	b.WriteString("sum\t\t")
	for _, n := range out.Sums {
		fmt.Fprintf(&b, "\t%d", n)
	}
	b.WriteByte('\n')
	return b.String()
}

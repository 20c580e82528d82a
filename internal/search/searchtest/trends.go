package searchtest

import (
	"testing"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

// trends checks that each number is the total of a search in its period.
func trends(t *testing.T, e search.Engine) {
	word := &query.Word{Text: "客流"}
	for _, r := range []search.TrendsRequest{
		{Queries: []query.Node{&query.Word{Text: "大桥"}, word}, Interval: search.Month},
		{Queries: []query.Node{&query.Word{Text: "大桥"}, nil}, Interval: search.Day, Uncollapsed: true},
		{Queries: []query.Node{word}, Interval: search.Year, By: search.ByParagraph},
		{Queries: []query.Node{word}, Filter: search.Filter{Publication: []string{"青禾晚报"}, From: "2026-01-15"}},
	} {
		got, err := e.Trends(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Periods) == 0 || got.Generation != e.Generation() || r.Interval != "" && got.Interval != r.Interval {
			t.Errorf("%+v: %+v", r, got)
		}
		total := func(q query.Node, p search.TrendPeriod) int {
			f := r.Filter
			f.From, f.To = max(f.From, p.From), p.To
			one := search.Request{Query: q, By: r.By, Size: 1, Filter: f, Uncollapsed: r.Uncollapsed}
			res, err := e.Search(t.Context(), one)
			if err != nil {
				t.Fatal(err)
			}
			return res.Total
		}
		for i, p := range got.Periods {
			if want := total(nil, p); p.Total != want {
				t.Errorf("%+v: %s to %s: %d in total, want %d", r, p.From, p.To, p.Total, want)
			}
			for n, q := range r.Queries {
				if want := total(q, p); p.Counts[n] != want {
					t.Errorf("%v: %s to %s: %d, want %d", q, p.From, p.To, p.Counts[n], want)
				}
			}
			if i > 0 && p.From != dayAfter(t, got.Periods[i-1].To) {
				t.Errorf("%+v: %s does not follow %s", r, p.From, got.Periods[i-1].To)
			}
		}
	}
	noPage := search.Filter{Page: []string{"99"}}
	none, err := e.Trends(t.Context(), search.TrendsRequest{Queries: []query.Node{word}, Filter: noPage})
	if err != nil || len(none.Periods) != 0 {
		t.Errorf("trends of nothing: %+v, %v", none, err)
	}
}

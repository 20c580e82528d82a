package page

import (
	"fmt"
	"strings"
	"testing"

	"xunwen/internal/search"
	"xunwen/internal/server/param"
	"xunwen/internal/wording"
)

// TestChart checks which periods have bars, how high they are, and where they link to.
func TestChart(t *testing.T) {
	day := func(d string, n int) search.PeriodCount { return search.PeriodCount{From: d, To: d, Count: n} }
	for _, tc := range []struct {
		name     string
		counts   []search.PeriodCount
		from, to string
		bars     int
		first    string
		high     string // heights of the bars with links
		up       string
	}{
		{"years", []search.PeriodCount{
			{From: "2020-01-01", To: "2020-12-31", Count: 1},
			{From: "2021-01-01", To: "2021-12-31"},
			{From: "2022-01-01", To: "2022-12-31", Count: 480},
		}, "", "", 3, "2020年", "2 48", ""},
		{"months of a year are the year", []search.PeriodCount{
			{From: "2022-02-01", To: "2022-02-28", Count: 2},
			{From: "2022-03-01", To: "2022-03-31", Count: 1},
		}, "2022-01-01", "2022-12-31", 12, "2022年1月", "24 12", "全部时间"},
		{"months of two years", []search.PeriodCount{
			{From: "2021-12-01", To: "2021-12-31", Count: 1},
			{From: "2022-01-01", To: "2022-01-31", Count: 1},
		}, "2021-12-01", "", 2, "2021年12月", "12 12", "全部时间"},
		{"days of a month are the month", []search.PeriodCount{day("2024-02-28", 1), day("2024-02-29", 4)},
			"2024-02-01", "2024-02-29", 29, "2024年2月1日", "12 48", "2024年"},
		{"days of two months", []search.PeriodCount{day("2024-02-29", 3), day("2024-03-01", 3)},
			"2024-02-29", "2024-03-01", 2, "2024年2月29日", "36 36", "2024年"},
		{"some days", []search.PeriodCount{day("2024-02-02", 3)},
			"2024-02-02", "2024-02-03", 29, "2024年2月1日", "36", "2024年2月"},
	} {
		q := param.Search{Text: "x", By: search.ByArticle, Size: param.DefaultSize}
		v := newChart(wording.In(wording.Chinese), q.WithDates(tc.from, tc.to), tc.counts)
		up := ""
		if v.Up != nil {
			up = v.Up.Label.plain()
		}
		var high []string
		for _, b := range v.Bars {
			if (b.Link != "") != (b.Height != "0") ||
				b.Link != "" && !strings.HasSuffix(b.Link, fmt.Sprintf("from=%s&to=%s", b.From, b.To)) {
				t.Errorf("%s: %s, %s high, leads to %q", tc.name, b.From, b.Height, b.Link)
			}
			if b.Link != "" {
				high = append(high, b.Height)
			}
		}
		if len(v.Bars) != tc.bars || v.First != tc.first || strings.Join(high, " ") != tc.high || up != tc.up {
			t.Errorf("%s: %d bars from %s, %q high, out to %q; want %d from %s, %q, %q",
				tc.name, len(v.Bars), v.First, high, up, tc.bars, tc.first, tc.high, tc.up)
		}
	}
	if v := newChart(wording.In(wording.Chinese), param.Search{}, nil); v != nil {
		t.Errorf("a chart of nothing: %+v", v)
	}
}

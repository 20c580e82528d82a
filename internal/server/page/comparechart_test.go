package page

import (
	"slices"
	"strings"
	"testing"
	"time"

	"xunwen/internal/search"
	"xunwen/internal/wording"
)

func TestScaleTop(t *testing.T) {
	for _, tc := range []struct {
		most   float64
		shares bool
		want   string
	}{
		{1, false, "2"},
		{2, false, "2"},
		{3, false, "4"},
		{5, false, "6"},
		{9, false, "10"},
		{10, false, "10"},
		{11, false, "20"},
		{812, false, "1,000"},
		{1284, false, "2,000"},
		{1, true, "100%"},
		{0.5, true, "60%"},
		{0.0042, true, "0.6%"},
		{0.0003, true, "0.04%"},
	} {
		top := scaleTop(tc.most, tc.shares)
		if got := scaleWords(top, tc.shares); got != tc.want || top < tc.most {
			t.Errorf("%v: the scale ends at %s, want %s", tc.most, got, tc.want)
		}
	}
}

// TestStrips checks that bars share a scale, are at their times and link to the hits
// that they count.
func TestStrips(t *testing.T) {
	w := wording.In(wording.Chinese)
	asked := comparison{Texts: []string{"北约", "东扩"},
		Request: search.TrendsRequest{By: search.ByArticle, Filter: search.Filter{From: "2022-01-10"}}}
	found := search.Trends{Interval: search.Month, Periods: []search.TrendPeriod{
		{From: "2022-01-01", To: "2022-01-31", Total: 100, Counts: []int{4, 0}},
		{From: "2022-02-01", To: "2022-02-28", Total: 10, Counts: []int{1, 2}},
	}}
	strips := newStrips(w, asked, found)
	if len(strips) != 2 || len(strips[0].Bars) != 2 || len(strips[1].Bars) != 1 {
		t.Fatalf("strips: %+v", strips)
	}
	first, second := strips[0].Bars[0], strips[1].Bars[0]
	if first.Height != "72" || second.Height != "36" || second.X != "1" || strips[1].Top != "4" ||
		strips[1].Half != "2" {
		t.Errorf("of 4 and 2 below %s: %s and %s high, the second at %s",
			strips[1].Top, first.Height, second.Height, second.X)
	}
	if !strings.Contains(first.Link, "from=2022-01-10&to=2022-01-31") || first.Label != "2022年1月：4 篇，占 4.0%" {
		t.Errorf("the first bar is %q and leads to %s", first.Label, first.Link)
	}
	asked.Shares = true
	if s := newStrips(w, asked, found); s[0].Bars[0].Height != "14.4" || s[1].Bars[0].Height != "72" ||
		s[0].Top != "20%" {
		t.Errorf("as shares: %+v", s)
	}
	if s := newStrips(w, asked,
		search.Trends{Periods: []search.TrendPeriod{{Total: 3, Counts: []int{0, 0}}}}); s != nil {
		t.Errorf("nothing is drawn as %+v", s)
	}
	many := search.Trends{Interval: search.Day}
	for range maxBars + 1 {
		p := search.TrendPeriod{From: "2022-01-01", To: "2022-01-01", Total: 1, Counts: []int{1, 0}}
		many.Periods = append(many.Periods, p)
	}
	if s := newStrips(w, asked, many); len(s[0].Bars) > 0 || strings.Count(s[0].Path, "M") != maxBars+1 {
		t.Errorf("too many bars to point at: %d, and a path of %d", len(s[0].Bars), strings.Count(s[0].Path, "M"))
	}
}

// TestAxisCountsInYears checks that the dates below four years of months are a year
// apart, not thirteen months.
func TestAxisCountsInYears(t *testing.T) {
	found := search.Trends{Interval: search.Month}
	for day := time.Date(2022, 9, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2027; day = day.AddDate(0, 1, 0) {
		found.Periods = append(found.Periods, search.TrendPeriod{From: day.Format(time.DateOnly)})
	}
	var dates []string
	for _, label := range newAxis(found) {
		dates = append(dates, label.Text)
	}
	if want := []string{"2022-09", "2023-09", "2024-09", "2025-09"}; !slices.Equal(dates, want) {
		t.Errorf("dates of %d months: %q, want %q", len(found.Periods), dates, want)
	}
}

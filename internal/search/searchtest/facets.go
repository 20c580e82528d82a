package searchtest

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// closeWords matches some articles of the archive, of more that have both words.
var closeWords = &query.Near{Words: []string{"水位", "厘米"}, Distance: 6}

// facets checks that facets of the archive count the hits of a walk: every value and
// every day, in order.
func facets(t *testing.T, e search.Engine) {
	word := &query.Word{Text: "渡口"}
	for _, r := range []search.Request{
		{Query: word},
		{Query: word, Uncollapsed: true},
		{Query: word, Sort: search.Newest},
		{Query: word, Sort: search.Oldest},
		{Query: word, Sort: search.Reprinted},
		{Query: word, By: search.ByParagraph},
		{Query: &query.Phrase{Text: "水位比昨天"}, By: search.ByParagraph},
		{Query: closeWords},
		{Query: closeWords, Filter: search.Filter{Publication: []string{"临江日报", "江畔周刊"}}},
		{Query: closeWords, By: search.ByParagraph, Uncollapsed: true},
		{Query: word, Filter: search.Filter{Publication: []string{"临江日报", "江畔周刊"}}},
		{Query: word, Filter: search.Filter{Kind: []string{"caption"}}},
		{Query: word, Filter: search.Filter{Section: []string{"客流"}}},
		{Filter: search.Filter{From: "2026-02-01", To: "2026-02-20"}},
		{Query: &query.Word{Text: "无关之事"}},
	} {
		r.Size, r.Facets = 7, &search.FacetRequest{}
		name := fmt.Sprintf("%v by %s, %s, uncollapsed %t, %v", r.Query, r.By, r.Sort, r.Uncollapsed, r.Filter)
		var first *search.Facets
		want := counted{by: r.By, filter: r.Filter, values: map[string]map[string]int{}, days: map[string]int{}}
		Walk(t, e, r, func(res search.Response) bool {
			if first == nil {
				first = res.Facets
			}
			if res.Facets == nil || !reflect.DeepEqual(res.Facets, first) {
				t.Errorf("%s: facets %+v, with the first hits %+v", name, res.Facets, first)
			}
			if res.Relation != search.Eq {
				t.Errorf("%s: the total is not exact", name)
			}
			for _, h := range res.Hits {
				want.count(t, e, h)
			}
			return true
		})
		if first == nil {
			t.Fatalf("%s: no facets", name)
		}
		for field, got := range map[string][]search.ValueCount{
			"publication": first.Publication,
			"section":     first.Section,
			"source":      first.Source,
			"page_name":   first.PageName,
		} {
			if w := want.list(field); !slices.Equal(got, w) {
				t.Errorf("%s: %s %v, want %v", name, field, got, w)
			}
		}
		want.checkPeriods(t, name, first.Date)
		want.checkTable(t, e, name, r)
	}
	res, err := e.Search(t.Context(), search.Request{Query: word, Size: 1})
	if err != nil || res.Facets != nil {
		t.Errorf("facets without a request: %v, %v", res.Facets, err)
	}
}

// counted counts the values of the hits of a walk.
type counted struct {
	by     search.By
	filter search.Filter
	values map[string]map[string]int
	days   map[string]int
}

func (c counted) count(t *testing.T, e search.Engine, h search.Hit) {
	add := func(field, value string) {
		if c.values[field] == nil {
			c.values[field] = map[string]int{}
		}
		if value != "" {
			c.values[field][value]++
		}
	}
	a := h.Article
	add("publication", a.Publication)
	add("source", a.Source)
	add("page_name", a.PageName)
	if a.Date != "" {
		c.days[a.Date]++
	}
	if c.by == search.ByParagraph {
		add("section", h.Paragraphs[0].Section)
		return
	}
	m, err := e.Article(t.Context(), search.ArticleRequest{ID: a.ID})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	passes := func(values []string, v string) bool { return len(values) == 0 || slices.Contains(values, v) }
	for _, p := range m.Article.Paragraphs {
		if passes(c.filter.Kind, string(p.Kind)) && passes(c.filter.Section, p.Section) && !seen[p.Section] {
			add("section", p.Section)
			seen[p.Section] = true
		}
	}
}

// list returns a field's values in order.
func (c counted) list(field string) []search.ValueCount {
	var out []search.ValueCount
	for v, n := range c.values[field] {
		out = append(out, search.ValueCount{Value: v, Count: n})
	}
	slices.SortFunc(out, func(a, b search.ValueCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Value, b.Value))
	})
	return out
}

// checkPeriods checks that periods are contiguous and count their days.
func (c counted) checkPeriods(t *testing.T, name string, periods []search.PeriodCount) {
	t.Helper()
	if len(periods) > search.MaxFacetPeriods || len(periods) == 0 && len(c.days) > 0 {
		t.Errorf("%s: %d periods", name, len(periods))
	}
	sum := 0
	for i, p := range periods {
		n := 0
		for day, hits := range c.days {
			if p.From <= day && day <= p.To {
				n += hits
			}
		}
		if p.Count != n {
			t.Errorf("%s: %s to %s: %d, want %d", name, p.From, p.To, p.Count, n)
		}
		if sum += n; i > 0 && p.From != dayAfter(t, periods[i-1].To) {
			t.Errorf("%s: %s does not follow %s", name, p.From, periods[i-1].To)
		}
	}
	all := 0
	for _, n := range c.days {
		all += n
	}
	if sum != all {
		t.Errorf("%s: the periods count %d hits of %d", name, sum, all)
	}
}

// checkTable checks the facets for a table: all publications, and years and months with their
// days.
func (c counted) checkTable(t *testing.T, e search.Engine, name string, r search.Request) {
	t.Helper()
	for interval, bytes := range map[search.Interval]int{search.Year: len("2006"), search.Month: len("2006-01")} {
		r.Facets = &search.FacetRequest{Table: interval}
		res, err := e.Search(t.Context(), r)
		if err != nil || res.Facets == nil {
			t.Fatalf("%s: %v, %v", name, res.Facets, err)
		}
		f := res.Facets
		if !slices.Equal(f.Publication, c.list("publication")) ||
			f.Source != nil || f.Section != nil || f.PageName != nil {
			t.Errorf("%s: facets for a table %+v", name, *f)
		}
		want, got := map[string]int{}, map[string]int{}
		for day, n := range c.days {
			want[day[:bytes]] += n
		}
		for _, p := range f.Date {
			if p.Count > 0 {
				got[p.From[:bytes]] = p.Count
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: by %s %v, want %v", name, interval, got, want)
		}
	}
}

func dayAfter(t *testing.T, day string) string {
	t.Helper()
	d, err := time.Parse(news.DateLayout, day)
	if err != nil {
		t.Fatal(err)
	}
	return d.AddDate(0, 0, 1).Format(news.DateLayout)
}

package opensearch

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"xunwen/internal/engine"
	"xunwen/internal/news"
	"xunwen/internal/opensearch/dsl"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/search"
)

// maxBuckets is the most values that are read of a field, the bound of a cluster for all buckets of an answer.
const maxBuckets = 60_000

// valueFacet is a facet that counts the values of a field.
type valueFacet struct {
	field  string
	of     func(*search.Facets) *[]search.ValueCount
	filter func(*search.Filter) *[]string
}

var valueFacets = []valueFacet{
	{
		"publication", func(f *search.Facets) *[]search.ValueCount { return &f.Publication },
		func(f *search.Filter) *[]string { return &f.Publication },
	},
	{
		"page_name", func(f *search.Facets) *[]search.ValueCount { return &f.PageName },
		func(f *search.Filter) *[]string { return &f.PageName },
	},
	{
		"source", func(f *search.Facets) *[]search.ValueCount { return &f.Source },
		func(f *search.Filter) *[]string { return &f.Source },
	},
	{
		layout.SectionField, func(f *search.Facets) *[]search.ValueCount { return &f.Section },
		func(f *search.Filter) *[]string { return &f.Section },
	},
}

// facets counts the hits of a request.
func (e *Engine) facets(ctx context.Context, p *prepared) (*search.Facets, error) {
	if p.Facets.Table != "" {
		return e.tableFacets(ctx, p)
	}
	out := &search.Facets{}
	base, err := e.countValues(ctx, p, facetFields)
	if err != nil {
		return nil, err
	}
	for _, f := range valueFacets {
		counts, given := base, *f.filter(&p.Filter)
		if p.Facets.MultiSelect && len(given) > 0 {
			other := p.Filter
			*f.filter(&other) = nil
			if counts, err = e.countValues(ctx, p.withFilter(e, other), []string{f.field}); err != nil {
				return nil, err
			}
		}
		if *f.of(out), err = e.mostFrequent(ctx, f.field, counts.values[f.field], given); err != nil {
			return nil, err
		}
	}
	if f := p.Facets; f.From == "" && f.To == "" || f.From == p.Filter.From && f.To == p.Filter.To {
		out.Date = engine.CountDays(base.days, "")
		return out, nil
	}
	other := p.Filter
	other.From, other.To = p.Facets.From, p.Facets.To
	counts, err := e.countValues(ctx, p.withFilter(e, other), []string{layout.DayField})
	if err != nil {
		return nil, err
	}
	out.Date = engine.CountDays(counts.days, "")
	return out, nil
}

// tableFacets counts the hits of a request for a table.
func (e *Engine) tableFacets(ctx context.Context, p *prepared) (*search.Facets, error) {
	counts, err := e.countValues(ctx, p, []string{"publication", layout.DayField})
	if err != nil {
		return nil, err
	}
	out := &search.Facets{Date: engine.CountDays(counts.days, p.Facets.Table)}
	out.Publication, err = e.byFrequency(ctx, "publication", counts.values["publication"], p.Filter.Publication)
	return out, err
}

// facetFields are what facets count.
var facetFields = []string{"publication", "page_name", "source", layout.SectionField, layout.DayField}

// valueCounts are the numbers of hits by value as it is spelt, and by day.
type valueCounts struct {
	values map[string]map[string]int // by field
	days   map[int32]int
}

func (c *valueCounts) add(field, value string, n int) {
	if value == "" || n == 0 {
		return
	}
	if c.values[field] == nil {
		c.values[field] = map[string]int{}
	}
	c.values[field][value] += n
}

// shows returns a function that reports whether a paragraph passes a filter.
func (e *Engine) shows(f search.Filter) func(news.Paragraph) bool {
	sections := map[string]bool{}
	for _, v := range f.Section {
		sections[layout.ValueKey(e.words, v)] = true
	}
	return func(p news.Paragraph) bool {
		return (len(f.Section) == 0 || p.Section != "" && sections[layout.ValueKey(e.words, p.Section)]) &&
			(len(f.Kind) == 0 || slices.Contains(f.Kind, string(p.Kind)))
	}
}

// addArticle counts the values of one article.
func (c *valueCounts) addArticle(of source, fields []string, shows func(news.Paragraph) bool) {
	a := &of.Record
	for _, field := range fields {
		switch field {
		case "publication":
			c.add(field, a.Publication, 1)
		case "page_name":
			c.add(field, a.PageName, 1)
		case "source":
			c.add(field, a.Source, 1)
		case layout.SectionField:
			seen := map[string]bool{}
			for _, p := range a.Paragraphs {
				if !seen[p.Section] && shows(p) {
					seen[p.Section] = true
					c.add(field, p.Section, 1)
				}
			}
		case layout.DayField:
			if of.Day != engine.NoDay {
				c.days[of.Day]++
			}
		}
	}
}

// mostFrequent returns the values with the highest counts.
func (e *Engine) mostFrequent(
	ctx context.Context, field string, counts map[string]int, given []string,
) ([]search.ValueCount, error) {
	all, err := e.byFrequency(ctx, field, counts, given)
	return all[:min(len(all), search.MaxFacetValues)], err
}

// byFrequency returns values, the most frequent first. Those with the same normal form are one, in the
// spelling that is given or else of most articles of the index.
func (e *Engine) byFrequency(
	ctx context.Context, field string, counts map[string]int, given []string,
) ([]search.ValueCount, error) {
	usual, err := e.usual(ctx, field)
	if err != nil {
		return nil, err
	}
	as := map[string]string{}
	for _, v := range given {
		as[layout.ValueKey(e.words, v)] = v
	}
	sums := map[string]int{}
	for value, n := range counts {
		key := layout.ValueKey(e.words, value)
		shown := as[key]
		if shown == "" {
			shown = cmp.Or(usual[key], value)
		}
		sums[shown] += n
	}
	var out []search.ValueCount
	for value, n := range sums {
		out = append(out, search.ValueCount{Value: value, Count: n})
	}
	slices.SortFunc(out, mostFirst)
	return out, nil
}

// mostFirst is the order of values in a facet.
func mostFirst(a, b search.ValueCount) int {
	return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Value, b.Value))
}

// usual returns the spelling of most articles, or of sections of most paragraphs, by normal form. It does
// not change, and is kept.
func (e *Engine) usual(ctx context.Context, field string) (map[string]string, error) {
	e.mu.Lock()
	known, ok := e.usualSpellings[field]
	e.mu.Unlock()
	if ok {
		return known, nil
	}
	values := object{"terms": object{"field": field, "size": maxBuckets}}
	q := dsl.Term(layout.FirstField, true)
	if field == layout.SectionField {
		q = dsl.MatchAll
		values = object{"nested": object{"path": layout.OwnField}, "aggs": object{"values": object{
			"terms": object{"field": layout.OwnField + "." + layout.SectionField, "size": maxBuckets}}}}
	}
	var answer struct {
		Aggregations struct {
			Values struct {
				termsAnswer
				Values termsAnswer `json:"values"`
			} `json:"values"`
		} `json:"aggregations"`
	}
	body := object{"size": 0, "track_total_hits": false, "query": q, "aggs": object{"values": values}}
	if err := e.search(ctx, body, &answer); err != nil {
		return nil, err
	}
	found := answer.Aggregations.Values.termsAnswer
	if field == layout.SectionField {
		found = answer.Aggregations.Values.Values
	}
	out := map[string]string{}
	for _, b := range found.Buckets { // the most frequent first, then in byte order
		if k := layout.ValueKey(e.words, b.Key); out[k] == "" {
			out[k] = b.Key
		}
	}
	e.mu.Lock()
	e.usualSpellings[field] = out
	e.mu.Unlock()
	return out, nil
}

func (c *valueCounts) addDay(key json.RawMessage, n int) {
	var day int32
	if json.Unmarshal(key, &day) == nil && day != engine.NoDay {
		c.days[day] += n
	}
}

// text returns a JSON string.
func text(b json.RawMessage) string {
	var s string
	if json.Unmarshal(b, &s) != nil {
		return ""
	}
	return s
}

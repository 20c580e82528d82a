package page

import (
	"slices"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/server/param"
	"xunwen/internal/wording"
)

// panel is the column next to the hits: the chart, and filters with the number of
// hits that each would leave. Its fields belong to the form of the search box, so
// a new query keeps them.
type panel struct {
	Set      int // number of active filters
	From, To string
	Chart    *chartView // nil if no hit has a date
	Compare  string     // address that compares the query over time, "" without a query
	Facets   []facetView
	Pages    []string // values of the filter by page; "" is an empty field
	Kinds    []kindFilter
	Sizes    []sizeChoice
	More     bool // one of the filters under "more" is active
}

// facetView is a field with its values, most frequent first.
type facetView struct {
	Name, Label string
	Values      []valueView
	Rest        []valueView
	Open        bool // a value of Rest is active
}

type valueView struct {
	Name, Value, Count string
	On                 bool
}

type kindFilter struct {
	Value, Label string
	On           bool
}

type sizeChoice struct {
	Size    int
	Label   string
	Current bool
}

// shownValues is how many values of a field are visible at first. With four fields
// the column is about as long as ten hits.
const shownValues = 6

// facetFields lists the fields with counts, in display order.
var facetFields = []struct {
	filter param.FilterField
	counts func(*search.Facets) *[]search.ValueCount
}{
	{param.PublicationFilter, func(f *search.Facets) *[]search.ValueCount { return &f.Publication }},
	{param.SourceFilter, func(f *search.Facets) *[]search.ValueCount { return &f.Source }},
	{param.PageNameFilter, func(f *search.Facets) *[]search.ValueCount { return &f.PageName }},
	{param.SectionFilter, func(f *search.Facets) *[]search.ValueCount { return &f.Section }},
}

// panelFacets returns the facets that a panel needs: for a filtered field also the
// values that could be added, and the periods of the chart.
func panelFacets(q param.Search) *search.FacetRequest {
	from, to := chartSpan(q.Filter.From, q.Filter.To)
	return &search.FacetRequest{MultiSelect: true, From: from, To: to}
}

// newPanel returns the panel for counts; without counts it has the active filters only.
func newPanel(w *wording.Words, q param.Search, counts *search.Facets) panel {
	if counts == nil {
		counts = &search.Facets{}
	}
	p := panel{
		Set:   q.FilterCount(),
		From:  q.Filter.From,
		To:    q.Filter.To,
		Pages: q.Filter.Page,
		More:  len(q.Filter.Page)+len(q.Filter.Kind) > 0 || q.Size != param.DefaultSize,
		Chart: newChart(w, q, counts.Date),
	}
	if q.Query != nil {
		alone := comparison{
			Texts:   []string{q.Text},
			Request: search.TrendsRequest{By: q.By, Filter: q.Filter, Match: q.Match, Uncollapsed: q.Uncollapsed},
		}
		p.Compare = alone.address(comparePath)
	}
	for _, facet := range facetFields {
		v := newFacetView(w, facet.filter, *facet.filter.Values(&q.Filter), *facet.counts(counts))
		if len(v.Values)+len(v.Rest) > 0 {
			p.Facets = append(p.Facets, v)
		}
	}
	if len(p.Pages) == 0 {
		p.Pages = []string{""}
	}
	for _, k := range kindChoices(w) {
		k.On = slices.Contains(q.Filter.Kind, k.Value)
		p.Kinds = append(p.Kinds, k)
	}
	p.Sizes = sizeChoices(w, q.Size)
	return p
}

func newFacetView(w *wording.Words, f param.FilterField, set []string, counts []search.ValueCount) facetView {
	v := facetView{Name: f.Name, Label: f.Label(w)}
	seen := map[string]bool{}
	shown := shownValues
	if len(counts) > shown && counts[0].Count == 1 {
		shown = 0 // every value occurs once: a list of hits, not a facet
	}
	for i, c := range counts {
		value := valueView{f.Name, c.Value, wording.Grouped(c.Count), slices.Contains(set, c.Value)}
		seen[c.Value] = true
		if i < shown {
			v.Values = append(v.Values, value)
		} else {
			v.Rest = append(v.Rest, value)
			v.Open = v.Open || value.On
		}
	}
	for _, value := range set {
		if !seen[value] {
			v.Values = append(v.Values, valueView{f.Name, value, "0", true})
		}
	}
	return v
}

// pageSizes lists the sizes that the form offers. Addresses may have others.
var pageSizes = []int{10, 20, 50, 100}

func sizeChoices(w *wording.Words, size int) []sizeChoice {
	sizes := pageSizes
	if !slices.Contains(sizes, size) {
		sizes = append(slices.Clone(sizes), size)
	}
	out := make([]sizeChoice, len(sizes))
	for i, n := range sizes {
		out[i] = sizeChoice{n, w.Hits(n), n == size}
	}
	return out
}

func kindChoices(w *wording.Words) []kindFilter {
	return []kindFilter{
		{Value: string(news.Body), Label: w.Filters.Body},
		{Value: string(news.Caption), Label: w.Filters.Caption},
		{Value: string(news.Table), Label: w.Filters.Table},
	}
}

func kindLabel(w *wording.Words, value string) string {
	for _, k := range kindChoices(w) {
		if k.Value == value {
			return k.Label
		}
	}
	return value
}

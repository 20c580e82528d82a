package searchtest

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

// multiSelect compares multi-select facets of random filters with separate
// searches: a field that is filtered counts what a search without its values does,
// another what the search itself does, and the dates what a search of their span
// does.
func multiSelect(t *testing.T, e search.Engine) {
	r := rand.New(rand.NewPCG(4, 19)) // the same at every run
	counts := func(r search.Request) *search.Facets {
		r.Facets = &search.FacetRequest{}
		res, err := e.Search(t.Context(), r)
		if err != nil || res.Facets == nil {
			t.Fatalf("%+v: %v, %v", r, res.Facets, err)
		}
		return res.Facets
	}
	all := counts(search.Request{Size: 1})
	differ := 0
	for range 150 {
		req := randomSearch(r, all)
		plain := counts(req)
		want := *plain
		for _, f := range facetFields {
			wider := req
			if values := f.values(&wider.Filter); len(*values) > 0 {
				*values = nil
				*f.counts(&want) = *f.counts(counts(wider))
			}
		}
		req.Facets = &search.FacetRequest{MultiSelect: true}
		if r.IntN(2) == 0 {
			req.Facets.From, req.Facets.To = "2026-01-05", "2026-02-14"
			wider := req
			wider.Filter.From, wider.Filter.To = req.Facets.From, req.Facets.To
			want.Date = counts(wider).Date
		}
		res, err := e.Search(t.Context(), req)
		if err != nil || res.Facets == nil || !reflect.DeepEqual(*res.Facets, want) {
			t.Errorf("%v by %s, %s, %+v, %+v: %v\n got %+v\nwant %+v",
				req.Query, req.By, req.Sort, req.Filter, *req.Facets, err, res.Facets, want)
		}
		checkHitsUnchanged(t, e, req, res)
		if !reflect.DeepEqual(want, *plain) {
			differ++
		}
	}
	if differ < 50 {
		t.Errorf("only %d facets differ from those of the plain filter: this tests little", differ)
	}
}

// facetFields are the fields with counts.
var facetFields = []struct {
	counts func(*search.Facets) *[]search.ValueCount
	values func(*search.Filter) *[]string
}{
	{
		func(f *search.Facets) *[]search.ValueCount { return &f.Publication },
		func(f *search.Filter) *[]string { return &f.Publication },
	},
	{
		func(f *search.Facets) *[]search.ValueCount { return &f.Section },
		func(f *search.Filter) *[]string { return &f.Section },
	},
	{
		func(f *search.Facets) *[]search.ValueCount { return &f.Source },
		func(f *search.Filter) *[]string { return &f.Source },
	},
	{
		func(f *search.Facets) *[]search.ValueCount { return &f.PageName },
		func(f *search.Filter) *[]string { return &f.PageName },
	},
}

// randomSearch draws a search whose filter has values of some fields.
func randomSearch(r *rand.Rand, all *search.Facets) search.Request {
	queries := []query.Node{nil, &query.Word{Text: "渡口"}, &query.Phrase{Text: "水位比昨天"}, closeWords}
	req := search.Request{
		Size:        5,
		Query:       queries[r.IntN(len(queries))],
		By:          []search.By{search.ByArticle, search.ByArticle, search.ByParagraph}[r.IntN(3)],
		Sort:        []search.Sort{search.ByRelevance, search.Newest, search.Oldest, search.Reprinted}[r.IntN(4)],
		Uncollapsed: r.IntN(3) == 0,
	}
	for _, f := range facetFields {
		values := *f.counts(all)
		if len(values) == 0 || r.IntN(2) == 0 {
			continue
		}
		for range 1 + r.IntN(2) {
			to := f.values(&req.Filter)
			*to = append(*to, values[r.IntN(len(values))].Value)
		}
	}
	if r.IntN(3) == 0 {
		req.Filter.From = "2026-01-20"
	}
	if r.IntN(6) == 0 {
		req.Filter.Kind = []string{"caption"}
	}
	return req
}

// checkHitsUnchanged compares the hits of a search with those without facets.
func checkHitsUnchanged(t *testing.T, e search.Engine, r search.Request, res search.Response) {
	t.Helper()
	r.Facets = nil
	want, err := e.Search(t.Context(), r)
	if err != nil || res.Total != want.Total || res.Cursor != want.Cursor || !reflect.DeepEqual(res.Hits, want.Hits) {
		t.Errorf("%v by %s, %s, %+v: %d hits with facets, %d without, %v", r.Query, r.By, r.Sort, r.Filter,
			res.Total, want.Total, err)
	}
}

package searchtest

import (
	"slices"
	"testing"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

// named checks that a query that is the name of a newspaper or a source is recognised
// in whatever spelling, and nothing else is.
func named(t *testing.T, e search.Engine) {
	source := search.Named{Field: query.Source, Value: "新华社"}
	paper := search.Named{Field: query.Publication, Value: "临江日报"}
	for _, tc := range []struct {
		query string
		want  []search.Named
	}{
		{"新华社", []search.Named{source}},
		{"新華社", []search.Named{source}},
		{"“新华社”", []search.Named{source}},
		{"《临江日报》", []search.Named{paper}},
		{"臨江日報", []search.Named{paper}},
		{"新华", nil},
		{"新华社记者", nil},
		{"新华社 渡口", nil},
		{"source:新华社", nil},
		{"要闻", nil}, // the name of a page
		{"《》x", nil},
	} {
		n, err := query.Parse(tc.query)
		if err != nil {
			t.Fatal(err)
		}
		r := search.Request{Query: n, Size: 1}
		res, err := e.Search(t.Context(), r)
		if err != nil || !slices.Equal(res.Named, tc.want) {
			t.Errorf("%s names %v, %v, want %v", tc.query, res.Named, err, tc.want)
		}
		r.NoSuggestions = true
		if res, err = e.Search(t.Context(), r); err != nil || res.Named != nil {
			t.Errorf("%s without suggestions names %v, %v", tc.query, res.Named, err)
		}
	}
}

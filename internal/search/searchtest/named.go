package searchtest

import (
	"slices"
	"testing"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

// named checks that operands that are the name of a newspaper or a source are recognised
// in whatever spelling, and nothing else is.
func named(t *testing.T, e search.Engine) {
	source := func(operand string) search.Named {
		return search.Named{Operand: operand, Field: query.Source, Value: "新华社"}
	}
	paper := func(operand string) search.Named {
		return search.Named{Operand: operand, Field: query.Publication, Value: "临江日报"}
	}
	for _, tc := range []struct {
		query string
		want  []search.Named
	}{
		{"新华社", []search.Named{source("新华社")}},
		{"新華社", []search.Named{source("新華社")}},
		{"“新华社”", []search.Named{source(`"新华社"`)}},
		{"《临江日报》", []search.Named{paper("《临江日报》")}},
		{"臨江日報", []search.Named{paper("臨江日報")}},
		{"新华社 渡口", []search.Named{source("新华社")}},
		{"渡口 臨江日報 新华社 -桥", []search.Named{paper("臨江日報"), source("新华社")}},
		{"渡口 -新华社", nil},
		{"渡口 OR 新华社", nil},
		{"新华", nil},
		{"新华社记者", nil},
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

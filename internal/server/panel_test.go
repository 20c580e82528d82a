package server

import (
	"reflect"
	"testing"

	"xunwen/internal/search"
)

// TestPanelNeedsOneSearch checks that a results page needs one search, with the counts of all values
// of a filtered field and of the days of the chart, which for a day shows its month.
func TestPanelNeedsOneSearch(t *testing.T) {
	for query, want := range map[string]search.FacetRequest{
		"publication=A":                           {MultiSelect: true},
		"from=2024-03-05&to=2024-03-05":           {MultiSelect: true, From: "2024-03-01", To: "2024-03-31"},
		"from=2024-03-05&to=2024-03-09&section=B": {MultiSelect: true, From: "2024-03-05", To: "2024-03-09"},
	} {
		engine := &stub{response: search.Response{
			Generation: "g",
			Relation:   search.Eq,
			Total:      1,
			Hits:       []search.Hit{{}},
			Facets:     &search.Facets{},
		}}
		get(t, engine, "/search?q=x&"+query)
		if len(engine.searches) != 1 || !reflect.DeepEqual(engine.searches[0].Facets, &want) {
			t.Errorf("%s: %d searches, want one with %+v: %+v", query, len(engine.searches), want, engine.searches)
		}
	}
}

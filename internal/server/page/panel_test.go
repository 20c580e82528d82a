package page

import (
	"testing"

	"xunwen/internal/search"
	"xunwen/internal/server/param"
)

// TestLongListsAreShortened holds which values of a field are seen at once.
func TestLongListsAreShortened(t *testing.T) {
	list := func(counts ...int) (out []search.ValueCount) {
		for i, n := range counts {
			out = append(out, search.ValueCount{Value: string(rune('甲' + i)), Count: n})
		}
		return out
	}
	for _, tc := range []struct {
		name        string
		set         []string
		counts      []search.ValueCount
		shown, rest int
		open        bool
	}{
		{"few", nil, list(3, 2, 1), 3, 0, false},
		{"many", nil, list(9, 8, 7, 6, 5, 4, 3, 2), shownValues, 2, false},
		{"each once", nil, list(1, 1, 1, 1, 1, 1, 1), 0, 7, false},
		{"few, each once", nil, list(1, 1), 2, 0, false},
		{"a hidden one is active", []string{list(9, 8, 7, 6, 5, 4, 3, 2)[7].Value}, list(9, 8, 7, 6, 5, 4, 3, 2),
			shownValues, 2, true},
		{"one without hits is active", []string{"无"}, list(3), 2, 0, false},
	} {
		v := newFacetView(readDictionary()["zh-CN"], param.SectionFilter, tc.set, tc.counts)
		if len(v.Values) != tc.shown || len(v.Rest) != tc.rest || v.Open != tc.open {
			t.Errorf("%s: %d shown, %d hidden, open %t; want %d, %d, %t",
				tc.name, len(v.Values), len(v.Rest), v.Open, tc.shown, tc.rest, tc.open)
		}
	}
}

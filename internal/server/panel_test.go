package server

import (
	"context"
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// counting answers a filtered question and a wider one differently, the wider
// one perhaps of another generation.
type counting struct {
	stub
	wider search.Response
}

func (e *counting) Search(ctx context.Context, r search.Request) (search.Response, error) {
	resp, err := e.stub.Search(ctx, r)
	if len(r.Filter.Publication) == 0 {
		resp = e.wider
	}
	return resp, err
}

// TestValuesThatCouldBeAdded holds that a filtered field lists what its filter
// hides, but never counts of two generations on one page.
func TestValuesThatCouldBeAdded(t *testing.T) {
	of := func(values ...search.ValueCount) *search.Facets { return &search.Facets{Publication: values} }
	hit := []search.Hit{{Article: news.Article{ID: "a", Title: "大桥"}}}
	for _, tc := range []struct {
		generation   string
		want, hidden string
	}{
		{"g", `value="临江日报">`, ""},
		{"another", `value="青禾晚报" checked>`, "临江日报"},
	} {
		engine := &counting{
			stub: stub{response: search.Response{Generation: "g", Relation: search.Eq, Total: 5, Hits: hit, Facets: of(search.ValueCount{Value: "青禾晚报", Count: 5})}},
			wider: search.Response{Generation: tc.generation, Relation: search.Eq, Total: 12, Hits: hit,
				Facets: of(search.ValueCount{Value: "临江日报", Count: 7}, search.ValueCount{Value: "青禾晚报", Count: 5})},
		}
		page := get(t, engine, "/search?q=x&publication=%E9%9D%92%E7%A6%BE%E6%99%9A%E6%8A%A5").Body.String()
		if !strings.Contains(page, tc.want) || tc.hidden != "" && strings.Contains(page, tc.hidden) {
			t.Errorf("the wider question answered by generation %s: want %s and not %q in\n%s", tc.generation, tc.want, tc.hidden, page)
		}
	}
}

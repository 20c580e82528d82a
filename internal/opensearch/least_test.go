package opensearch

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/news"
	"xunwen/internal/opensearch/opensearchtest"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// ferries are articles where 渡口 and 大桥 are near one another in some, and far apart in others.
func ferries() []news.Article {
	var out []news.Article
	for i := range 60 {
		text := fmt.Sprintf("第%d号渡口和大桥今天开放。", i)
		if i%3 == 0 {
			text = fmt.Sprintf("第%d号渡口今天开放。市民走过了很长很长的一段路，到傍晚才看到大桥。", i)
		}
		out = append(out, buildtest.Text(fmt.Sprint(i), fmt.Sprintf("江上%dA型和A%d型", i, i), text))
	}
	return out
}

// Where too many texts would have to be read, hits are some of the right ones, and the total says that there
// may be more; or the request is not answered at all.
func TestTooManyToRead(t *testing.T) {
	c := testClient(t)
	words := analyzertest.Open(t, "渡口,码头,摆渡口,轮渡站")
	right := publish(t, c, words, ferries(), Options{})
	for _, tc := range []struct {
		query   string
		options Options
		refused bool
	}{
		{query: `"渡口 大桥"~3`, options: Options{Verified: 5}},
		{query: "渡口 /NEAR 5 大桥", options: Options{Verified: 5}},
		{query: "渡口 /PREV 5 大桥", options: Options{Verified: 5}},
		{query: "渡口 /SEN 大桥", options: Options{Verified: 5}},
		{query: "a*", options: Options{Verified: 5}},
		{query: "渡口 $1", options: Options{Verified: 5}},
		{query: "渡口 $2", options: Options{Verified: 5}, refused: true},
		{query: "渡口 /SEN 2 大桥", options: Options{Verified: 5}, refused: true},
		{query: "渡口", options: Options{Clauses: 14}},
		{query: "渡口 大桥 今天 开放 市民 走过 江上", options: Options{Clauses: 8}, refused: true},
	} {
		n, err := query.Parse(tc.query)
		if err != nil {
			t.Fatal(err)
		}
		o := tc.options
		o.Small, o.Window = -1, 7
		bounded := newEngine(c, right.index, right.generation, words, right.sizes, o)
		want, _, err := idsOf(t.Context(), right, n)
		if err != nil {
			t.Fatal(err)
		}
		got, relation, err := idsOf(t.Context(), bounded, n)
		switch {
		case tc.refused && !errors.Is(err, search.ErrUnsupported), !tc.refused && err != nil:
			t.Errorf("%s: %v", tc.query, err)
		case tc.refused:
			_, err = bounded.Trends(t.Context(), search.TrendsRequest{Queries: []query.Node{n}})
			if !errors.Is(err, search.ErrUnsupported) {
				t.Errorf("trends of %s: %v", tc.query, err)
			}
		case len(got) < len(want) && relation != search.Gte, len(got) == 0 && len(want) > 0:
			t.Errorf("%s: %d hits of %d, %s", tc.query, len(got), len(want), relation)
		case slices.ContainsFunc(got, func(id string) bool { return !slices.Contains(want, id) }):
			t.Errorf("%s: %v has more than %v", tc.query, got, want)
		}
	}
}

// Dates are found in some of the ways to write them if too many texts would have to be read for all.
func TestTooManyDates(t *testing.T) {
	var articles []news.Article
	for i, text := range []string{
		"大桥8月17日通车。", "大桥八月十七日通车。", "大桥08月17日通车。", "渡口7月开放。", "渡口07月开放。", "渡口七月开放。",
		"编号2008月17日作废。", "十八月十七日没有。", "第207月。", "3.07月。", "2007-07月。", "三.07月。", "1,107月。", "07-月。",
		"８月１７日，8月170日。", "8月17.5吨。", "8月17点5分。", "8 月 17 日", "A08月17B", "几07月", "二07月", "07月7", "08月17 5",
	} {
		for n := range 4 {
			articles = append(articles, buildtest.Text(fmt.Sprint(i, "-", n), fmt.Sprint("消息", n), text))
		}
	}
	words := analyzertest.Open(t)
	right := publish(t, testClient(t), words, articles, Options{})
	for _, text := range []string{"7月", "8月17", "8月17日", "七月", "八月十七日", "07月", "渡口 7月"} {
		n, err := query.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		want, _, err := idsOf(t.Context(), right, n)
		if err != nil {
			t.Fatal(err)
		}
		for _, clauses := range []int{defaultClauses, 150, 40} {
			bounded := newEngine(right.client, right.index, right.generation, words, right.sizes,
				Options{Small: -1, Window: 7, Verified: 3, Clauses: clauses})
			got, relation, err := idsOf(t.Context(), bounded, n)
			switch {
			case err != nil:
				t.Errorf("%s with %d clauses: %v", text, clauses, err)
			case len(got) < len(want) && relation != search.Gte, len(got) == 0 && len(want) > 0:
				t.Errorf("%s with %d clauses: %d hits of %d, %s", text, clauses, len(got), len(want), relation)
			case slices.ContainsFunc(got, func(id string) bool { return !slices.Contains(want, id) }):
				t.Errorf("%s with %d clauses: %v has more than %v", text, clauses, got, want)
			}
		}
	}
}

// Where too many texts would have to be read only for a facet without its own filter, the request is answered.
func TestTooManyToReadForFacets(t *testing.T) {
	articles := ferries()
	for i := range articles {
		articles[i].Publication = []string{"日报", "晚报"}[i%2]
	}
	e := publish(t, testClient(t), analyzertest.Open(t), articles, Options{Small: -1, Verified: 45})
	n, err := query.Parse("渡口 /NEAR 5 大桥")
	if err != nil {
		t.Fatal(err)
	}
	res, err := e.Search(t.Context(), search.Request{
		Query: n, Size: 5, Filter: search.Filter{Publication: []string{"日报"}},
		Facets: &search.FacetRequest{MultiSelect: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	if res.Total != 20 || res.Relation != search.Eq || len(res.Facets.Publication) != 2 {
		t.Errorf("%d hits (%s), %+v", res.Total, res.Relation, res.Facets)
	}
}

// idsOf walks all hits of a query.
func idsOf(ctx context.Context, e *Engine, n query.Node) (ids []string, relation search.Relation, err error) {
	r := search.Request{Query: n, Size: 10, Uncollapsed: true}
	for {
		res, err := e.Search(ctx, r)
		if err != nil {
			return nil, "", err
		}
		for _, h := range res.Hits {
			ids = append(ids, h.Article.ID)
		}
		if r.Cursor = res.Cursor; r.Cursor == "" {
			return ids, res.Relation, nil
		}
	}
}

// The cluster's own limit of the terms of a query is an answer, too, if it is lower than the engine supposes.
func TestClusterAllowsFewerTerms(t *testing.T) {
	opensearchtest.Wanted(t)
	c := opensearchtest.Connect(t, opensearchtest.Start(t, 1, "indices.query.bool.max_clause_count=32").URLs...)
	most, err := maxClauses(t.Context(), c)
	if err != nil || most > 32 {
		t.Errorf("%d terms: %v", most, err)
	}
	words := analyzertest.Open(t)
	e := publish(t, c, words, ferries(), Options{Small: -1})
	n, err := query.Parse("渡口 大桥 今天 开放 市民 走过 江上 傍晚")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := idsOf(t.Context(), e, n); !errors.Is(err, search.ErrUnsupported) {
		t.Errorf("more terms than the cluster allows: %v", err)
	}
}

// An index that is deleted while it is read ends what reads it.
func TestIndexIsDeleted(t *testing.T) {
	c := testClient(t)
	words := analyzertest.Open(t)
	articles := buildtest.Generated(300)
	e := publish(t, c, words, articles, Options{Small: -1, Window: 40})
	r := search.Request{Size: 10}
	first, err := e.Search(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	sink := &deleting{collector: collector{}, at: 120, do: func() {
		if err := c.DeleteIndexes(t.Context(), e.index); err != nil {
			t.Error(err)
		}
	}}
	err = e.Export(t.Context(), search.ExportRequest{Search: search.Request{}}, sink)
	if !errors.Is(err, search.ErrUnavailable) || len(sink.hits) >= len(articles) {
		t.Errorf("the export has %d articles of %d: %v", len(sink.hits), len(articles), err)
	}
	if _, err := e.Search(t.Context(), r); !errors.Is(err, search.ErrUnavailable) {
		t.Errorf("a search of what was deleted: %v", err)
	}
	r.Cursor = first.Cursor
	if _, err := e.Search(t.Context(), r); !errors.Is(err, search.ErrCursorExpired) {
		t.Errorf("the next page of what was deleted: %v", err)
	}
}

// deleting is a Sink that does something after some hits.
type deleting struct {
	collector
	at int
	do func()
}

func (d *deleting) Write(h search.Hit, marked []search.Marked) error {
	if len(d.hits) == d.at {
		d.do()
	}
	return d.collector.Write(h, marked)
}

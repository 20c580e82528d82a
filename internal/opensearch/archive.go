package opensearch

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"xunwen/internal/engine"
	"xunwen/internal/opensearch/dsl"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/search"
)

// NearDuplicates implements search.Engine.
func (e *Engine) NearDuplicates(ctx context.Context, id string) (search.Related, error) {
	own, err := e.first(ctx, id)
	if err != nil {
		return search.Related{}, err
	}
	roots, err := e.groupOf(ctx, own)
	if err != nil {
		return search.Related{}, err
	}
	local, err := e.localOf(ctx, roots, true, nil)
	if err != nil {
		return search.Related{}, err
	}
	return local.NearDuplicates(ctx, id)
}

// groupOf reads an article's near-duplicates, itself among them.
func (e *Engine) groupOf(ctx context.Context, s source) ([]source, error) {
	if s.Group == "" {
		return []source{s}, nil
	}
	inGroup := dsl.AllOf(dsl.Term(layout.GroupField, s.Group), dsl.Term(layout.FirstField, true))
	return e.roots(ctx, inGroup, maxKeys)
}

// first reads the root document of an article, of a round-up that of its first item.
func (e *Engine) first(ctx context.Context, id string) (source, error) {
	var roots []source
	if id != "" {
		var err error
		first := dsl.AllOf(dsl.Term(layout.ArticleField, id), dsl.Term(layout.FirstField, true))
		if roots, err = e.roots(ctx, first, 1); err != nil {
			return source{}, fmt.Errorf("article %s of %s: %w", id, e.generation, err)
		}
	}
	if len(roots) == 0 {
		return source{}, fmt.Errorf("article %q: %w", id, search.ErrNotFound)
	}
	return roots[0], nil
}

// Article implements search.Engine.
func (e *Engine) Article(ctx context.Context, r search.ArticleRequest) (search.MarkedArticle, error) {
	own, err := e.first(ctx, r.ID)
	if err != nil {
		return search.MarkedArticle{}, err
	}
	local, err := e.localOf(ctx, []source{own}, false, nil)
	if err != nil {
		return search.MarkedArticle{}, err
	}
	return local.Article(ctx, r)
}

// Publications implements search.Engine.
func (e *Engine) Publications(ctx context.Context) (search.Publications, error) {
	days := object{
		"from": object{"min": object{"field": layout.DateField, "format": "strict_date"}},
		"to":   object{"max": object{"field": layout.DateField, "format": "strict_date"}},
	}
	body := object{
		"size": 0, "track_total_hits": false, "query": dsl.Term(layout.FirstField, true),
		"aggs": object{
			"values":  object{"terms": object{"field": layout.KeyOf("publication"), "size": maxBuckets}, "aggs": days},
			"missing": object{"missing": object{"field": layout.KeyOf("publication")}, "aggs": days},
		},
	}
	type span struct {
		Count int `json:"doc_count"`
		From  struct {
			Day string `json:"value_as_string"`
		} `json:"from"`
		To struct {
			Day string `json:"value_as_string"`
		} `json:"to"`
	}
	var answer struct {
		Aggregations struct {
			Values struct {
				Buckets []struct {
					Key string `json:"key"`
					span
				} `json:"buckets"`
			} `json:"values"`
			Missing span `json:"missing"`
		} `json:"aggregations"`
	}
	if err := e.search(ctx, body, &answer); err != nil {
		return search.Publications{}, err
	}
	usual, err := e.usual(ctx, "publication")
	if err != nil {
		return search.Publications{}, err
	}
	out := search.Publications{Generation: e.generation, List: []search.Publication{}}
	add := func(value string, s span) {
		if s.Count > 0 {
			p := search.Publication{Value: value, Count: s.Count, From: s.From.Day, To: s.To.Day}
			out.List = append(out.List, p)
		}
	}
	add("", answer.Aggregations.Missing)
	for _, b := range answer.Aggregations.Values.Buckets {
		add(cmp.Or(usual[b.Key], b.Key), b.span)
	}
	slices.SortFunc(out.List, func(a, b search.Publication) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Value, b.Value))
	})
	return out, nil
}

// ofPublication matches the articles of a publication, of "" those without one.
func (e *Engine) ofPublication(name string) object {
	q := dsl.NoneOf(object{"exists": object{"field": layout.KeyOf("publication")}})
	if name != "" {
		q = dsl.Term(layout.KeyOf("publication"), layout.ValueKey(e.words, name))
	}
	return dsl.AllOf(dsl.Term(layout.FirstField, true), q)
}

// Issues implements search.Engine.
func (e *Engine) Issues(ctx context.Context, publication string) (search.Issues, error) {
	out := search.Issues{Generation: e.generation, List: []search.IssueDate{}}
	body := object{
		"size": 0, "track_total_hits": false, "query": e.ofPublication(publication),
		"aggs": object{"days": object{"date_histogram": object{
			"field": layout.DateField, "calendar_interval": "day", "min_doc_count": 1, "format": "strict_date",
		}}},
	}
	var answer struct {
		Aggregations struct {
			Days struct {
				Buckets []struct {
					Day   string `json:"key_as_string"`
					Count int    `json:"doc_count"`
				} `json:"buckets"`
			} `json:"days"`
		} `json:"aggregations"`
	}
	if err := e.search(ctx, body, &answer); err != nil {
		return out, err
	}
	for _, b := range answer.Aggregations.Days.Buckets {
		out.List = append(out.List, search.IssueDate{Date: b.Day, Count: b.Count})
	}
	return out, nil
}

// Issue implements search.Engine.
func (e *Engine) Issue(ctx context.Context, r search.IssueRequest) (search.Issue, error) {
	of := e.ofPublication(r.Publication)
	articles, err := e.roots(ctx, dsl.AllOf(of, dsl.Between(layout.DateField, r.Date, r.Date)), maxKeys)
	if err != nil {
		return search.Issue{}, err
	}
	out := search.Issue{Generation: e.generation, Pages: []search.IssuePage{}}
	for i := range articles {
		out.Pages = engine.AddToPage(out.Pages, &articles[i].Record)
	}
	engine.SortPages(out.Pages)
	next := func(bounds object, order string) (string, error) {
		var answer hitsAnswer
		body := object{
			"size": 1, "track_total_hits": false,
			"query": dsl.AllOf(of, object{"range": object{layout.DateField: bounds}}),
			"sort":  []any{object{layout.DayField: order}}, "_source": []string{"record.date"},
		}
		if err := e.search(ctx, body, &answer); err != nil || len(answer.Hits.Hits) == 0 {
			return "", err
		}
		return answer.Hits.Hits[0].Source.Record.Date, nil
	}
	if out.Previous, err = next(object{"lt": r.Date}, "desc"); err != nil {
		return search.Issue{}, err
	}
	out.Next, err = next(object{"gt": r.Date}, "asc")
	return out, err
}

package opensearch

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"xunwen/internal/engine"
	"xunwen/internal/opensearch/dsl"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/search"
)

// window are root documents that follow one another in the cluster's order.
type window struct {
	found []source
	last  []json.RawMessage // sort values of its last root document; nil if no other follows

	total int // root documents in all, if that was asked for
	hits  int // in all, near-duplicates collapsed
	exact bool
}

// searchWindows answers a request window by window, from the first one wanted: the cluster orders windows,
// package engine the hits of each.
func (e *Engine) searchWindows(ctx context.Context, p *prepared, from start, w window) (search.Response, error) {
	out := search.Response{Generation: e.generation, Hits: []search.Hit{}, Total: w.hits, Relation: search.Eq}
	if !w.exact {
		out.Relation = search.Gte
	}
	next := from
	for {
		roots, err := e.standing(ctx, p, w.found)
		if err != nil {
			return out, err
		}
		hits, all, plan, err := e.hitsOf(ctx, p, roots, next.Offset, p.Size-len(out.Hits))
		if err != nil {
			return out, err
		}
		out.Hits, out.Plan = append(out.Hits, hits...), plan
		next.Before += len(hits)
		if next.Offset += len(hits); next.Offset >= all {
			next.After, next.Offset = w.last, 0
		}
		if len(out.Hits) == p.Size || next.After == nil && next.Offset == 0 {
			break
		}
		if w, err = e.window(ctx, p, next.After, false); err != nil {
			return out, err
		}
	}
	if err := e.addNearDuplicates(ctx, p, out.Hits); err != nil {
		return out, err
	}
	var err error
	if p.Facets != nil {
		if out.Facets, err = e.facets(ctx, p); err != nil {
			return out, err
		}
	}
	if len(out.Hits) > 0 && (next.Offset > 0 || next.After != nil) && next.Before < out.Total {
		out.Cursor, err = e.cursor(p.Request, next)
	}
	return out, err
}

// hitsOf returns wanted hits of root documents from an offset on, and how many they have.
func (e *Engine) hitsOf(ctx context.Context, p *prepared, roots []source, offset, wanted int) (
	hits []search.Hit, all int, plan string, err error,
) {
	if len(roots) == 0 {
		return nil, 0, "", nil
	}
	r := p.Request
	r.Cursor, r.Uncollapsed, r.Facets, r.NoSuggestions, r.Size = "", true, nil, true, offset+wanted
	local, err := e.localOf(ctx, roots, false, p.expected)
	if err != nil {
		return nil, 0, "", err
	}
	res, err := local.Search(ctx, r)
	if err != nil {
		return nil, 0, "", err
	}
	return res.Hits[min(offset, len(res.Hits)):], res.Total, res.Plan, nil
}

// window reads the window after some sort values, nil for the first, and counts if wanted.
func (e *Engine) window(ctx context.Context, p *prepared, after []json.RawMessage, counted bool) (window, error) {
	body := object{
		"query": p.scored(e), "size": e.options.Window, "sort": p.order(), "track_total_hits": counted,
	}
	if after != nil {
		body["search_after"] = after
	}
	if counted {
		body["aggs"] = p.countHits()
	}
	var answer struct {
		hitsAnswer
		Aggregations map[string]json.RawMessage `json:"aggregations"`
	}
	if err := e.search(ctx, body, &answer); err != nil {
		return window{}, err
	}
	w := window{total: answer.Hits.Total.Value}
	for _, h := range answer.Hits.Hits {
		w.found = append(w.found, h.Source)
	}
	if n := len(w.found); n == e.options.Window {
		w.last = answer.Hits.Hits[n-1].Sort
	}
	if !counted {
		return w, nil
	}
	var err error
	w.hits, w.exact, err = e.readCount(ctx, p, answer.Aggregations)
	return w, err
}

// order is the order of root documents: no two are equal.
func (p *prepared) order() []any {
	newest := object{layout.DayField: "desc"}
	member := object{layout.MemberField: "asc"}
	score := object{"_score": "desc"}
	switch {
	case p.Sort == search.Oldest:
		return []any{object{layout.DayField: "asc"}, score, member}
	case p.Sort == search.Newest || p.Query == nil:
		return []any{newest, score, member}
	}
	return []any{score, newest, member}
}

// scored is the query with scores that are about those of package engine. If the query has many terms, only
// the rarest of those that rank count.
func (p *prepared) scored(e *Engine) object {
	own := &statistics{e.sizes, e.counts, e.options.Clauses}
	type scoring struct {
		weight float64
		parts  []object
	}
	var all []scoring
	for _, t := range p.terms {
		if documents, articles := own.Term(t.Channel, t.Text); documents > 0 {
			weight := engine.IDF(e.sizes.Articles, articles)
			all = append(all, scoring{weight, scoringOf(t, weight)})
		}
	}
	slices.SortStableFunc(all, func(a, b scoring) int { return cmp.Compare(b.weight, a.weight) })
	q := object{"filter": []object{p.all()}}
	left := e.options.Clauses*luceneClauses/defaultClauses - dsl.Clauses(p.all()) - spareClauses
	var should []object
	for _, s := range all {
		if left -= dsl.Clauses(object{"all": s.parts}); left < 0 {
			break
		}
		should = append(should, s.parts...)
	}
	if len(should) > 0 {
		q["should"] = should
	}
	return object{"bool": q}
}

// spareClauses are left for what else a request asks for.
const spareClauses = 30

// scoringOf are the queries whose scores add up to about what a term with a weight brings: by its frequency
// in the article, for being there, and in a heading.
func scoringOf(t engine.Term, weight float64) []object {
	switch t.Channel {
	case engine.Words:
		text := layout.Token(t.Text)
		return []object{
			{"term": object{layout.WordsField: object{"value": text, "boost": 1}}},
			dsl.ConstantScore(dsl.Term(layout.WordsField, text), coverShare*weight),
			dsl.ConstantScore(dsl.Term(layout.TitleWordsField, text), weight),
		}
	case engine.Operands:
		in := func(place dsl.TextPlace) object {
			var grams []object
			for _, g := range engine.InnerGrams(t.Text) {
				grams = append(grams, dsl.GramIn(place, g))
			}
			return dsl.AllOf(grams...)
		}
		text := dsl.TextPlace{Streams: layout.OwnField + "." + layout.TextField}
		title := dsl.TextPlace{Streams: layout.TitleField}
		return []object{
			dsl.ConstantScore(dsl.AnyOf(in(title), dsl.Nested(layout.OwnField, in(text))), (1+coverShare)*weight),
			dsl.ConstantScore(in(title), weight),
		}
	}
	return nil // pairs of characters say little beside words
}

// coverShare is how much the presence of a term counts beside its frequency, as in package engine.
const coverShare = 2

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
	found  []source
	sorted [][]json.RawMessage // their sort values
	last   []json.RawMessage   // those of the last one; nil if no other follows

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
		hits, all, plan, err := e.hitsOf(ctx, p, w.found, next.Offset, p.Size-len(out.Hits))
		if err != nil {
			return out, err
		}
		out.Hits, out.Plan = append(out.Hits, hits...), cmp.Or(plan, out.Plan) // the last window may have no hits
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

// hitsOf returns wanted hits of a window's root documents from an offset on, and how many they have.
func (e *Engine) hitsOf(ctx context.Context, p *prepared, found []source, offset, wanted int) (
	hits []search.Hit, all int, plan string, err error,
) {
	roots, whole, err := e.hitRoots(ctx, p, found)
	if err != nil || len(roots) == 0 {
		return nil, 0, "", err
	}
	if !whole && !p.Exact && !p.Least { // the first of near-duplicates in the cluster's order may not match
		return nil, 0, "", errTooMany
	}
	r := p.Request
	r.Cursor, r.Facets, r.NoSuggestions, r.Size = "", nil, true, offset+wanted
	local, err := e.localOf(ctx, roots, true, p.expected)
	if err != nil {
		return nil, 0, "", err
	}
	res, err := local.Search(ctx, r)
	if err != nil {
		return nil, 0, "", err
	}
	hits = res.Hits[min(offset, len(res.Hits)):]
	if !whole {
		err = e.addNearDuplicates(ctx, p.all(), hits)
	}
	return hits, res.Total, res.Plan, err
}

// window reads the window after some sort values, nil for the first, and counts if wanted.
func (e *Engine) window(ctx context.Context, p *prepared, after []json.RawMessage, counted bool) (window, error) {
	w, counts, err := e.readWindow(ctx, p, after, counted)
	if err != nil {
		return window{}, err
	}
	for p.isScoredByDay() && w.last != nil && !w.endWithDay() && len(w.found) < e.options.Compared {
		more, _, err := e.readWindow(ctx, p, w.last, false)
		if err != nil {
			return window{}, err
		}
		w.found, w.sorted, w.last = append(w.found, more.found...), append(w.sorted, more.sorted...), more.last
	}
	if counted {
		w.hits, w.exact, err = e.readCount(ctx, p, counts)
	}
	return w, err
}

// readWindow reads as many root documents as a window has.
func (e *Engine) readWindow(ctx context.Context, p *prepared, after []json.RawMessage, counted bool) (
	w window, counts map[string]json.RawMessage, err error,
) {
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
		return window{}, nil, err
	}
	w.total = answer.Hits.Total.Value
	for _, h := range answer.Hits.Hits {
		w.found, w.sorted = append(w.found, h.Source), append(w.sorted, h.Sort)
	}
	if n := len(w.found); n == e.options.Window {
		w.last = w.sorted[n-1]
	}
	return w, answer.Aggregations, nil
}

// endWithDay leaves the last day of a window to the next one, which may have more of it. It returns false if the
// window has no other day.
func (w *window) endWithDay() bool {
	last := w.found[len(w.found)-1].Day
	n := slices.IndexFunc(w.found, func(s source) bool { return s.Day == last })
	if n == 0 {
		return false
	}
	w.found, w.sorted, w.last = w.found[:n], w.sorted[:n], w.sorted[n-1]
	return true
}

// isScoredByDay reports whether root documents are in the order of their days, and within a day in that of scores.
func (p *prepared) isScoredByDay() bool {
	return (p.Sort == search.Oldest || p.Sort == search.Newest) && p.Query != nil
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
	left := e.mostClauses() - dsl.Clauses(p.all()) - spareClauses
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

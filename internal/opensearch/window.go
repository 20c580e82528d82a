package opensearch

import (
	"context"
	"encoding/json"

	"xunwen/internal/engine"
	"xunwen/internal/search"
)

// window are root documents that follow one another in the cluster's order, without those of which an
// earlier one stands for the same hit.
type window struct {
	roots []source
	last  []json.RawMessage // sort values of its last root document; nil if no other follows
}

// searchWindows answers a request window by window: the cluster orders windows, package engine the hits
// of each.
func (e *Engine) searchWindows(ctx context.Context, p *prepared, from start) (search.Response, error) {
	out := search.Response{Generation: e.generation, Hits: []search.Hit{}}
	var err error
	if out.Total, out.Relation, err = e.total(ctx, p); err != nil {
		return out, err
	}
	next := from
	for len(out.Hits) < p.Size {
		w, err := e.window(ctx, p, next.After)
		if err != nil {
			return out, err
		}
		wanted := p.Size - len(out.Hits)
		hits, all, plan, err := e.hitsOf(ctx, p, w, next.Offset, wanted)
		if err != nil {
			return out, err
		}
		out.Hits, out.Plan = append(out.Hits, hits...), plan
		next.Before += len(hits)
		if next.Offset+len(hits) < all {
			next.Offset += len(hits)
			continue
		}
		if w.last == nil {
			next.After = nil
			break
		}
		next.After, next.Offset = w.last, 0
	}
	if err := e.addNearDuplicates(ctx, p, out.Hits); err != nil {
		return out, err
	}
	if p.Facets != nil {
		if out.Facets, err = e.facets(ctx, p); err != nil {
			return out, err
		}
	}
	if len(out.Hits) > 0 && (next.Offset > 0 || next.After != nil) && next.Before < out.Total {
		if out.Cursor, err = e.cursor(p.Request, next); err != nil {
			return out, err
		}
	}
	return out, nil
}

// hitsOf returns wanted hits of a window from an offset on, and how many it has.
func (e *Engine) hitsOf(ctx context.Context, p *prepared, w window, offset, wanted int) (
	hits []search.Hit, all int, plan string, err error,
) {
	if len(w.roots) == 0 {
		return nil, 0, "", nil
	}
	r := p.Request
	r.Cursor, r.Uncollapsed, r.Facets, r.NoSuggestions, r.Size = "", true, nil, true, offset+wanted
	res, err := e.localOf(w.roots, false).Search(ctx, r)
	if err != nil {
		return nil, 0, "", err
	}
	return res.Hits[min(offset, len(res.Hits)):], res.Total, res.Plan, nil
}

// window reads the window after some sort values, nil for the first.
func (e *Engine) window(ctx context.Context, p *prepared, after []json.RawMessage) (window, error) {
	body := object{
		"query": p.scored(e), "size": e.options.Window, "sort": p.order(), "track_total_hits": false,
		"track_scores": true,
	}
	if after != nil {
		body["search_after"] = after
	}
	var answer hitsAnswer
	if err := e.search(ctx, body, &answer); err != nil {
		return window{}, err
	}
	var w window
	found := answer.Hits.Hits
	if len(found) == e.options.Window {
		w.last = found[len(found)-1].Sort
	}
	keys := map[string]bool{}
	for _, h := range found {
		if k := p.collapseKey(h.Source); k != "" {
			keys[k] = true
		}
	}
	first, err := e.firstOf(ctx, p, keys)
	if err != nil {
		return window{}, err
	}
	for _, h := range found {
		if k := p.collapseKey(h.Source); k == "" || first[k] == h.Source.Member {
			w.roots = append(w.roots, h.Source)
		}
	}
	return w, nil
}

// collapseKey is what the root documents of one hit have in common, "" for one that is a hit alone.
func (p *prepared) collapseKey(s source) string {
	switch {
	case p.By == search.ByParagraph:
		return ""
	case !p.Uncollapsed && s.Group != "":
		return s.Group
	case s.Items > 1:
		return s.Article
	}
	return ""
}

// collapseOn is the field with the collapseKey, for root documents that have one.
func (p *prepared) collapseOn() string {
	if p.Uncollapsed {
		return articleField
	}
	return collapseField
}

// firstOf returns for each collapse key the member that comes first.
func (e *Engine) firstOf(ctx context.Context, p *prepared, keys map[string]bool) (map[string]int64, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	var list []string
	for k := range keys {
		list = append(list, k)
	}
	q := p.scored(e)
	body := object{
		"size": 0, "track_total_hits": false,
		"query": object{"bool": object{"must": q, "filter": object{"terms": object{p.collapseOn(): list}}}},
		"aggs": object{"keys": object{
			"terms": object{"field": p.collapseOn(), "size": len(list)},
			"aggs": object{"first": object{"top_hits": object{
				"size": 1, "sort": p.order(), "_source": []string{memberField},
			}}},
		}},
	}
	var answer struct {
		Aggregations struct {
			Keys struct {
				Buckets []struct {
					Key   string     `json:"key"`
					First hitsAnswer `json:"first"`
				} `json:"buckets"`
			} `json:"keys"`
		} `json:"aggregations"`
	}
	if err := e.search(ctx, body, &answer); err != nil {
		return nil, err
	}
	out := map[string]int64{}
	for _, b := range answer.Aggregations.Keys.Buckets {
		for _, h := range b.First.Hits.Hits {
			out[b.Key] = h.Source.Member
		}
	}
	return out, nil
}

// order is the order of root documents: no two are equal.
func (p *prepared) order() []any {
	newest := object{dayField: "desc"}
	member := object{memberField: "asc"}
	score := object{"_score": "desc"}
	switch {
	case p.Sort == search.Oldest:
		return []any{object{dayField: "asc"}, score, member}
	case p.Sort == search.Newest || p.Query == nil:
		return []any{newest, score, member}
	}
	return []any{score, newest, member}
}

// scored is the query with scores that are about those of package engine.
func (p *prepared) scored(e *Engine) object {
	should := []object{}
	own := &statistics{e.sizes, e.counts}
	for _, t := range p.terms {
		documents, articles := own.Term(t.Channel, t.Text)
		if documents == 0 {
			continue
		}
		weight := engine.IDF(e.sizes.Articles, articles)
		switch t.Channel {
		case engine.Words:
			text := token(t.Text)
			should = append(should,
				object{"term": object{wordsField: object{"value": text, "boost": 1}}},
				constant(term(wordsField, text), coverShare*weight),
				constant(term(titleWordsField, text), weight))
		case engine.Operands:
			in := func(place textPlace) object {
				var grams []object
				for _, g := range engine.InnerGrams(t.Text) {
					grams = append(grams, gramIn(place, g))
				}
				return allOf(grams...)
			}
			text := textPlace{streams: ownField + "." + textField}
			title := textPlace{streams: titleField}
			should = append(should,
				constant(anyOf(in(title), nested(ownField, in(text))), (1+coverShare)*weight),
				constant(in(title), weight))
		}
	}
	q := object{"filter": []object{p.all()}}
	if len(should) > 0 {
		q["should"] = should
	}
	return object{"bool": q}
}

// coverShare is how much the presence of a term counts beside its frequency, as in package engine.
const coverShare = 2

func constant(q object, boost float64) object {
	return object{"constant_score": object{"filter": q, "boost": boost}}
}

// total counts the hits.
func (e *Engine) total(ctx context.Context, p *prepared) (int, search.Relation, error) {
	if p.By == search.ByParagraph {
		n, err := e.countParagraphs(ctx, p)
		return n, search.Eq, err
	}
	alone := p.alone()
	single, err := e.count(ctx, allOf(p.all(), alone))
	if err != nil {
		return 0, "", err
	}
	groups, complete, err := e.countKeys(ctx, allOf(p.all(), noneOf(alone)), p.collapseOn())
	if !complete {
		return single + groups, search.Gte, err
	}
	return single + groups, search.Eq, err
}

// alone matches the root documents that are hits alone.
func (p *prepared) alone() object {
	if p.Uncollapsed {
		return term(itemsField, 1)
	}
	return noneOf(object{"exists": object{"field": collapseField}})
}

// Bounds of counting groups.
const (
	keysAtOnce = 10_000
	maxKeys    = 100_000
)

// countKeys counts the values of a field of root documents, up to maxKeys.
func (e *Engine) countKeys(ctx context.Context, q object, field string) (n int, complete bool, err error) {
	var after json.RawMessage
	for n < maxKeys {
		composite := object{"size": keysAtOnce, "sources": []any{object{"key": object{"terms": object{"field": field}}}}}
		if after != nil {
			composite["after"] = after
		}
		var answer struct {
			Aggregations struct {
				Keys struct {
					After   json.RawMessage   `json:"after_key"`
					Buckets []json.RawMessage `json:"buckets"`
				} `json:"keys"`
			} `json:"aggregations"`
		}
		body := object{"size": 0, "track_total_hits": false, "query": q,
			"aggs": object{"keys": object{"composite": composite}}}
		if err := e.search(ctx, body, &answer); err != nil {
			return 0, false, err
		}
		got := len(answer.Aggregations.Keys.Buckets)
		n, after = n+got, answer.Aggregations.Keys.After
		if got < keysAtOnce {
			return n, true, nil
		}
	}
	return n, false, nil
}

// countParagraphs counts the paragraphs that match.
func (e *Engine) countParagraphs(ctx context.Context, p *prepared) (int, error) {
	aggs := object{}
	for i, c := range p.cases {
		aggs[caseName(i)] = object{
			"filter": allOf(c.root, p.filter),
			"aggs": object{"p": object{
				"nested": object{"path": ownField},
				"aggs":   object{"matching": object{"filter": c.paragraph}},
			}},
		}
	}
	var answer struct {
		Aggregations map[string]countedAnswer `json:"aggregations"`
	}
	if err := e.search(ctx, object{"size": 0, "track_total_hits": false, "query": p.all(), "aggs": aggs}, &answer); err != nil {
		return 0, err
	}
	n := 0
	for i := range p.cases {
		n += answer.Aggregations[caseName(i)].Counts["p"].Counts["matching"].Count
	}
	return n, nil
}

func caseName(i int) string { return "case" + string(rune('a'+i%26)) + string(rune('a'+i/26)) }

// addNearDuplicates adds to hits the other articles of their groups that match.
func (e *Engine) addNearDuplicates(ctx context.Context, p *prepared, hits []search.Hit) error {
	if p.By == search.ByParagraph || p.Uncollapsed || len(hits) == 0 {
		return nil
	}
	var ids []string
	for _, h := range hits {
		ids = append(ids, h.Article.ID)
	}
	grouped, err := e.roots(ctx, allOf(object{"terms": object{articleField: ids}}, term(firstField, true),
		object{"exists": object{"field": groupField}}), len(ids))
	if err != nil || len(grouped) == 0 {
		return err
	}
	groups := map[string]string{} // by article
	var list []string
	for _, r := range grouped {
		groups[r.Article] = r.Group
		list = append(list, r.Group)
	}
	members, err := e.roots(ctx, allOf(p.all(), object{"terms": object{groupField: list}}), maxKeys)
	if err != nil {
		return err
	}
	for i := range hits {
		h := &hits[i]
		seen := map[string]bool{h.Article.ID: true}
		for _, m := range members {
			if m.Group == "" || m.Group != groups[h.Article.ID] || seen[m.Article] {
				continue
			}
			seen[m.Article] = true
			h.NearDuplicates = append(h.NearDuplicates,
				search.NearDuplicate{ID: m.Article, Publication: m.Record.Publication, Date: m.Record.Date})
		}
	}
	return nil
}

package opensearch

import (
	"context"
	"encoding/json"
	"errors"

	"xunwen/internal/engine"
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
	local, err := e.localOf(ctx, roots, false)
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

// standing returns the root documents that stand for a hit: of those with the same collapse key the first.
func (e *Engine) standing(ctx context.Context, p *prepared, found []source) ([]source, error) {
	keys := map[string]bool{}
	for _, s := range found {
		if k := p.collapseKey(s); k != "" {
			keys[k] = true
		}
	}
	first, err := e.firstOf(ctx, p, keys)
	if err != nil {
		return nil, err
	}
	var out []source
	for _, s := range found {
		if k := p.collapseKey(s); k == "" || first[k] == s.Member {
			out = append(out, s)
		}
	}
	return out, nil
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

// countHits are the aggregations that count hits.
func (p *prepared) countHits() object {
	if p.By == search.ByParagraph {
		return p.countCases()
	}
	alone := p.alone()
	return object{
		"alone": object{"filter": alone},
		"others": object{"filter": noneOf(alone), "aggs": object{"keys": object{"composite": object{
			"size": keysAtOnce, "sources": []any{object{"key": object{"terms": object{"field": p.collapseOn()}}}},
		}}}},
	}
}

// readCount returns the number of hits by the answer to countHits; exact is false if there are more.
func (e *Engine) readCount(
	ctx context.Context, p *prepared, answer map[string]json.RawMessage,
) (n int, exact bool, err error) {
	if p.By == search.ByParagraph {
		n, err = readCases(p, answer)
		return n, true, err
	}
	var alone countedAnswer
	var others struct {
		Count int `json:"doc_count"`
		Keys  struct {
			Buckets []json.RawMessage `json:"buckets"`
		} `json:"keys"`
	}
	if err := errors.Join(json.Unmarshal(answer["alone"], &alone), json.Unmarshal(answer["others"], &others)); err != nil {
		return 0, false, err
	}
	if n = len(others.Keys.Buckets); n == keysAtOnce {
		n, exact, err = e.countKeys(ctx, allOf(p.all(), noneOf(p.alone())), p.collapseOn())
		return alone.Count + n, exact, err
	}
	return alone.Count + n, true, nil
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

// countCases counts the paragraphs that match.
func (p *prepared) countCases() object {
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
	return aggs
}

func readCases(p *prepared, answer map[string]json.RawMessage) (int, error) {
	n := 0
	for i := range p.cases {
		var c countedAnswer
		if err := json.Unmarshal(answer[caseName(i)], &c); err != nil {
			return 0, err
		}
		n += c.Counts["p"].Counts["matching"].Count
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

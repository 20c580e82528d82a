package opensearch

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"xunwen/internal/engine"
	"xunwen/internal/opensearch/dsl"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/search"
)

// Trends implements search.Engine.
func (e *Engine) Trends(ctx context.Context, r search.TrendsRequest) (search.Trends, error) {
	out, err := e.trends(ctx, r)
	if err != nil {
		return search.Trends{}, fmt.Errorf("counting in %s: %w", e.generation, err)
	}
	return out, nil
}

func (e *Engine) trends(ctx context.Context, r search.TrendsRequest) (search.Trends, error) {
	r.By = cmp.Or(r.By, search.ByArticle)
	request := search.Request{By: r.By, Filter: r.Filter, Match: r.Match, Uncollapsed: r.Uncollapsed}
	all, err := e.hitDays(ctx, request)
	if err != nil {
		return search.Trends{}, err
	}
	out := search.Trends{Generation: e.generation}
	var at func(day int32) (int, bool)
	out.Periods, out.Interval, at = engine.TrendPeriods(slices.Collect(maps.Keys(all)), r.Interval, len(r.Queries))
	for i, n := range countPeriods(all, at, len(out.Periods)) {
		out.Periods[i].Total = n
	}
	for n, q := range r.Queries {
		hits := all
		if request.Query = q; q != nil {
			if hits, err = e.hitDays(ctx, request); err != nil {
				return search.Trends{}, err
			}
		}
		for i, count := range countPeriods(hits, at, len(out.Periods)) {
			out.Periods[i].Counts[n] = count
		}
	}
	return out, nil
}

// dayHits are the hits of a day: a number of those alone, and the collapse keys of others.
type dayHits struct {
	alone int
	keys  []string
}

// countPeriods counts hits by period. What has the same collapse key counts once in each.
func countPeriods(days map[int32]dayHits, at func(day int32) (int, bool), periods int) []int {
	out := make([]int, periods)
	keys := make([]map[string]bool, periods)
	for day, hits := range days {
		i, ok := at(day)
		if !ok {
			continue
		}
		out[i] += hits.alone
		for _, k := range hits.keys {
			if keys[i] == nil {
				keys[i] = map[string]bool{}
			}
			keys[i][k] = true
		}
	}
	for i := range out {
		out[i] += len(keys[i])
	}
	return out
}

// hitDays returns the hits of a request by day, without those that have no date.
func (e *Engine) hitDays(ctx context.Context, r search.Request) (map[int32]dayHits, error) {
	p, err := e.prepare(ctx, r)
	if err != nil {
		return nil, err
	}
	if !p.Exact {
		exact, ok, err := e.decided(ctx, p)
		if err != nil {
			return nil, err
		}
		if !ok {
			return e.verifiedDays(ctx, p)
		}
		p = exact
	}
	out := map[int32]dayHits{}
	if p.By == search.ByParagraph {
		counts, err := e.countValues(ctx, p, []string{layout.DayField})
		if err != nil {
			return nil, err
		}
		for day, n := range counts.days {
			out[day] = dayHits{alone: n}
		}
		return out, nil
	}
	alone := p.alone()
	var answer struct {
		Aggregations struct {
			Days bucketsAnswer `json:"days"`
		} `json:"aggregations"`
	}
	body := object{
		"size": 0, "track_total_hits": false, "query": dsl.AllOf(p.all(), alone),
		"aggs": object{"days": object{"terms": object{"field": layout.DayField, "size": maxBuckets}}},
	}
	if err := e.search(ctx, body, &answer); err != nil {
		return nil, err
	}
	for _, b := range answer.Aggregations.Days.Buckets {
		var day int32
		if err := json.Unmarshal(b.Key, &day); err != nil {
			return nil, err
		}
		if day != engine.NoDay {
			out[day] = dayHits{alone: b.Count}
		}
	}
	return out, e.addKeys(ctx, dsl.AllOf(p.all(), dsl.NoneOf(alone)), p.collapseOn(), out)
}

// addKeys adds the collapse keys of root documents by day.
func (e *Engine) addKeys(ctx context.Context, q object, field string, to map[int32]dayHits) error {
	var after json.RawMessage
	for n := 0; n < maxKeys; {
		composite := object{"size": keysAtOnce, "sources": []any{
			object{"day": object{"terms": object{"field": layout.DayField}}},
			object{"key": object{"terms": object{"field": field}}},
		}}
		if after != nil {
			composite["after"] = after
		}
		var answer struct {
			Aggregations struct {
				Keys struct {
					After   json.RawMessage `json:"after_key"`
					Buckets []struct {
						Key struct {
							Day int32  `json:"day"`
							Key string `json:"key"`
						} `json:"key"`
					} `json:"buckets"`
				} `json:"keys"`
			} `json:"aggregations"`
		}
		body := object{
			"size": 0, "track_total_hits": false, "query": q, "aggs": object{"keys": object{"composite": composite}},
		}
		if err := e.search(ctx, body, &answer); err != nil {
			return err
		}
		for _, b := range answer.Aggregations.Keys.Buckets {
			if b.Key.Day == engine.NoDay {
				continue
			}
			hits := to[b.Key.Day]
			hits.keys = append(hits.keys, b.Key.Key)
			to[b.Key.Day] = hits
		}
		got := len(answer.Aggregations.Keys.Buckets)
		if n, after = n+got, answer.Aggregations.Keys.After; got < keysAtOnce {
			return nil
		}
	}
	return fmt.Errorf("more than %d near-duplicates: %w", maxKeys, errTooMany)
}

// verifiedDays is hitDays for a query where texts decide what matches.
func (e *Engine) verifiedDays(ctx context.Context, p *prepared) (map[int32]dayHits, error) {
	roots, err := e.candidates(ctx, p)
	if err != nil {
		return nil, err
	}
	groups := map[string]string{}
	for _, r := range roots {
		groups[r.Article] = p.collapseKey(r)
	}
	found := &collector{}
	r := p.Request
	r.Uncollapsed, r.NoHighlights, r.NoSuggestions = true, true, true
	local, err := e.localOf(ctx, roots, false, nil)
	if err != nil {
		return nil, err
	}
	if err := local.Export(ctx, search.ExportRequest{Search: r}, found); err != nil {
		return nil, err
	}
	out := map[int32]dayHits{}
	for _, h := range found.hits {
		day := engine.Day(h.Article.Date)
		if day == engine.NoDay {
			continue
		}
		hits := out[day]
		if k := groups[h.Article.ID]; k != "" {
			hits.keys = append(hits.keys, k)
		} else {
			hits.alone++
		}
		out[day] = hits
	}
	return out, nil
}

// collector is a Sink that keeps all hits.
type collector struct{ hits []search.Hit }

// Begin implements search.Sink.
func (c *collector) Begin(search.Origin) error { return nil }

// Write implements search.Sink.
func (c *collector) Write(h search.Hit, _ []search.Marked) error {
	c.hits = append(c.hits, h)
	return nil
}

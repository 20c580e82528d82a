package opensearch

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"xunwen/internal/opensearch/dsl"
	"xunwen/internal/opensearch/layout"
)

// countsAtOnce is how many searches one request asks for.
const countsAtOnce = 100

// lookUp counts what is not known yet, with one search for each set of root documents that something is counted
// within, and one request for many searches. So its cost depends on the number of matches, and not on the size of
// the index, as that of filter aggregations over the whole index would.
func (e *Engine) lookUp(ctx context.Context, all []counted) error {
	missing := map[string][]counted{}
	var order []string
	seen := map[string]bool{}
	for _, c := range all {
		if _, ok := e.counts.get(c.key); ok || seen[c.key] {
			continue
		}
		seen[c.key] = true
		within := dsl.Key(c.within)
		if missing[within] == nil {
			order = append(order, within)
		}
		missing[within] = append(missing[within], c)
	}
	for some := range slices.Chunk(order, countsAtOnce) {
		groups := make([][]counted, len(some))
		for i, within := range some {
			groups[i] = missing[within]
		}
		if err := e.countGroups(ctx, groups); err != nil {
			return err
		}
	}
	return nil
}

// countGroups counts with one request.
func (e *Engine) countGroups(ctx context.Context, groups [][]counted) error {
	bodies := make([]object, len(groups))
	for i, group := range groups {
		bodies[i] = countGroup(group)
	}
	answers, err := e.searchEach(ctx, bodies)
	if err != nil {
		return err
	}
	for i, group := range groups {
		var answer struct {
			Aggregations map[string]countedAnswer `json:"aggregations"`
		}
		if err := json.Unmarshal(answers[i], &answer); err != nil {
			return fmt.Errorf("counting: %w", err)
		}
		for n, c := range group {
			from := answer.Aggregations
			if c.paragraphs {
				from = from[layout.OwnField].Counts
			}
			e.counts.put(c.key, from[countName(n)].Count)
		}
	}
	return nil
}

// countGroup asks for counts within the same root documents.
func countGroup(group []counted) object {
	roots, paragraphs := object{}, object{}
	for n, c := range group {
		if c.paragraphs {
			paragraphs[countName(n)] = object{"filter": c.query}
		} else {
			roots[countName(n)] = object{"filter": c.query}
		}
	}
	if len(paragraphs) > 0 {
		roots[layout.OwnField] = object{"nested": object{"path": layout.OwnField}, "aggs": paragraphs}
	}
	return object{"query": group[0].within, "size": 0, "track_total_hits": false, "aggs": roots}
}

func countName(n int) string { return fmt.Sprintf("c%d", n) }

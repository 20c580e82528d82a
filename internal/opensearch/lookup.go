package opensearch

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

// countsAtOnce is how many counts one request asks for.
const countsAtOnce = 100

// lookUp counts what is not known yet. Each count is a search of its own within a request for many: its cost
// grows with what it matches, where that of a filter aggregation grows with the index.
func (e *Engine) lookUp(ctx context.Context, all []counted) error {
	var missing []counted
	seen := map[string]bool{}
	for _, c := range all {
		if _, ok := e.counts.get(c.key); !ok && !seen[c.key] {
			seen[c.key] = true
			missing = append(missing, c)
		}
	}
	for some := range slices.Chunk(missing, countsAtOnce) {
		if err := e.countAll(ctx, some); err != nil {
			return err
		}
	}
	return nil
}

// countAll counts with one request.
func (e *Engine) countAll(ctx context.Context, all []counted) error {
	bodies := make([]object, len(all))
	for i, c := range all {
		bodies[i] = c.search()
	}
	answers, err := e.searchEach(ctx, bodies)
	if err != nil {
		return err
	}
	for i, c := range all {
		n, err := c.read(answers[i])
		if err != nil {
			return err
		}
		e.counts.put(c.key, n)
	}
	return nil
}

// search asks for the number of matches.
func (c counted) search() object {
	if !c.paragraphs {
		return object{"query": c.query, "size": 0, "track_total_hits": true}
	}
	return object{
		"query": nested(ownField, c.query), "size": 0, "track_total_hits": false,
		"aggs": object{"p": object{
			"nested": object{"path": ownField}, "aggs": object{"matching": object{"filter": c.query}},
		}},
	}
}

// read returns the number of matches in the answer.
func (c counted) read(answer json.RawMessage) (int, error) {
	var a struct {
		hitsAnswer
		Aggregations map[string]countedAnswer `json:"aggregations"`
	}
	if err := json.Unmarshal(answer, &a); err != nil {
		return 0, fmt.Errorf("a count: %w", err)
	}
	if c.paragraphs {
		return a.Aggregations["p"].Counts["matching"].Count, nil
	}
	return a.Hits.Total.Value, nil
}

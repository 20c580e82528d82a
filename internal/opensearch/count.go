package opensearch

import (
	"context"
	"encoding/json"
	"errors"

	"xunwen/internal/opensearch/dsl"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/search"
)

// countHits are the aggregations that count hits.
func (p *prepared) countHits() object {
	if p.By == search.ByParagraph {
		return p.countCases()
	}
	alone := p.alone()
	return object{
		"alone": object{"filter": alone},
		"others": object{"filter": dsl.NoneOf(alone), "aggs": object{"keys": object{"composite": object{
			"size": keysAtOnce, "sources": byKey(p.collapseOn()),
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
	err = errors.Join(json.Unmarshal(answer["alone"], &alone), json.Unmarshal(answer["others"], &others))
	if err != nil {
		return 0, false, err
	}
	if n = len(others.Keys.Buckets); n == keysAtOnce {
		n, exact, err = e.countKeys(ctx, dsl.AllOf(p.all(), dsl.NoneOf(p.alone())), p.collapseOn())
		return alone.Count + n, exact, err
	}
	return alone.Count + n, true, nil
}

// Bounds of counting groups.
const (
	keysAtOnce = 10_000
	maxKeys    = 100_000
)

// byKey are the sources of a composite aggregation by a field.
func byKey(field string) []any { return []any{object{"key": object{"terms": object{"field": field}}}} }

// countKeys counts the values of a field of root documents, up to maxKeys.
func (e *Engine) countKeys(ctx context.Context, q object, field string) (n int, complete bool, err error) {
	var after json.RawMessage
	for n < maxKeys {
		composite := object{"size": keysAtOnce, "sources": byKey(field)}
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
	for i, c := range p.Cases {
		aggs[caseName(i)] = object{
			"filter": dsl.AllOf(c.Root, p.filter),
			"aggs": object{"p": object{
				"nested": object{"path": layout.OwnField},
				"aggs":   object{"matching": object{"filter": c.Paragraph}},
			}},
		}
	}
	return aggs
}

func readCases(p *prepared, answer map[string]json.RawMessage) (int, error) {
	n := 0
	for i := range p.Cases {
		var c countedAnswer
		if err := json.Unmarshal(answer[caseName(i)], &c); err != nil {
			return 0, err
		}
		n += c.Counts["p"].Counts["matching"].Count
	}
	return n, nil
}

func caseName(i int) string { return "case" + string(rune('a'+i%26)) + string(rune('a'+i/26)) }

package opensearch

import (
	"context"
	"encoding/json"

	"xunwen/internal/opensearch/dsl"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/search"
)

// bucketsAnswer is the answer of an aggregation by value with another one inside.
type bucketsAnswer struct {
	Buckets []bucket `json:"buckets"`
}

type bucket struct {
	Key   json.RawMessage `json:"key"`
	Count int             `json:"doc_count"`
	Inner struct {
		Count    int `json:"doc_count"`
		Matching struct {
			Count int `json:"doc_count"`
		} `json:"matching"`
	} `json:"inner"`
}

// countValues counts the values of fields of the hits.
func (e *Engine) countValues(ctx context.Context, p *prepared, fields []string) (*valueCounts, error) {
	out := &valueCounts{values: map[string]map[string]int{}, days: map[int32]int{}}
	if p.By == search.ByParagraph {
		return out, e.countOfParagraphs(ctx, p, fields, out)
	}
	if err := e.countAlone(ctx, p, fields, out); err != nil {
		return nil, err
	}
	return out, e.countCollapsed(ctx, p, fields, out)
}

// countAlone counts those of the root documents that are hits alone.
func (e *Engine) countAlone(ctx context.Context, p *prepared, fields []string, out *valueCounts) error {
	shown := e.paragraphFilter(p.Filter, layout.OwnField)
	aggs := object{}
	for _, field := range fields {
		if field == layout.SectionField {
			aggs[field] = object{"nested": object{"path": layout.OwnField}, "aggs": object{"shown": object{
				"filter": shown, "aggs": object{"values": object{
					"terms": object{"field": layout.OwnField + "." + layout.SectionField, "size": maxBuckets},
					"aggs":  object{"inner": object{"reverse_nested": object{}}},
				}},
			}}}
			continue
		}
		aggs[field] = object{"terms": object{"field": field, "size": maxBuckets}}
	}
	var answer struct {
		Aggregations map[string]json.RawMessage `json:"aggregations"`
	}
	body := object{"size": 0, "track_total_hits": false, "query": dsl.AllOf(p.all(), p.alone()), "aggs": aggs}
	if err := e.search(ctx, body, &answer); err != nil {
		return err
	}
	for _, field := range fields {
		count := func(b bucket) int { return b.Count }
		if field == layout.SectionField {
			count = func(b bucket) int { return b.Inner.Count }
		}
		if err := out.addBuckets(field, answer.Aggregations[field], count); err != nil {
			return err
		}
	}
	return nil
}

// countCollapsed counts the values of the others: of what has the same collapse key, those of the hit.
func (e *Engine) countCollapsed(ctx context.Context, p *prepared, fields []string, out *valueCounts) error {
	shows := e.shows(p.Filter)
	add := func(hits []source) {
		for _, h := range hits {
			out.addArticle(h, fields, shows)
		}
	}
	var several members
	var first []source // of them
	err := e.eachKey(ctx, p, func(s source, count int) {
		if !p.isGroup(s, count) {
			add([]source{s})
			return
		}
		several.add(s.Group, count)
		if first = append(first, s); several.count > e.options.Verified {
			add(first)
			first = nil
		}
	})
	if err == nil && several.count <= e.options.Verified {
		first, err = e.hitsOfGroups(ctx, p, several)
	}
	if err != nil {
		return err
	}
	add(first)
	return nil
}

// hitsOfGroups returns of each of some groups the root document of the hit.
func (e *Engine) hitsOfGroups(ctx context.Context, p *prepared, of members) ([]source, error) {
	roots, err := e.membersOf(ctx, p, of)
	if err != nil || len(roots) == 0 {
		return nil, err
	}
	local, err := e.localOf(ctx, roots, true, p.expected)
	if err != nil {
		return nil, err
	}
	r := p.Request
	r.NoHighlights, r.NoSuggestions = true, true
	var found collector
	if err := local.Export(ctx, search.ExportRequest{Search: r}, &found); err != nil {
		return nil, err
	}
	byID := map[string]source{}
	for _, s := range roots {
		byID[s.Article] = s
	}
	var out []source
	for _, h := range found.hits {
		out = append(out, byID[h.Article.ID])
	}
	return out, nil
}

// countOfParagraphs counts the values of fields of paragraphs.
func (e *Engine) countOfParagraphs(ctx context.Context, p *prepared, fields []string, out *valueCounts) error {
	aggs := object{}
	for i, c := range p.Cases {
		inner := object{}
		matching := object{"filter": c.Paragraph}
		for _, field := range fields {
			if field == layout.SectionField {
				inner[field] = object{"nested": object{"path": layout.OwnField}, "aggs": object{"shown": object{
					"filter": c.Paragraph,
					"aggs": object{"values": object{"terms": object{
						"field": layout.OwnField + "." + layout.SectionField, "size": maxBuckets,
					}}},
				}}}
				continue
			}
			inner[field] = object{
				"terms": object{"field": field, "size": maxBuckets},
				"aggs": object{"inner": object{
					"nested": object{"path": layout.OwnField}, "aggs": object{"matching": matching},
				}},
			}
		}
		aggs[caseName(i)] = object{"filter": dsl.AllOf(c.Root, p.filter), "aggs": inner}
	}
	var answer struct {
		Aggregations map[string]map[string]json.RawMessage `json:"aggregations"`
	}
	body := object{"size": 0, "track_total_hits": false, "query": p.all(), "aggs": aggs}
	if err := e.search(ctx, body, &answer); err != nil {
		return err
	}
	for _, of := range answer.Aggregations {
		for _, field := range fields {
			count := func(b bucket) int { return b.Inner.Matching.Count }
			if field == layout.SectionField {
				count = func(b bucket) int { return b.Count }
			}
			if err := out.addBuckets(field, of[field], count); err != nil {
				return err
			}
		}
	}
	return nil
}

// addBuckets adds what is counted of each bucket of a field.
func (c *valueCounts) addBuckets(field string, answer json.RawMessage, count func(bucket) int) error {
	var found struct {
		bucketsAnswer
		Shown struct {
			Values bucketsAnswer `json:"values"`
		} `json:"shown"`
	}
	if err := json.Unmarshal(answer, &found); err != nil {
		return err
	}
	for _, b := range append(found.Buckets, found.Shown.Values.Buckets...) { // one of them is empty
		if field == layout.DayField {
			c.addDay(b.Key, count(b))
		} else {
			c.add(field, text(b.Key), count(b))
		}
	}
	return nil
}

// eachKey calls visit for each collapse key with the root document that comes first in the cluster's order, without
// the texts of its paragraphs, and how many have the key.
func (e *Engine) eachKey(ctx context.Context, p *prepared, visit func(first source, count int)) error {
	scored := object{"bool": object{"must": p.scored(e), "filter": dsl.NoneOf(p.alone())}}
	var after json.RawMessage
	for n := 0; n < maxKeys; {
		composite := object{"size": firstsAtOnce, "sources": byKey(p.collapseOn())}
		if after != nil {
			composite["after"] = after
		}
		body := object{
			"size": 0, "track_total_hits": false, "query": scored,
			"aggs": object{"keys": object{"composite": composite, "aggs": object{"first": object{"top_hits": object{
				"size": 1, "sort": p.order(), "_source": valuesOnly,
			}}}}},
		}
		var answer struct {
			Aggregations struct {
				Keys struct {
					After   json.RawMessage `json:"after_key"`
					Buckets []struct {
						Count int        `json:"doc_count"`
						First hitsAnswer `json:"first"`
					} `json:"buckets"`
				} `json:"keys"`
			} `json:"aggregations"`
		}
		if err := e.search(ctx, body, &answer); err != nil {
			return err
		}
		for _, b := range answer.Aggregations.Keys.Buckets {
			for _, h := range b.First.Hits.Hits {
				visit(h.Source, b.Count)
			}
		}
		got := len(answer.Aggregations.Keys.Buckets)
		if n, after = n+got, answer.Aggregations.Keys.After; got < firstsAtOnce {
			return nil
		}
	}
	return nil
}

// firstsAtOnce is how many groups are read with one request.
const firstsAtOnce = 1000

// valuesOnly are the members of a root document without texts.
var valuesOnly = []string{
	layout.ArticleField, layout.MemberField, layout.ItemsField, layout.GroupField, layout.DayField,
	"record.publication", "record.page_name", "record.source", "record.paragraphs.section", "record.paragraphs.kind",
}

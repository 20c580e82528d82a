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
	Buckets []struct {
		Key   json.RawMessage `json:"key"`
		Count int             `json:"doc_count"`
		Inner struct {
			Count    int `json:"doc_count"`
			Matching struct {
				Count int `json:"doc_count"`
			} `json:"matching"`
		} `json:"inner"`
	} `json:"buckets"`
}

// countValues counts the values of fields of the hits.
func (e *Engine) countValues(ctx context.Context, p *prepared, fields []string) (*valueCounts, error) {
	out := &valueCounts{values: map[string]map[string]int{}, days: map[int32]int{}}
	if p.By == search.ByParagraph {
		return out, e.countOfParagraphs(ctx, p, fields, out)
	}
	q, on := p.all(), p.collapseOn()
	alone := p.alone()
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
	body := object{"size": 0, "track_total_hits": false, "query": dsl.AllOf(q, alone), "aggs": aggs}
	if err := e.search(ctx, body, &answer); err != nil {
		return nil, err
	}
	for _, field := range fields {
		var found bucketsAnswer
		if field == layout.SectionField {
			var section struct {
				Shown struct {
					Values bucketsAnswer `json:"values"`
				} `json:"shown"`
			}
			if err := json.Unmarshal(answer.Aggregations[field], &section); err != nil {
				return nil, err
			}
			for _, b := range section.Shown.Values.Buckets {
				out.add(field, text(b.Key), b.Inner.Count)
			}
			continue
		}
		if err := json.Unmarshal(answer.Aggregations[field], &found); err != nil {
			return nil, err
		}
		for _, b := range found.Buckets {
			if field == layout.DayField {
				out.addDay(b.Key, b.Count)
			} else {
				out.add(field, text(b.Key), b.Count)
			}
		}
	}
	shows := e.shows(p.Filter)
	return out, e.eachKey(ctx, p, dsl.AllOf(q, dsl.NoneOf(alone)), on, func(first source) {
		out.addArticle(first, fields, shows)
	})
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
			if err := out.addBuckets(field, of[field]); err != nil {
				return err
			}
		}
	}
	return nil
}

// addBuckets adds the counts of matching paragraphs.
func (c *valueCounts) addBuckets(field string, answer json.RawMessage) error {
	if field == layout.SectionField {
		var section struct {
			Shown struct {
				Values bucketsAnswer `json:"values"`
			} `json:"shown"`
		}
		if err := json.Unmarshal(answer, &section); err != nil {
			return err
		}
		for _, b := range section.Shown.Values.Buckets {
			c.add(field, text(b.Key), b.Count)
		}
		return nil
	}
	var found bucketsAnswer
	if err := json.Unmarshal(answer, &found); err != nil {
		return err
	}
	for _, b := range found.Buckets {
		if field == layout.DayField {
			c.addDay(b.Key, b.Inner.Matching.Count)
		} else {
			c.add(field, text(b.Key), b.Inner.Matching.Count)
		}
	}
	return nil
}

// eachKey calls visit for each value of a field of root documents with the one that comes first, without
// the texts of its paragraphs.
func (e *Engine) eachKey(ctx context.Context, p *prepared, q object, field string, visit func(source)) error {
	scored := object{"bool": object{"must": p.scored(e), "filter": q}}
	var after json.RawMessage
	for n := 0; n < maxKeys; {
		composite := object{"size": firstsAtOnce, "sources": byKey(field)}
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
				visit(h.Source)
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

package opensearch

import (
	"context"

	"xunwen/internal/engine"
	"xunwen/internal/opensearch/dsl"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/search"
)

// similarCandidates is how many articles are compared with one.
const similarCandidates = 200

// Similar implements search.Engine.
func (e *Engine) Similar(ctx context.Context, r search.SimilarRequest) (search.Related, error) {
	own, err := e.first(ctx, r.ID)
	if err != nil {
		return search.Related{}, err
	}
	group, err := e.groupOf(ctx, own)
	if err != nil {
		return search.Related{}, err
	}
	candidates, err := e.similarTo(ctx, own, len(group))
	if err != nil {
		return search.Related{}, err
	}
	local, err := e.localOf(ctx, append(group, candidates...), true, nil)
	if err != nil {
		return search.Related{}, err
	}
	out, err := local.Similar(ctx, r)
	if err != nil {
		return search.Related{}, err
	}
	return out, e.addNearDuplicates(ctx, dsl.MatchAll, out.Hits)
}

// similarTo reads the articles that are most like one whose group of near-duplicates has some number, by rough scores.
func (e *Engine) similarTo(ctx context.Context, own source, group int) ([]source, error) {
	var needed []counted
	for _, w := range engine.ContentWords(e.words, &own.Record) {
		needed = append(needed, countsOfTerm(engine.Term{Channel: engine.Words, Text: w})...)
	}
	if err := e.lookUp(ctx, needed); err != nil {
		return nil, err
	}
	known := &statistics{e.sizes, e.counts, e.options.Clauses}
	var should []object
	for _, t := range engine.Characteristic(&own.Record, e.words, known) {
		if _, articles := known.Term(engine.Words, t.Text); articles <= group {
			continue // others hardly have it
		}
		weighed := object{"value": layout.Token(t.Text), "boost": t.Weight}
		should = append(should, object{"term": object{layout.WordsField: weighed}})
		if len(should) == engine.SimilarTerms {
			break
		}
	}
	if len(should) == 0 {
		return nil, nil
	}
	not := []object{dsl.Term(layout.ArticleField, own.Article)}
	if own.Group != "" {
		not = append(not, dsl.Term(layout.GroupField, own.Group))
	}
	body := object{
		"size": similarCandidates, "track_total_hits": false,
		"query": object{"bool": object{"should": should, "must_not": not, "minimum_should_match": 1}},
	}
	var answer hitsAnswer
	if err := e.search(ctx, body, &answer); err != nil {
		return nil, err
	}
	var out []source
	for _, h := range answer.Hits.Hits {
		out = append(out, h.Source)
	}
	return out, nil
}

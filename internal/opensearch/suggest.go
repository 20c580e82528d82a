package opensearch

import (
	"context"
	"fmt"

	"xunwen/internal/engine"
	"xunwen/internal/opensearch/dsl"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/suggest"
)

// suggesters suggest queries and completions; nil for none.
type suggesters struct {
	speller   *suggest.Speller
	completer *suggest.Completer
	err       error
}

func makeSuggesters(o Options) suggesters {
	if o.Completer == nil {
		return suggesters{}
	}
	completer, err := o.Completer()
	if err != nil {
		return suggesters{err: err}
	}
	return suggesters{suggest.NewSpeller(completer), completer, nil}
}

// Complete implements search.Engine.
func (e *Engine) Complete(ctx context.Context, r search.CompletionRequest) ([]search.Completion, error) {
	out := []search.Completion{}
	s := e.suggest()
	if s.completer == nil {
		return out, s.err
	}
	for _, c := range s.completer.Complete(r.Text, r.Size) {
		out = append(out, search.Completion{Text: c.Text, Count: c.Count})
	}
	return out, ctx.Err()
}

// didYouMean returns a suggested query, which has hits, or "" for none.
func (e *Engine) didYouMean(ctx context.Context, r search.Request) (string, error) {
	if r.Query == nil || r.NoSuggestions || r.Cursor != "" || r.Sort != search.ByRelevance {
		return "", nil
	}
	s := e.suggest()
	if s.speller == nil {
		return "", s.err
	}
	var failed error
	text := s.speller.Query(r.Query, func(text string) int {
		n, err := e.containing(ctx, text)
		if err != nil {
			failed = err
		}
		return n
	})
	if failed != nil || text == "" {
		return "", failed
	}
	n, err := query.Parse(text)
	if err != nil {
		return "", fmt.Errorf("a suggestion is no query: %s: %w", text, err)
	}
	r.Query = n
	for _, r.Match = range []search.Matching{r.Match, search.Anywhere} {
		p, err := e.prepare(ctx, r)
		if err != nil {
			return "", err
		}
		if n, err := e.count(ctx, p.all()); err != nil || n > 0 {
			return text, err
		}
	}
	return "", nil
}

// containing returns how many articles, each item of a round-up by itself, contain every word of a text.
func (e *Engine) containing(ctx context.Context, text string) (int, error) {
	asked, err := dsl.Ask(engine.WordsOf(text, e.words), search.ByArticle, nil, e.options.Clauses)
	if err != nil {
		return 0, err
	}
	return e.count(ctx, asked.Roots)
}

// named returns the newspapers and sources whose name is an operand of the query.
func (e *Engine) named(ctx context.Context, r search.Request) ([]search.Named, error) {
	if r.NoSuggestions || r.Cursor != "" || r.Query == nil {
		return nil, nil
	}
	keys := engine.NamesIn(r.Query, e.words)
	if len(keys) == 0 {
		return nil, nil
	}
	values := func(field string) object {
		return object{"terms": object{"field": field, "size": search.MaxFacetValues}}
	}
	body := object{
		"size": 0, "track_total_hits": false,
		"query": object{"terms": object{layout.NamesField: keys}},
		"aggs":  object{"publication": values("publication"), "source": values("source")},
	}
	var answer struct {
		Aggregations map[string]termsAnswer `json:"aggregations"`
	}
	if err := e.search(ctx, body, &answer); err != nil {
		return nil, err
	}
	names := map[string][]search.Named{}
	for _, field := range []query.FieldName{query.Publication, query.Source} {
		for _, b := range e.spellings(answer.Aggregations[string(field)]) {
			key := engine.NameKey(e.words, b.Value)
			names[key] = append(names[key], search.Named{Field: field, Value: b.Value})
		}
	}
	return engine.NamedBy(r.Query, e.words, names), nil
}

// termsAnswer is the answer of an aggregation of values.
type termsAnswer struct {
	Buckets []struct {
		Key   string `json:"key"`
		Count int    `json:"doc_count"`
	} `json:"buckets"`
}

// spellings makes one of the values with the same normal form, in the spelling of most documents.
func (e *Engine) spellings(a termsAnswer) []search.ValueCount {
	var out []search.ValueCount
	at := map[string]int{}
	for _, b := range a.Buckets { // the most frequent first, then in byte order
		key := layout.ValueKey(e.words, b.Key)
		if i, ok := at[key]; ok {
			out[i].Count += b.Count
			continue
		}
		at[key] = len(out)
		out = append(out, search.ValueCount{Value: b.Key, Count: b.Count})
	}
	return out
}

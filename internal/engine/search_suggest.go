package engine

import (
	"context"
	"errors"
	"fmt"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

// isCorrected reports whether a query may be suggested. Only the first page of an order by
// relevance has suggestions, and none if the query was asked before and nothing is wrong with it.
func (e *Engine) isCorrected(r search.Request) bool {
	if r.Query == nil || r.NoSuggestions || r.Cursor != "" || r.Sort != search.ByRelevance {
		return false
	}
	text, known := e.index.cache.get(correctionKey(r.Query)).(string)
	return !known || text != ""
}

// correctionKey names the correction of a query, "" for none.
func correctionKey(n query.Node) cacheKey { return cacheKey{"correction", n.String()} }

// didYouMean returns a suggested query, which has hits, at least with its words
// anywhere in an article, or "" for none.
func (e *Engine) didYouMean(ctx context.Context, r search.Request) (string, error) {
	text, err := e.correct(ctx, r.Query)
	if err != nil || text == "" {
		return "", err
	}
	n, err := query.Parse(text)
	if err != nil {
		return "", fmt.Errorf("a suggestion is no query: %s: %w", text, err)
	}
	r.Query, r.Size, r.NoHighlights, r.Facets, r.Explain = n, 1, true, nil, false
	for _, r.Match = range []search.Matching{r.Match, search.Anywhere} {
		if res, err := e.search(ctx, r, start{}); err != nil || res.Total > 0 {
			return text, err
		}
	}
	return "", nil
}

// correct returns a query with its words corrected, or "" if there is nothing to correct. That
// depends on nothing but the query, and is kept: many queries are asked more than once.
func (e *Engine) correct(ctx context.Context, n query.Node) (string, error) {
	key := correctionKey(n)
	if text, ok := e.index.cache.get(key).(string); ok {
		return text, nil
	}
	suggest, err := e.suggest.get(ctx)
	if err != nil || suggest.speller == nil {
		return "", err
	}
	var failed error
	text := suggest.speller.Query(n, func(text string) int {
		n, err := e.containing(ctx, text)
		if err != nil {
			failed = err
		}
		return n
	})
	if failed != nil {
		return "", failed
	}
	e.index.cache.put(key, text, fromLists, len(text))
	return text, nil
}

// containing returns how many articles contain every word of a text, stop words
// too, taken as an unquoted operand without synonyms.
func (e *Engine) containing(ctx context.Context, text string) (int, error) {
	set, err := e.index.matchArticles(ctx, compileWords(text, e.index.segmenter))
	if err != nil {
		return 0, fmt.Errorf("counting the articles with %q: %w", text, err)
	}
	return int(set.GetCardinality()), nil
}

// Complete implements search.Engine.
func (e *Engine) Complete(ctx context.Context, r search.CompletionRequest) ([]search.Completion, error) {
	out := []search.Completion{}
	suggest, err := e.suggest.get(ctx)
	if err != nil || suggest.completer == nil {
		return out, errors.Join(err, ctx.Err())
	}
	for _, c := range suggest.completer.Complete(r.Text, r.Size) {
		out = append(out, search.Completion{Text: c.Text, Count: c.Count})
	}
	return out, ctx.Err()
}

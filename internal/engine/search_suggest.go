package engine

import (
	"context"
	"errors"
	"fmt"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

// isCorrected reports whether a query may be suggested. Only the first page of an order by
// relevance has suggestions.
func isCorrected(r search.Request) bool {
	return r.Query != nil && !r.NoSuggestions && r.Cursor == "" && r.Sort == search.ByRelevance
}

// didYouMean returns a suggested query, which has hits, at least with its words
// anywhere in an article, or "" for none.
func (e *Engine) didYouMean(ctx context.Context, r search.Request) (string, error) {
	suggest, err := e.suggest.get(ctx)
	if err != nil || suggest.speller == nil {
		return "", err
	}
	var failed error
	text := suggest.speller.Query(r.Query, func(text string) int {
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
	r.Query, r.Size, r.NoHighlights, r.Facets, r.Explain = n, 1, true, nil, false
	for _, r.Match = range []search.Matching{r.Match, search.Anywhere} {
		if res, err := e.search(ctx, r, start{}); err != nil || res.Total > 0 {
			return text, err
		}
	}
	return "", nil
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

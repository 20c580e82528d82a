package live

import (
	"context"
	"fmt"

	"xunwen/internal/engine"
	"xunwen/internal/index"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/suggest"
)

// suggesting is the engine of one generation, with did-you-mean and completion
// by the generation's lexicon added to it.
type suggesting struct {
	*engine.Engine
	speller   *suggest.Speller
	completer *suggest.Completer
	name      string // of the generation
}

func newSuggesting(g *index.Generation) suggesting {
	words := g.Analyzer()
	completer := suggest.NewCompleter(g.Lexicon, words.Folder, words.IsStopWord)
	return suggesting{g.Engine, suggest.NewSpeller(completer), completer, g.Manifest.Generation}
}

// Search adds a suggestion to the first hits of an order by relevance.
func (s suggesting) Search(ctx context.Context, r search.Request) (search.Response, error) {
	res, err := s.Engine.Search(ctx, r)
	if err != nil || r.Query == nil || r.NoHighlights || r.Cursor != "" || r.Sort != search.ByRelevance && r.Sort != "" {
		return res, err
	}
	res.DidYouMean, err = s.didYouMean(ctx, r)
	return res, err
}

// didYouMean returns the query that was perhaps meant, "" for none. Asked in
// place of r's it has hits.
func (s suggesting) didYouMean(ctx context.Context, r search.Request) (string, error) {
	var failed error
	text := s.speller.Query(r.Query, func(text string) int {
		n, err := s.Engine.Holding(ctx, text)
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
		return "", fmt.Errorf("the suggestion %s is not a valid query: %w", text, err)
	}
	r.Query, r.Size, r.NoHighlights, r.Facets, r.Explain = n, 1, true, nil, false
	if res, err := s.Engine.Search(ctx, r); err != nil || res.Total == 0 {
		return "", err
	}
	return text, nil
}

// Complete implements search.Engine.
func (s suggesting) Complete(ctx context.Context, r search.CompletionRequest) ([]search.Completion, error) {
	out := []search.Completion{}
	for _, c := range s.completer.Complete(r.Text, r.Size) {
		out = append(out, search.Completion{Text: c.Text, Count: c.Count})
	}
	return out, ctx.Err()
}

// Generation implements search.Engine.
func (s suggesting) Generation() string { return s.name }

var _ search.Engine = suggesting{}

package index

import (
	"context"
	"fmt"
	"os"

	"xunwen/internal/analyzer"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/suggest"
)

// suggester helps who types, by one generation's lexicon.
type suggester struct {
	speller   *suggest.Speller
	completer *suggest.Completer
}

func openSuggester(path string, words *analyzer.Analyzer) (*suggester, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() // read only
	lexicon, err := suggest.Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", lexiconFile, err)
	}
	completer := suggest.NewCompleter(lexicon, words.Folder, words.IsStopWord)
	return &suggester{suggest.NewSpeller(completer), completer}, nil
}

// Search answers as the engine does, and tells what was perhaps meant.
func (g *opened) Search(ctx context.Context, r search.Request) (search.Response, error) {
	res, err := g.Engine.Search(ctx, r)
	if err != nil || r.Query == nil || r.NoHighlights || r.Cursor != "" || r.Sort != search.ByRelevance && r.Sort != "" {
		return res, err
	}
	res.DidYouMean, err = g.meant(ctx, r)
	return res, err
}

// meant returns the query that was perhaps meant, "" for none. It finds
// something where it is asked instead.
func (g *opened) meant(ctx context.Context, r search.Request) (string, error) {
	var failed error
	text := g.suggest.speller.Query(r.Query, func(text string) int {
		n, err := g.Engine.Holding(ctx, text)
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
		return "", fmt.Errorf("a suggestion can't be asked: %s: %w", text, err)
	}
	r.Query, r.Size, r.NoHighlights, r.Facets, r.Explain = n, 1, true, nil, false
	if res, err := g.Engine.Search(ctx, r); err != nil || res.Total == 0 {
		return "", err
	}
	return text, nil
}

// Complete returns words that were perhaps begun.
func (g *opened) Complete(ctx context.Context, r search.CompletionRequest) ([]search.Completion, error) {
	out := []search.Completion{}
	for _, c := range g.suggest.completer.Complete(r.Text, r.Size) {
		out = append(out, search.Completion{Text: c.Text, Count: c.Count})
	}
	return out, ctx.Err()
}

package index

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"

	"xunwen/internal/analyzer"
	"xunwen/internal/engine"
	"xunwen/internal/search"
	"xunwen/internal/suggest"
)

// lexiconFile holds the words and pairs of characters of a generation with
// their counts (package suggest): to count them takes a second, to read the
// file some 20 ms.
const lexiconFile = "lexicon.bin"

// writeLexicon counts the terms of the volumes of the generation in dir and
// writes lexiconFile. Articles that are gone from a shared volume count until
// it is merged.
func writeLexicon(ctx context.Context, dir string, of settings) (err error) {
	p := &postings{}
	defer func() { err = errors.Join(err, p.Close()) }()
	documents := 0
	for i, v := range of.Volumes {
		if err := p.add(v.dir(dir), i, v.Shards); err != nil {
			return err
		}
	}
	for _, s := range p.parts {
		documents += int(s.segment.Count())
	}
	var failed error
	counts := func(field string) iter.Seq2[string, int] {
		return func(yield func(string, int) bool) {
			failed = errors.Join(failed, p.counts(ctx, field, yield))
		}
	}
	lexicon := suggest.NewLexicon(documents, counts(engine.Words), counts(engine.Grams))
	if failed != nil {
		return failed
	}
	f, err := os.Create(filepath.Join(dir, lexiconFile))
	if err != nil {
		return err
	}
	return errors.Join(lexicon.Write(f), f.Close())
}

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
	if err != nil || r.Query == nil || r.Bare || r.Cursor != "" || r.Sort != search.ByRelevance && r.Sort != "" {
		return res, err
	}
	res.DidYouMean = g.suggest.speller.Query(r.Query)
	return res, nil
}

// Complete returns words that were perhaps begun.
func (g *opened) Complete(ctx context.Context, r search.CompletionRequest) ([]search.Completion, error) {
	out := []search.Completion{}
	for _, c := range g.suggest.completer.Complete(r.Text, r.Size) {
		out = append(out, search.Completion{Text: c.Text, Count: c.Count})
	}
	return out, ctx.Err()
}

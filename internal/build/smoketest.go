package build

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/sync/errgroup"

	"xunwen/internal/analyzer"
	"xunwen/internal/generation"
	"xunwen/internal/index"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/textnorm"
)

// verify tests the new generation and computes the digests of its files, which tests don't change.
func (b *builder) verify(ctx context.Context, m *generation.Manifest, s index.Settings) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		if err := smokeTest(ctx, b.dir, m, s, b.words); err != nil {
			return fmt.Errorf("the new generation does not answer: %w", err)
		}
		return nil
	})
	g.Go(func() error { return b.draft.Describe(ctx) })
	return g.Wait()
}

// smokeTest opens a new generation as a server would, and looks for the last
// article by its id and by the beginning of its text.
func smokeTest(
	ctx context.Context, path string, m *generation.Manifest, s index.Settings, words *analyzer.Analyzer,
) (err error) {
	files, err := index.OpenFiles(path, m, s, words, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, files.Close()) }()
	last, err := files.Records.Get(m.Articles - 1)
	if err != nil {
		return err
	}
	found, err := files.Article(ctx, search.ArticleRequest{ID: last.ID})
	if err != nil {
		return err
	}
	text := found.Article.Title
	if len(found.Article.Paragraphs) > 0 {
		text = found.Article.Paragraphs[0].Text
	}
	phrase := textnorm.First(text, smokeRunes)
	request := search.Request{Query: &query.Phrase{Text: phrase}, By: search.ByArticle, Size: 1}
	res, err := files.Search(ctx, request)
	if err != nil {
		return err
	}
	if res.Total == 0 {
		return fmt.Errorf("it does not find %q, the beginning of article %s", phrase, last.ID)
	}
	return nil
}

// smokeRunes is the length in characters of the phrase that a new generation
// must find.
const smokeRunes = 8

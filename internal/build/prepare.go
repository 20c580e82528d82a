package build

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sync/errgroup"

	"xunwen/internal/analyzer"
	"xunwen/internal/index"
	"xunwen/internal/suggest"
)

// prepare installs the dictionaries, and opens the generation that is added to.
func (b *builder) prepare(ctx context.Context) error {
	dictionaries := filepath.Join(b.dir, index.AnalyzerDir)
	if err := os.Mkdir(dictionaries, 0o755); err != nil {
		return err
	}
	current, err := b.current(ctx)
	if err != nil {
		return err
	}
	if err := b.installDictionaries(dictionaries, current); err != nil {
		return err
	}
	if current == nil {
		return nil
	}
	if b.base, err = openBase(b.folder.Dir(current.Generation), current); err != nil {
		return fmt.Errorf("adding to the current generation: %w", err)
	}
	b.size = index.Size{Text: current.TextBytes, Paragraphs: current.Paragraphs}
	return nil
}

// collect gathers changes. Those of a new index need no analyzer, which is opened at the same
// time.
func (b *builder) collect(ctx context.Context, collect func(context.Context, *builder) error) error {
	if b.base != nil {
		if err := b.openAnalyzer(); err != nil {
			return err
		}
		return collect(ctx, b)
	}
	g, reading := errgroup.WithContext(ctx)
	g.Go(b.openAnalyzer)
	err := collect(reading, b)
	if failed := g.Wait(); failed != nil {
		return failed // and ended the reading
	}
	return err
}

// openAnalyzer compiles the dictionaries and opens them.
func (b *builder) openAnalyzer() (err error) {
	dictionaries := filepath.Join(b.dir, index.AnalyzerDir)
	if err := analyzer.Compile(dictionaries); err != nil {
		return err
	}
	if b.words, err = analyzer.Open(dictionaries, analyzer.WithSegmenter(b.Segmenter)); err != nil {
		return err
	}
	b.mined = suggest.NewMiner(minedDictionary(b.words), 1)
	return nil
}

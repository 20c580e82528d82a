package build

import (
	"context"
	"iter"
	"maps"
	"slices"

	"golang.org/x/sync/errgroup"

	"xunwen/internal/index"
	"xunwen/internal/news"
	"xunwen/internal/suggest"
)

// articleRange is articles of a volume, by number.
type articleRange struct {
	volume  *index.Volume
	numbers []uint32
}

// countCompletions adds to a lexicon of all articles what may be suggested as a
// completion, counted in all texts.
func (b *builder) countCompletions(ctx context.Context, l *suggest.Lexicon) (*suggest.Lexicon, error) {
	selection := suggest.NewSelection(l, b.mined, b.words.IsWord, func(string) bool { return true })
	var all []articleRange
	for _, v := range b.volumes {
		all = append(all, articleRange{v, v.Alive()})
	}
	t, err := b.tally(ctx, selection.Strings(nil), all)
	if err != nil {
		return nil, err
	}
	whole := selection.Whole(t)
	compounds := selection.Compounds(l, t, b.words.IsWord)
	mayBeSuggested := func(word string) bool { return whole[word] || b.isGiven(word) }
	return l.WithCompletions(mayBeSuggested, sortedCounts(compounds)), nil
}

// isGiven reports whether a word was not guessed by jieba.
func (b *builder) isGiven(word string) bool {
	return !suggest.IsGuessable(word) || b.words.IsWord(word)
}

// amendCompletions adds to a lexicon that amends old what may be suggested as a
// completion. The compounds of old are counted in the texts that changed; words and
// compounds that are new are judged by the added texts alone.
func (b *builder) amendCompletions(
	ctx context.Context, l, old *suggest.Lexicon, added, dropped []articleRange,
) (*suggest.Lexicon, error) {
	isNew := func(word string) bool { return !old.IsWhole(word) }
	selection := suggest.NewSelection(l, b.mined, b.words.IsWord, isNew)
	strings := selection.Strings(old.EachCompound())
	more, err := b.tally(ctx, strings, added)
	if err != nil {
		return nil, err
	}
	less, err := b.tally(ctx, strings, dropped)
	if err != nil {
		return nil, err
	}
	whole := selection.Whole(more)
	compounds := selection.Compounds(l, more, b.words.IsWord)
	for text, n := range old.EachCompound() {
		delete(compounds, text)
		if n += more.Documents(text) - less.Documents(text); n > 0 {
			compounds[text] = n
		}
	}
	return l.WithCompletions(func(word string) bool {
		return whole[word] || old.IsWhole(word) || b.isGiven(word)
	}, sortedCounts(compounds)), nil
}

func sortedCounts(counts map[string]int) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		for _, text := range slices.Sorted(maps.Keys(counts)) {
			if !yield(text, counts[text]) {
				return
			}
		}
	}
}

// tally counts strings in the texts of articles, in as many goroutines as a volume
// has shards at most.
func (b *builder) tally(ctx context.Context, strings []string, articles []articleRange) (*suggest.Tally, error) {
	tallies := make([]*suggest.Tally, index.MaxShards)
	tallies[0] = suggest.NewTally(strings)
	for i := range tallies[1:] {
		tallies[1+i] = tallies[0].Clone()
	}
	g, ctx := errgroup.WithContext(ctx)
	for shard, t := range tallies {
		g.Go(func() error {
			for _, r := range articles {
				for i, n := range r.numbers {
					if i/stripe%len(tallies) != shard {
						continue
					}
					if err := ctx.Err(); err != nil {
						return err
					}
					a, err := r.volume.Records.Get(int(n))
					if err != nil {
						return err
					}
					b.tallyArticle(t, &a)
				}
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	for _, t := range tallies[1:] {
		tallies[0].Add(t)
	}
	return tallies[0], nil
}

// tallyArticle counts the documents of an article.
func (b *builder) tallyArticle(t *suggest.Tally, a *news.Article) {
	for _, text := range []string{a.Title, a.Kicker, a.Subtitle} {
		t.Text(b.words.FoldString(text))
	}
	t.EndDocument()
	for _, p := range a.Paragraphs {
		t.Text(b.words.FoldString(p.Text))
		t.EndDocument()
	}
}

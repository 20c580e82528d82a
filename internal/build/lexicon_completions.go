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
	"xunwen/internal/textnorm"
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
	maySpell := selection.MaySpell(l, b.words, b.words.IsWord, func(string) bool { return true })
	t, spellings, err := b.tally(ctx, selection.Strings(nil), maySpell, all)
	if err != nil {
		return nil, err
	}
	whole := selection.Whole(t)
	compounds := selection.Compounds(l, t, b.words.IsWord)
	mayBeSuggested := func(word string) bool { return whole[word] || b.isGiven(word) }
	return l.WithCompletions(mayBeSuggested, sortedCounts(compounds)).WithSpellings(spellings.Spellings()), nil
}

// isGiven reports whether a word was not guessed by jieba.
func (b *builder) isGiven(word string) bool {
	return !suggest.IsGuessable(word) || b.words.IsWord(word)
}

// amendCompletions adds to a lexicon that amends old what may be suggested as a
// completion. The compounds of old are counted in the texts that changed; words and
// compounds that are new are judged by the added texts alone, and so is their spelling.
func (b *builder) amendCompletions(
	ctx context.Context, l, old *suggest.Lexicon, added, dropped []articleRange,
) (*suggest.Lexicon, error) {
	isNew := func(word string) bool { return !old.IsWhole(word) }
	selection := suggest.NewSelection(l, b.mined, b.words.IsWord, isNew)
	strings := selection.Strings(old.EachCompound())
	maySpell := selection.MaySpell(l, b.words, b.words.IsWord, func(word string) bool { return !old.Has(word) })
	more, spellings, err := b.tally(ctx, strings, maySpell, added)
	if err != nil {
		return nil, err
	}
	less, _, err := b.tally(ctx, strings, nil, dropped)
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
	}, sortedCounts(compounds)).WithSpellings(concat(spellings.Spellings(), old.EachSpelling())), nil
}

// concat yields the pairs of one sequence after another.
func concat(all ...iter.Seq2[string, string]) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for _, pairs := range all {
			for a, b := range pairs {
				if !yield(a, b) {
					return
				}
			}
		}
	}
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

const (
	// tallyWorkers is how many goroutines count strings in texts.
	tallyWorkers = 2
	// stripe is how many consecutive articles one of them takes: more than a block of
	// records has, so that few blocks are read twice.
	stripe = 32
)

// tally counts strings, and the spellings of those that may have several, in the texts of
// articles.
func (b *builder) tally(
	ctx context.Context, strings, maySpell []string, articles []articleRange,
) (*suggest.Tally, *suggest.SpellingTally, error) {
	tallies := []*suggest.TextTally{suggest.NewTextTally(strings, maySpell, b.words)}
	for len(tallies) < tallyWorkers {
		tallies = append(tallies, tallies[0].Clone())
	}
	g, ctx := errgroup.WithContext(ctx)
	for shard, t := range tallies {
		g.Go(func() error { return b.tallyShard(ctx, shard, t, articles) })
	}
	if err := g.Wait(); err != nil {
		return nil, nil, err
	}
	all := tallies[0]
	for _, t := range tallies[1:] {
		all.Add(t)
	}
	return all.Strings, all.Spellings, nil
}

// tallyShard counts the articles of a shard.
func (b *builder) tallyShard(ctx context.Context, shard int, t *suggest.TextTally, articles []articleRange) error {
	for _, r := range articles {
		for i, n := range r.numbers {
			if i/stripe%tallyWorkers != shard {
				continue
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			a, err := r.volume.Article(int(n))
			if err != nil {
				return err
			}
			b.tallyArticle(t, &a)
		}
	}
	return nil
}

// tallyArticle counts the documents of an article.
func (b *builder) tallyArticle(t *suggest.TextTally, a *news.Article) {
	for _, text := range []string{a.Title, a.Kicker, a.Subtitle} {
		b.tallyText(t, text)
	}
	t.Strings.EndDocument()
	for _, p := range a.Paragraphs {
		b.tallyText(t, p.Text)
		t.Strings.EndDocument()
	}
}

func (b *builder) tallyText(t *suggest.TextTally, text string) {
	t.Text(text, textnorm.Join(b.words.FoldString(text)))
}

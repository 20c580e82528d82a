package build

import (
	"context"
	"iter"
	"maps"
	"slices"

	"golang.org/x/sync/errgroup"

	"xunwen/internal/analyzer"
	"xunwen/internal/document"
	"xunwen/internal/index"
	"xunwen/internal/news"
	"xunwen/internal/record"
	"xunwen/internal/suggest"
	"xunwen/internal/textnorm"
)

// articleRange is articles of a volume, by number.
type articleRange struct {
	volume  *index.Volume
	numbers []uint32
}

// mineShared mines the volumes that the base has, too, and counts what all volumes have.
func (b *builder) mineShared(ctx context.Context) (*suggest.MinedTexts, error) {
	for _, v := range b.volumes {
		if b.isShared(v) {
			if err := b.mine(ctx, articleRange{v, v.Alive()}); err != nil {
				return nil, err
			}
		}
	}
	return b.mined.Count(), nil
}

// countCompletions adds to a lexicon of all articles what may be suggested as a
// completion.
func (b *builder) countCompletions(
	ctx context.Context, l *suggest.Lexicon, texts *suggest.MinedTexts,
) (*suggest.Lexicon, error) {
	var mined []articleRange // in the order in which they were mined
	for _, shared := range []bool{false, true} {
		for _, v := range b.volumes {
			if b.isShared(v) == shared {
				mined = append(mined, articleRange{v, v.Alive()})
			}
		}
	}
	selection := suggest.NewSelection(l, texts, func(string) bool { return true })
	whole := selection.Whole()
	mayBeSuggested := func(word string) bool { return whole[word] || b.isGiven(word) }
	l = l.WithCompletions(mayBeSuggested, sortedCounts(selection.Compounds(l)))
	maySpell := selection.MaySpell(l, func(string) bool { return true })
	_, spellings, err := b.tally(ctx, nil, maySpell, chosen(mined, selection.Articles(maySpell)))
	if err != nil {
		return nil, err
	}
	return l.WithSpellings(spellings.Spellings()), nil
}

// isShared reports whether the base has a volume, too, so that its texts were not mined.
func (b *builder) isShared(v *index.Volume) bool {
	return b.base != nil && !b.rebuildAll() && slices.Contains(b.base.Settings.Volumes, v.VolumeInfo)
}

// mine mines articles of a shared volume.
func (b *builder) mine(ctx context.Context, r articleRange) error {
	m := suggest.NewMiner(b.mined.Dictionary, minedShare(r.volume.Records))
	documents := document.Maker{Words: b.words, Mined: m, Terms: noTerms{}}
	for _, n := range r.numbers {
		if err := ctx.Err(); err != nil {
			return err
		}
		a, err := r.volume.Records.Get(int(n))
		if err != nil {
			return err
		}
		for range documents.Of(&a) { // which mines it
		}
	}
	b.mined.Merge(m)
	return nil
}

// noTerms is a document.Counter that counts none.
type noTerms struct{}

func (noTerms) Add(int, string, int) {}

// chosen returns the articles of ranges with given numbers, ascending, that count all ranges.
func chosen(ranges []articleRange, numbers []int) []articleRange {
	var out []articleRange
	first := 0
	for _, r := range ranges {
		var own []uint32
		for len(numbers) > 0 && numbers[0] < first+len(r.numbers) {
			own = append(own, r.numbers[numbers[0]-first])
			numbers = numbers[1:]
		}
		out = append(out, articleRange{r.volume, own})
		first += len(r.numbers)
	}
	return out
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
	selection := suggest.NewSelection(l, b.mined.Count(), func(word string) bool { return !old.IsWhole(word) })
	whole, compounds := selection.Whole(), selection.Compounds(l)
	known := maps.Collect(old.EachCompound())
	withNew := l.WithCompletions(b.isGiven, sortedCounts(compounds))
	isNew := func(text string) bool { return !old.Has(text) && known[text] == 0 }
	maySpell := selection.MaySpell(withNew, isNew)
	counted := slices.Collect(maps.Keys(known))
	more, spellings, err := b.tally(ctx, counted, maySpell, added)
	if err != nil {
		return nil, err
	}
	less, _, err := b.tally(ctx, counted, nil, dropped)
	if err != nil {
		return nil, err
	}
	for text, n := range known {
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
// articles. Without an article it has nothing to prepare, which takes longer than to count a
// few.
func (b *builder) tally(
	ctx context.Context, strings, maySpell []string, articles []articleRange,
) (*suggest.Tally, *suggest.SpellingTally, error) {
	if !slices.ContainsFunc(articles, func(r articleRange) bool { return len(r.numbers) > 0 }) {
		strings, maySpell = nil, nil
	}
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

// minedText is how many bytes of a volume's records are kept as numbers of words, to count
// compounds. They are 46 MB of text and take 30 MB of memory. Of a larger volume a part of the
// articles does: compounds are frequent.
const minedText = 16 << 20

// minedShare returns the share of the articles of a store whose runs are counted.
func minedShare(s *record.Store) float64 {
	total := 0
	for i := range s.Len() {
		total += s.Size(i)
	}
	return min(1, minedText/float64(max(total, 1)))
}

func minedDictionary(words *analyzer.Analyzer) suggest.Dictionary {
	return suggest.Dictionary{IsKnown: words.IsWord, IsStop: words.IsStopWord, Spelling: words}
}

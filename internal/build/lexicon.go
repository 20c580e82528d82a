package build

import (
	"context"
	"errors"
	"iter"
	"path/filepath"
	"slices"

	"golang.org/x/sync/errgroup"

	"xunwen/internal/engine"
	"xunwen/internal/index"
	"xunwen/internal/suggest"
)

// writeLexicon writes the lexicon of the articles that are not deleted.
//
// When the base shares the volumes of most articles, its lexicon is changed by
// the terms that were added and deleted. The result equals a full count, except
// for words that the base's lexicon had no room for: they count from this build
// on. Once volumes with half of the articles are new, all terms are counted. A volume that
// was made of posting lists is no new one; its articles that were read are added.
//
// It calls counted once runs of words are counted.
func (b *builder) writeLexicon(ctx context.Context, s index.Settings, counted func()) error {
	var before []index.VolumeInfo
	if b.base != nil && !b.rebuildAll() {
		before = b.base.Settings.Volumes
	}
	added, dropped := without(s.Volumes, before), without(before, s.Volumes)
	for _, j := range b.joined {
		added = without(added, []index.VolumeInfo{j.VolumeInfo})
	}
	for _, i := range b.joinedFrom {
		dropped = without(dropped, []index.VolumeInfo{b.base.Settings.Volumes[i]})
	}
	var lexicon *suggest.Lexicon
	var err error
	if 2*articlesOf(added) > articlesOf(s.Volumes) {
		lexicon, err = b.countLexicon(ctx, s.Volumes, without(s.Volumes, added), counted)
	} else {
		counted() // those of few articles take no time
		lexicon, err = b.amendLexicon(ctx, added, dropped)
	}
	if err != nil {
		return err
	}
	return index.WriteLexicon(filepath.Join(b.dir, index.LexiconFile), lexicon)
}

// without lists the volumes of list that other lacks.
func without(list, other []index.VolumeInfo) []index.VolumeInfo {
	var out []index.VolumeInfo
	for _, v := range list {
		if !slices.Contains(other, v) {
			out = append(out, v)
		}
	}
	return out
}

func articlesOf(volumes []index.VolumeInfo) int {
	n := 0
	for _, v := range volumes {
		n += v.Articles
	}
	return n
}

// countLexicon counts the terms of volumes of the draft. Those in shared are
// also volumes of the base. Runs of words are counted at the same time; then it calls counted.
func (b *builder) countLexicon(
	ctx context.Context, volumes, shared []index.VolumeInfo, counted func(),
) (*suggest.Lexicon, error) {
	var lexicon *suggest.Lexicon
	var mined *suggest.MinedTexts
	g, counting := errgroup.WithContext(ctx)
	g.Go(func() (err error) {
		defer counted()
		mined, err = b.mineShared(counting)
		return err
	})
	g.Go(func() (err error) {
		lexicon, err = b.countTerms(counting, volumes, shared)
		return err
	})
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return b.countCompletions(ctx, lexicon, mined)
}

// countTerms counts the terms of volumes of the draft.
func (b *builder) countTerms(ctx context.Context, volumes, shared []index.VolumeInfo) (*suggest.Lexicon, error) {
	if err := b.mergeLast(ctx); err != nil {
		return nil, err
	}
	d := newTermDelta()
	if len(shared) > 0 {
		for i, v := range b.base.Records.Volumes {
			if !slices.Contains(shared, v.VolumeInfo) {
				continue
			}
			if err := d.addArticles(ctx, b.words, v, b.base.deleted[i].Sorted(), -1); err != nil {
				return nil, err
			}
		}
	}
	counts, err := index.OpenTermCounts(b.dir, volumes)
	if err != nil {
		return nil, err
	}
	words, wordsFailed := counts.Terms(ctx, engine.Words)
	grams, gramsFailed := counts.Terms(ctx, engine.Grams)
	lexicon := suggest.NewLexicon(
		counts.Documents()+d.documents,
		amended(words, d.changes(engine.Words)),
		amended(grams, d.changes(engine.Grams)),
	)
	return lexicon, errors.Join(wordsFailed(), gramsFailed(), counts.Close())
}

// amendLexicon changes the base's lexicon by volumes that were added and
// dropped, and by articles that were deleted.
func (b *builder) amendLexicon(ctx context.Context, added, dropped []index.VolumeInfo) (*suggest.Lexicon, error) {
	if err := b.mergeLast(ctx); err != nil {
		return nil, err
	}
	path := b.folder.Dir(b.base.Manifest.Generation)
	old, err := index.ReadLexicon(filepath.Join(path, index.LexiconFile))
	if err != nil {
		return nil, err
	}
	d := newTermDelta()
	if err := errors.Join(d.addVolumes(ctx, b.dir, added, 1), d.addVolumes(ctx, path, dropped, -1)); err != nil {
		return nil, err
	}
	var addedArticles, droppedArticles []articleRange
	for _, v := range b.volumes {
		if slices.Contains(added, v.VolumeInfo) {
			addedArticles = append(addedArticles, articleRange{v, v.Alive()})
		}
		for _, j := range b.joined {
			if j.VolumeInfo == v.VolumeInfo {
				d.add(j.terms)
				addedArticles = append(addedArticles, articleRange{v, v.Alive()[v.Articles-j.incoming:]})
			}
		}
	}
	for i, v := range b.base.Records.Volumes {
		articles, times := index.Tombstones{}, -1
		if slices.Contains(dropped, v.VolumeInfo) {
			droppedArticles = append(droppedArticles, articleRange{v, v.Alive()})
			articles, times = v.Deleted, 1 // the base's lexicon does not count them
		} else {
			for n := range b.base.deleted[i] {
				if !v.Deleted.Has(n) {
					articles[n] = true
				}
			}
			droppedArticles = append(droppedArticles, articleRange{v, numbersOf(articles)})
		}
		if err := d.addArticles(ctx, b.words, v, articles.Sorted(), times); err != nil {
			return nil, err
		}
	}
	lexicon := suggest.NewLexicon(
		old.Documents()+d.documents,
		amended(old.EachWord(), d.changes(engine.Words)),
		amended(old.EachPair(), d.changes(engine.Grams)),
	)
	return b.amendCompletions(ctx, lexicon, old, addedArticles, droppedArticles)
}

func numbersOf(articles index.Tombstones) []uint32 {
	var out []uint32
	for _, n := range articles.Sorted() {
		out = append(out, uint32(n))
	}
	return out
}

// amended yields the terms of old, which are in byte order, with their changed
// counts, and omits those without a document.
func amended(old iter.Seq2[string, int], changes []termChange) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		rest := changes
		yieldSome := func(term string, n int) bool { return n <= 0 || yield(term, n) }
		for term, n := range old {
			for len(rest) > 0 && rest[0].term < term {
				if !yieldSome(rest[0].term, rest[0].delta) {
					return
				}
				rest = rest[1:]
			}
			if len(rest) > 0 && rest[0].term == term {
				n += rest[0].delta
				rest = rest[1:]
			}
			if !yieldSome(term, n) {
				return
			}
		}
		for _, c := range rest {
			if !yieldSome(c.term, c.delta) {
				return
			}
		}
	}
}

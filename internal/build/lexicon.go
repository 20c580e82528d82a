package build

import (
	"context"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"slices"

	"xunwen/internal/engine"
	"xunwen/internal/index"
	"xunwen/internal/suggest"
)

// writeLexicon writes lexiconFile, which counts the articles that are there.
//
// Where most articles stand in volumes that the base has too, its lexicon is
// taken, and what came and went is counted. That is what a count of all gives,
// but for words that the base's was too full to hold: they count from this
// build on. Once volumes of half of the articles are new, all is counted.
func (b *builder) writeLexicon(ctx context.Context, of index.Settings) error {
	var before []index.VolumeInfo
	if b.base != nil && !b.again() {
		before = b.base.Settings.Volumes
	}
	came, went := without(of.Volumes, before), without(before, of.Volumes)
	if 2*articlesOf(came) > articlesOf(of.Volumes) {
		return b.countLexicon(ctx, of.Volumes, without(of.Volumes, came))
	}
	return b.amendLexicon(ctx, came, went)
}

// without lists the volumes of list that other has not.
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

// countLexicon counts the terms of volumes of the draft, of which the base has
// those that are shared.
func (b *builder) countLexicon(ctx context.Context, volumes, shared []index.VolumeInfo) error {
	gone := newTally()
	if len(shared) > 0 {
		for i, v := range b.base.Records.Volumes {
			if !slices.Contains(shared, v.VolumeInfo) {
				continue
			}
			if err := gone.articles(ctx, b.words, v, b.base.leaving[i].Sorted(), -1); err != nil {
				return err
			}
		}
	}
	c, err := index.OpenTermCounts(b.dir, volumes)
	if err != nil {
		return err
	}
	lexicon := suggest.NewLexicon(c.Documents()+gone.documents,
		amended(c.Terms(ctx, engine.Words), gone.changes(engine.Words)), amended(c.Terms(ctx, engine.Grams), gone.changes(engine.Grams)))
	if err := c.Close(); err != nil {
		return err
	}
	return saveLexicon(b.dir, lexicon)
}

// amendLexicon makes the lexicon of the base's and of what is different.
func (b *builder) amendLexicon(ctx context.Context, came, went []index.VolumeInfo) error {
	path := b.folder.Dir(b.base.Manifest.Generation)
	old, err := index.ReadLexicon(filepath.Join(path, index.LexiconFile))
	if err != nil {
		return err
	}
	t := newTally()
	if err := errors.Join(t.volumes(ctx, b.dir, came, 1), t.volumes(ctx, path, went, -1)); err != nil {
		return err
	}
	for i, v := range b.base.Records.Volumes {
		list, by := index.Tombstones{}, -1
		if slices.Contains(went, v.VolumeInfo) {
			list, by = v.Deleted, 1 // they were not in the base's lexicon
		} else {
			for n := range b.base.leaving[i] {
				if !v.Deleted.Has(n) {
					list[n] = true
				}
			}
		}
		if err := t.articles(ctx, b.words, v, list.Sorted(), by); err != nil {
			return err
		}
	}
	return saveLexicon(b.dir, suggest.NewLexicon(old.Documents()+t.documents,
		amended(old.EachWord(), t.changes(engine.Words)), amended(old.EachPair(), t.changes(engine.Grams))))
}

func saveLexicon(dir string, l *suggest.Lexicon) error {
	f, err := os.Create(filepath.Join(dir, index.LexiconFile))
	if err != nil {
		return err
	}
	return errors.Join(l.Write(f), f.Close())
}

// amended gives the terms of old, which are in byte order, with their counts
// changed; those without a document are left out.
func amended(old iter.Seq2[string, int], changes []difference) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		rest := changes
		give := func(term string, n int) bool { return n <= 0 || yield(term, n) }
		for term, n := range old {
			for len(rest) > 0 && rest[0].term < term {
				if !give(rest[0].term, rest[0].by) {
					return
				}
				rest = rest[1:]
			}
			if len(rest) > 0 && rest[0].term == term {
				n += rest[0].by
				rest = rest[1:]
			}
			if !give(term, n) {
				return
			}
		}
		for _, c := range rest {
			if !give(c.term, c.by) {
				return
			}
		}
	}
}

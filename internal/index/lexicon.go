package index

import (
	"context"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"slices"

	"xunwen/internal/engine"
	"xunwen/internal/suggest"
)

// lexiconFile holds the words and pairs of characters of a generation with
// their counts (package suggest): to count them takes seconds, to read the
// file some 20 ms.
const lexiconFile = "lexicon.bin"

// writeLexicon writes lexiconFile, which counts the articles that are there.
//
// Where most articles stand in volumes that the base has too, its lexicon is
// taken, and what came and went is counted. That is what a count of all gives,
// but for words that the base's was too full to hold: they count from this
// build on. Once volumes of half of the articles are new, all is counted.
func (b *builder) writeLexicon(ctx context.Context, of settings) error {
	var before []volumeInfo
	if b.base != nil && !b.again() {
		before = b.base.settings.Volumes
	}
	came, went := without(of.Volumes, before), without(before, of.Volumes)
	if 2*articlesOf(came) > articlesOf(of.Volumes) {
		return b.countLexicon(ctx, of.Volumes, without(of.Volumes, came))
	}
	return b.amendLexicon(ctx, came, went)
}

// without lists the volumes of list that other has not.
func without(list, other []volumeInfo) []volumeInfo {
	var out []volumeInfo
	for _, v := range list {
		if !slices.Contains(other, v) {
			out = append(out, v)
		}
	}
	return out
}

func articlesOf(volumes []volumeInfo) int {
	n := 0
	for _, v := range volumes {
		n += v.Articles
	}
	return n
}

// countLexicon counts the terms of volumes of the draft, of which the base has
// those that are shared.
func (b *builder) countLexicon(ctx context.Context, volumes, shared []volumeInfo) error {
	gone := newTally()
	if len(shared) > 0 {
		for i, v := range b.base.records.volumes {
			if !slices.Contains(shared, v.volumeInfo) {
				continue
			}
			if err := gone.articles(ctx, b.words, v, b.base.leaving[i].sorted(), -1); err != nil {
				return err
			}
		}
	}
	c, err := openCounted(ctx, b.dir, volumes)
	if err != nil {
		return err
	}
	lexicon := suggest.NewLexicon(c.documents()+gone.documents,
		amended(c.terms(engine.Words), gone.changes(engine.Words)), amended(c.terms(engine.Grams), gone.changes(engine.Grams)))
	if err := errors.Join(c.failed, c.Close()); err != nil {
		return err
	}
	return saveLexicon(b.dir, lexicon)
}

// amendLexicon makes the lexicon of the base's and of what is different.
func (b *builder) amendLexicon(ctx context.Context, came, went []volumeInfo) error {
	path := b.folder.Dir(b.base.manifest.Generation)
	f, err := os.Open(filepath.Join(path, lexiconFile))
	if err != nil {
		return err
	}
	old, err := suggest.Read(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	t := newTally()
	if err := errors.Join(t.volumes(ctx, b.dir, came, 1), t.volumes(ctx, path, went, -1)); err != nil {
		return err
	}
	for i, v := range b.base.records.volumes {
		list, by := gone{}, -1
		if slices.Contains(went, v.volumeInfo) {
			list, by = v.gone, 1 // they were not in the base's lexicon
		} else {
			for n := range b.base.leaving[i] {
				if !v.gone.has(n) {
					list[n] = true
				}
			}
		}
		if err := t.articles(ctx, b.words, v, list.sorted(), by); err != nil {
			return err
		}
	}
	return saveLexicon(b.dir, suggest.NewLexicon(old.Documents()+t.documents,
		amended(old.EachWord(), t.changes(engine.Words)), amended(old.EachPair(), t.changes(engine.Grams))))
}

func saveLexicon(dir string, l *suggest.Lexicon) error {
	f, err := os.Create(filepath.Join(dir, lexiconFile))
	if err != nil {
		return err
	}
	return errors.Join(l.Write(f), f.Close())
}

// counted is volumes whose terms are counted.
type counted struct {
	*postings
	ctx    context.Context
	failed error // of terms
}

func openCounted(ctx context.Context, generation string, volumes []volumeInfo) (*counted, error) {
	p := &postings{}
	for i, v := range volumes {
		if err := p.add(v.dir(generation), i, v.Shards); err != nil {
			return nil, errors.Join(err, p.Close())
		}
	}
	return &counted{postings: p, ctx: ctx}, nil
}

func (c *counted) documents() int {
	n := 0
	for _, s := range c.parts {
		n += int(s.segment.Count())
	}
	return n
}

// terms gives the terms of a field in byte order, with the documents that hold
// each.
func (c *counted) terms(field string) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		c.failed = errors.Join(c.failed, c.counts(c.ctx, field, yield))
	}
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

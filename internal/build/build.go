package build

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"log/slog"
	"time"

	"xunwen/internal/analyzer"
	"xunwen/internal/generation"
	"xunwen/internal/index"
	"xunwen/internal/news"
	"xunwen/internal/suggest"
)

// ErrEmpty means that no article was read; nothing is published.
var ErrEmpty = errors.New("no article was read")

// ErrAllRemoved means that no article would be left; nothing is removed.
var ErrAllRemoved = errors.New("this would remove all articles: nothing was removed")

// ErrNothingNew means that appending would change nothing; nothing is
// published.
var ErrNothingNew = errors.New("the index already has these articles")

// mappedMemory returns how much of a build's memory pages of mapped files may
// take: a quarter. The segments of a merge read well with far less.
func mappedMemory(memory int64) int64 { return memory / 4 }

// Options says what to build and where.
type Options struct {
	Out      string   // the index folder
	UserDict string   // file of a user dictionary, "" for none
	Synonyms []string // files of synonyms, or analyzer.BuiltinSynonyms
	Keep     int      // generations to keep after publishing, at least 1
	Append   bool     // add to the articles of the current generation

	// KeepOrder stores articles in the order in which they are read. Otherwise similar ones
	// are beside each other, for smaller posting lists; answers are the same.
	KeepOrder bool

	// Dictionaries fold and segment the texts of a new index; nil for the
	// program's own.
	Dictionaries fs.FS

	Segmenter analyzer.Segmenter // of the texts

	Memory  int64 // bytes to aim at, a quarter of which mapped files may take; 0 for no bound
	Reserve int64 // bytes that must stay free on the disk; 0 for no check
	Text    int64 // bytes of text that will be read at least, as far as is known

	Free     func(path string) (int64, error) // free bytes on the disk of path; nil asks the system
	Sources  func() []generation.Source       // what was read, called when reading has ended; may be nil
	Progress func(Progress)                   // called now and then, by one goroutine at a time; may be nil
	Log      *slog.Logger                     // nil for none
	Now      func() time.Time                 // nil for time.Now

	leastByLists int // see there; 0 for the usual
}

// Progress is how far a build is.
type Progress struct {
	Phase string // "read", "index" or "publish"
	Done  int    // articles
	Total int    // articles; 0 while unknown
	Bytes int64  // of text
}

// Summary is the result of a build.
type Summary struct {
	Generation string  `json:"generation"`
	Articles   int     `json:"articles"`
	Paragraphs int     `json:"paragraphs"`
	Replaced   int     `json:"replaced"` // records overwritten by a later one with the same id
	Removed    int     `json:"removed"`  // articles that Remove removed
	Seconds    float64 `json:"seconds"`
	TextBytes  int64   `json:"text_bytes"`
	IndexBytes int64   `json:"index_bytes"`
}

// Index makes a generation of articles and publishes it. The first error that
// articles yields ends the build. After an error the published generation is
// the same as before. Errors: generation.ErrBusy, ErrEmpty, ErrNothingNew,
// wrapped; those of articles; else of the disk.
func Index(ctx context.Context, o Options, articles iter.Seq2[*news.Article, error]) (Summary, error) {
	return change(ctx, o, func(ctx context.Context, b *builder) error { return b.ingest(ctx, articles) })
}

// change publishes a generation with the changes that collect gathers.
func change(ctx context.Context, o Options, collect func(context.Context, *builder) error) (Summary, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Progress == nil {
		o.Progress = func(Progress) {}
	}
	f := generation.In(o.Out)
	unlock, err := f.Lock()
	if err != nil {
		return Summary{}, err
	}
	s, err := changeLocked(ctx, o, f, collect)
	return s, errors.Join(err, unlock())
}

func changeLocked(
	ctx context.Context, o Options, f generation.Folder, collect func(context.Context, *builder) error,
) (s Summary, err error) {
	began := o.Now()
	disk := newDiskSpace(o)
	if err := disk.beforeReading(o.Text); err != nil {
		return Summary{}, err
	}
	draft, err := f.Begin(began)
	if err != nil {
		return Summary{}, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, draft.Abandon())
		}
	}()
	b := &builder{Options: o, folder: f, draft: draft, dir: draft.Dir, disk: disk}
	defer func() { err = errors.Join(err, b.close()) }()
	m, err := b.build(ctx, collect)
	if err != nil {
		return Summary{}, adviseOnDamage(err)
	}
	return Summary{
		Generation: draft.Name,
		Articles:   m.Articles,
		Paragraphs: m.Paragraphs,
		Replaced:   b.replaced,
		Removed:    b.removed,
		Seconds:    o.Now().Sub(began).Seconds(),
		TextBytes:  m.TextBytes,
		IndexBytes: m.Bytes(index.AnalyzerDir),
	}, nil
}

// builder is one build in progress.
type builder struct {
	Options
	folder generation.Folder
	draft  *generation.Draft
	dir    string // of the draft
	disk   *diskSpace
	words  *analyzer.Analyzer
	base   *base // the generation that is added to; nil for none

	incoming int      // articles that were read, each id once
	sequence []uint32 // of these, by number in their store: their places in the order in which they were read
	replaced int
	removed  int
	size     index.Size // of all articles
	volumes  []*index.Volume
	unmerged *volumeBuilder // of the last volume, until its posting lists are merged
	mined    *suggest.Miner // the runs of words in the texts that were analyzed

	joined     []joined // volumes that were made of posting lists
	joinedFrom []int    // those of the base that they were made of
}

// build publishes the base with the changes that collect gathers.
func (b *builder) build(
	ctx context.Context, collect func(context.Context, *builder) error,
) (*generation.Manifest, error) {
	if err := b.prepare(ctx); err != nil {
		return nil, err
	}
	if b.Memory > 0 {
		defer b.boundMapped(mappedMemory(b.Memory))()
	}
	if err := b.collect(ctx, collect); err != nil {
		return nil, err
	}
	if err := b.fitsMemory(b.articles()); err != nil {
		return nil, err
	}
	if err := b.makeVolumes(ctx); err != nil {
		return nil, fmt.Errorf("indexing: %w", err)
	}
	m, err := b.publish(ctx)
	if err != nil {
		return nil, fmt.Errorf("publishing: %w", err)
	}
	return m, nil
}

// articles returns how many articles the generation has.
func (b *builder) articles() int { return b.articlesWith(b.incoming) }

// articlesWith returns how many articles there are with so many incoming ones.
func (b *builder) articlesWith(incoming int) int {
	if b.base == nil {
		return incoming
	}
	return incoming + b.base.alive()
}

func (b *builder) close() error {
	var errs []error
	if b.base != nil {
		errs = append(errs, b.base.Close())
	}
	errs = append(errs, index.NewLibrary(b.volumes).Close())
	if b.unmerged != nil {
		errs = append(errs, b.unmerged.close())
	}
	if b.words != nil {
		b.words.Close()
	}
	return errors.Join(errs...)
}

// publish writes what concerns all volumes, tests the result, and makes it the
// current generation.
func (b *builder) publish(ctx context.Context) (*generation.Manifest, error) {
	articles := index.NewLibrary(b.volumes)
	b.Progress(Progress{Phase: "publish", Done: articles.Len(), Total: articles.Len(), Bytes: b.size.Text})
	s, err := b.writeCatalogs(ctx, articles)
	if err != nil {
		return nil, err
	}
	raw, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	m := &generation.Manifest{
		Format:     index.FormatVersion,
		Generation: b.draft.Name,
		Articles:   articles.Len(),
		Paragraphs: b.size.Paragraphs,
		TextBytes:  b.size.Text,
		Analyzer:   b.words.Fingerprint(),
		Settings:   raw,
		Sources:    b.sources(),
	}
	if err := b.verify(ctx, m, s); err != nil {
		return nil, err
	}
	before, err := b.folder.Current()
	if err != nil && !errors.Is(err, generation.ErrNone) {
		return nil, err
	}
	if err := b.draft.Publish(ctx, m); err != nil {
		return nil, err
	}
	if _, err := b.folder.Prune(max(b.Keep, 1), before.Name); err != nil {
		// The published generation is sound; only old ones stay too long.
		b.Log.Warn("cannot remove old generations", "index", b.Out, "error", err)
	}
	return m, nil
}

package build

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"xunwen/internal/analyzer"
	"xunwen/internal/generation"
	"xunwen/internal/index"
	"xunwen/internal/news"
)

// ErrEmpty says that a build found no article; nothing is published.
var ErrEmpty = errors.New("no article was read")

// mappedShare is the part of a build's memory that pages of mapped files may
// take: one in four. What is merged at a time reads well with far less.
const mappedShare = 4

// Options says what to build and where.
type Options struct {
	Out          string                           // the index folder
	UserDict     string                           // a user dictionary's file, "" for none
	Dictionaries fs.FS                            // to fold and cut with where nothing is added to; nil for the program's own
	Synonyms     string                           // a file of synonyms, "" for none
	Keep         int                              // generations to keep after publishing, at least 1
	Append       bool                             // add to the articles of the current generation
	Memory       int64                            // bytes, a quarter of which mapped files may take; 0 for no bound
	Reserve      int64                            // bytes that must stay free on the disk; 0 doesn't look
	Text         int64                            // bytes of text that will be read at least, as far as is known
	Free         func(path string) (int64, error) // bytes free on the disk of path; nil asks it
	Sources      func() []generation.Source       // what was read, asked when reading has ended; nil for nothing
	Progress     func(Progress)                   // called now and then, from one goroutine at a time; may be nil
	Log          *slog.Logger
	Now          func() time.Time // nil for time.Now
	Disk         generation.Disk  // nil for the real one
}

// Progress tells how far a build is.
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
	Duplicates int     `json:"duplicates"` // records that a later one of the same id replaced
	Removed    int     `json:"removed"`    // articles that were taken out
	Seconds    float64 `json:"seconds"`
	TextBytes  int64   `json:"text_bytes"`
	IndexBytes int64   `json:"index_bytes"`
}

// Index makes a generation of articles and publishes it. The first error that
// articles yields ends the build. Whatever fails, the folder's published
// generation stays as it was. Errors: generation.ErrBusy, ErrEmpty, wrapped;
// that of articles; else a fault of the disk.
func Index(ctx context.Context, o Options, articles iter.Seq2[*news.Article, error]) (Summary, error) {
	return change(ctx, o, func(ctx context.Context, b *builder) error { return b.read(ctx, articles) })
}

// change makes a generation of what read takes up, and publishes it.
func change(ctx context.Context, o Options, read func(context.Context, *builder) error) (Summary, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Progress == nil {
		o.Progress = func(Progress) {}
	}
	if o.Disk == nil {
		o.Disk = generation.In(o.Out).Disk
	}
	f := generation.Folder{Path: o.Out, Disk: o.Disk}
	unlock, err := f.Lock()
	if err != nil {
		return Summary{}, err
	}
	s, err := buildLocked(ctx, o, f, read)
	return s, errors.Join(err, unlock())
}

func buildLocked(ctx context.Context, o Options, f generation.Folder, read func(context.Context, *builder) error) (s Summary, err error) {
	began := o.Now()
	space := newSpace(o)
	if err := space.begin(o.Text); err != nil {
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
	b := &builder{Options: o, folder: f, draft: draft, dir: draft.Dir, space: space}
	defer func() { err = errors.Join(err, b.close()) }()
	if err := b.prepare(ctx); err != nil {
		return Summary{}, err
	}
	if o.Memory > 0 {
		defer b.boundMapped(o.Memory / mappedShare)()
	}
	if err := read(ctx, b); err != nil {
		return Summary{}, err
	}
	if err := b.fits(b.all()); err != nil {
		return Summary{}, err
	}
	if err := b.makeVolumes(ctx); err != nil {
		return Summary{}, fmt.Errorf("indexing: %w", err)
	}
	m, err := b.finish(ctx)
	if err != nil {
		return Summary{}, fmt.Errorf("publishing: %w", err)
	}
	return Summary{
		Generation: draft.Name, Articles: m.Articles, Paragraphs: m.Paragraphs, Duplicates: b.duplicates, Removed: b.removed,
		Seconds: o.Now().Sub(began).Seconds(), TextBytes: m.TextBytes, IndexBytes: m.Bytes(index.AnalyzerDir),
	}, nil
}

// builder is one build under way.
type builder struct {
	Options
	folder generation.Folder
	draft  *generation.Draft
	dir    string // the draft's
	space  *space
	words  *analyzer.Analyzer
	base   *base // what is added to; nil for none

	incoming   int // articles that were read and not replaced again
	duplicates int
	removed    int
	size       index.Size // of all articles
	volumes    []*index.Volume
}

// prepare makes the analyzer and opens what is added to.
func (b *builder) prepare(ctx context.Context) error {
	dictionaries := filepath.Join(b.dir, index.AnalyzerDir)
	if err := os.Mkdir(dictionaries, 0o755); err != nil {
		return err
	}
	current, err := b.current(ctx)
	if err != nil {
		return err
	}
	if err := b.install(dictionaries, current); err != nil {
		return err
	}
	if b.words, err = analyzer.Open(dictionaries); err != nil {
		return err
	}
	if current == nil {
		return nil
	}
	if b.base, err = openBase(b.folder.Dir(current.Generation), current, b.words); err != nil {
		return fmt.Errorf("adding to the current generation: %w", err)
	}
	b.size = index.Size{Text: current.TextBytes, Paragraphs: current.Paragraphs}
	return nil
}

func (b *builder) close() error {
	var errs []error
	if b.base != nil {
		errs = append(errs, b.base.CloseFiles())
	}
	errs = append(errs, index.NewLibrary(b.volumes).Close())
	if b.words != nil {
		b.words.Close()
	}
	return errors.Join(errs...)
}

// finish describes what was built, checks it, and makes it the current
// generation.
func (b *builder) finish(ctx context.Context) (*generation.Manifest, error) {
	articles := index.NewLibrary(b.volumes)
	b.Progress(Progress{Phase: "publish", Done: articles.Len(), Total: articles.Len(), Bytes: b.size.Text})
	s := index.Settings{Cuts: b.words.SegmentationFingerprint()}
	var without []index.Tombstones
	for _, v := range b.volumes {
		s.Volumes, without = append(s.Volumes, v.VolumeInfo), append(without, v.Deleted)
	}
	groups, err := b.group(ctx, articles)
	if err != nil {
		return nil, err
	}
	if err := index.WriteCatalog(filepath.Join(b.dir, index.CatalogFile), without, groups); err != nil {
		return nil, err
	}
	if err := b.writeLexicon(ctx, s); err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	raw, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	m := &generation.Manifest{
		Format: index.FormatVersion, Generation: b.draft.Name, Articles: articles.Len(), Paragraphs: b.size.Paragraphs,
		TextBytes: b.size.Text, Analyzer: b.words.Fingerprint(), Settings: raw, Sources: b.sources(),
	}
	if err := smokeTest(ctx, b.dir, m, s, b.words); err != nil {
		return nil, fmt.Errorf("the new generation does not answer: %w", err)
	}
	before, err := b.folder.Current()
	if err != nil && !errors.Is(err, generation.ErrNone) {
		return nil, err
	}
	if err := b.draft.Publish(ctx, m); err != nil {
		return nil, err
	}
	if _, err := b.folder.Prune(max(b.Keep, 1), before.Name); err != nil {
		// What is published is sound; only old ones stay too long.
		b.Log.Warn("old generations could not be removed", "index", b.Out, "error", err)
	}
	return m, nil
}

// group finds the groups of near-duplicates and keeps what was compared for
// the generations to come.
func (b *builder) group(ctx context.Context, articles *index.Library) (index.Groups, error) {
	var before grouped
	if b.base != nil && !b.again() {
		var err error
		if before, err = b.base.grouped(b.folder.Dir(b.base.Manifest.Generation)); err != nil {
			return index.Groups{}, err
		}
	}
	found, known, err := findGroups(ctx, b.words, b.dir, articles, before)
	if err != nil {
		return index.Groups{}, err
	}
	return found, index.WritePairs(filepath.Join(b.dir, index.PairsFile), known)
}

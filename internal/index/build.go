package index

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"xunwen/internal/analyzer"
	"xunwen/internal/generation"
	"xunwen/internal/neardup"
	"xunwen/internal/news"
	"xunwen/internal/record"
)

// ErrEmpty says that a build found no article; nothing is published.
var ErrEmpty = errors.New("no article was read")

// mappedShare is the part of a build's memory that pages of mapped files may
// take: one in four. What is merged at a time reads well with far less.
const mappedShare = 4

// Reader reads the inputs of a build; it gives each record to emit and ends
// with emit's error if that has one. emit must be called from one goroutine.
type Reader func(ctx context.Context, emit func(*news.Article) error) error

// BuildOptions says what to build and where.
type BuildOptions struct {
	Out      string         // the index folder
	UserDict string         // a user dictionary's file, "" for none
	Synonyms string         // a file of synonyms, "" for none
	Keep     int            // generations to keep after publishing, at least 1
	Append   bool           // begin with the articles of the current generation
	Memory   int64          // bytes, a quarter of which mapped files may take; 0 for no bound
	Progress func(Progress) // called now and then, from one goroutine at a time; may be nil
	Log      *slog.Logger
	Now      func() time.Time // nil for time.Now
	Disk     generation.Disk  // nil for the real one
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
	Seconds    float64 `json:"seconds"`
	TextBytes  int64   `json:"text_bytes"`
	IndexBytes int64   `json:"index_bytes"`
}

// Build reads articles, makes a generation of them and publishes it. Whatever
// fails, the folder's published generation stays as it was. Errors:
// generation.ErrBusy, ErrEmpty, wrapped; what read returned; else a fault of the disk.
func Build(ctx context.Context, o BuildOptions, read Reader) (Summary, error) {
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

func buildLocked(ctx context.Context, o BuildOptions, f generation.Folder, read Reader) (s Summary, err error) {
	began := o.Now()
	draft, err := f.Begin(began)
	if err != nil {
		return Summary{}, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, draft.Abandon())
		}
	}()
	b := &builder{BuildOptions: o, folder: f, draft: draft, dir: draft.Dir}
	if err := b.prepare(); err != nil {
		return Summary{}, err
	}
	defer b.words.Close()
	if o.Memory > 0 {
		defer b.boundMapped(o.Memory / mappedShare)()
	}
	if err := b.read(ctx, read); err != nil {
		return Summary{}, err
	}
	if err := b.index(ctx); err != nil {
		return Summary{}, fmt.Errorf("indexing: %w", err)
	}
	m, err := b.finish(ctx)
	if err != nil {
		return Summary{}, fmt.Errorf("publishing: %w", err)
	}
	return Summary{
		Generation: draft.Name, Articles: m.Articles, Paragraphs: m.Paragraphs, Duplicates: b.duplicates,
		Seconds: o.Now().Sub(began).Seconds(), TextBytes: m.TextBytes, IndexBytes: m.Bytes(analyzerDir),
	}, nil
}

// builder is one build under way.
type builder struct {
	BuildOptions
	folder     generation.Folder
	draft      *generation.Draft
	dir        string // the draft's
	words      *analyzer.Analyzer
	articles   int
	paragraphs int
	duplicates int
	textBytes  int64
	shards     int
	columns    []articleColumns
	signatures []neardup.Signature // by article, until they are grouped
}

// prepare makes the folders and the analyzer.
func (b *builder) prepare() error {
	for _, d := range []string{analyzerDir, bleveDir, recordsDir} {
		if err := os.MkdirAll(filepath.Join(b.dir, d), 0o755); err != nil {
			return err
		}
	}
	dictionaries := filepath.Join(b.dir, analyzerDir)
	if err := b.install(dictionaries); err != nil {
		return err
	}
	words, err := analyzer.Open(dictionaries)
	b.words = words
	return err
}

// read stores every record; of records with one id the last remains, in its
// own place.
func (b *builder) read(ctx context.Context, read Reader) error {
	w, err := record.Create(filepath.Join(b.dir, recordsDir))
	if err != nil {
		return err
	}
	defer w.Close() // after Finish this does nothing
	byID := map[string]int{}
	dead := map[int]bool{}
	sizes := []size{}
	emit := func(a *news.Article) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if old, ok := byID[a.ID]; ok {
			dead[old] = true
			b.duplicates++
		}
		byID[a.ID] = w.Len()
		sizes = append(sizes, sizeOf(a))
		b.textBytes += sizes[len(sizes)-1].text
		b.Progress(Progress{Phase: "read", Done: len(sizes), Bytes: b.textBytes})
		return w.Add(a)
	}
	if b.Append {
		if err := appendCurrent(b.folder, emit); err != nil {
			return fmt.Errorf("adding to the current generation: %w", err)
		}
	}
	if err := read(ctx, emit); err != nil {
		return err
	}
	var keep []int
	b.textBytes = 0
	for i, s := range sizes {
		if !dead[i] {
			keep = append(keep, i)
			b.textBytes += s.text
			b.paragraphs += s.paragraphs
		}
	}
	b.articles = len(keep)
	if b.articles == 0 {
		return ErrEmpty
	}
	return w.Finish(keep)
}

type size struct {
	text       int64
	paragraphs int
}

// sizeOf counts what the summary calls text: titles, kickers, subtitles and
// paragraphs.
func sizeOf(a *news.Article) size {
	s := size{int64(len(a.Title) + len(a.Kicker) + len(a.Subtitle)), len(a.Paragraphs)}
	for _, p := range a.Paragraphs {
		s.text += int64(len(p.Text))
	}
	return s
}

// finish checks what was built, describes it, and makes it the current
// generation.
func (b *builder) finish(ctx context.Context) (*generation.Manifest, error) {
	b.Progress(Progress{Phase: "publish", Done: b.articles, Total: b.articles, Bytes: b.textBytes})
	if err := writeColumns(filepath.Join(b.dir, columnsFile), b.columns); err != nil {
		return nil, err
	}
	b.columns = nil // the test below reads them again
	if err := writeLexicon(ctx, b.dir, b.shards); err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	s := settings{Shards: b.shards}
	raw, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	m := &generation.Manifest{
		Format: formatVersion, Generation: b.draft.Name, Articles: b.articles, Paragraphs: b.paragraphs,
		TextBytes: b.textBytes, Analyzer: b.words.Fingerprint(), Settings: raw, Sources: []generation.Source{},
	}
	if err := smokeTest(ctx, b.dir, m, s, b.words); err != nil {
		return nil, fmt.Errorf("the new generation does not answer: %w", err)
	}
	if err := b.draft.Publish(ctx, m); err != nil {
		return nil, err
	}
	if _, err := b.folder.Prune(max(b.Keep, 1)); err != nil {
		// What is published is sound; only old ones stay too long.
		b.Log.Warn("old generations could not be removed", "index", b.Out, "error", err)
	}
	return m, nil
}

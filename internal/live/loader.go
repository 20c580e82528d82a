package live

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"xunwen/internal/generation"
	"xunwen/internal/index"
)

// How long a generation that could not be loaded is left alone, doubling each
// time: files may be restored, and a shortage of memory or file handles may
// end; but another attempt reads all of it.
const (
	retryAfter = 10 * time.Second
	retryMost  = 10 * time.Minute
)

// loader chooses the generation of an index folder to serve, and opens it. When
// the published one can't be opened, the newest one before it that can be is
// chosen. What is wrong with a generation is logged once. A loader is not safe
// for concurrent use, except for failureCount.
type loader struct {
	folder generation.Folder
	log    *slog.Logger
	now    func() time.Time

	// open opens a generation. before, which may be nil, is an open one to share checks and
	// dictionaries with. If the generation has failed before, all its files are checked first.
	open func(
		_ context.Context, _ generation.Current, before *index.Generation, failed bool,
	) (*index.Generation, error)

	failed       failures
	failureCount atomic.Int64
	lastLogged   string // why the published generation is unknown, as it was logged
	fallback     bool   // what was chosen last replaces the published one, which could not be loaded
}

// newLoader returns the loader of a folder; o must be complete.
func newLoader(f generation.Folder, o Options) *loader {
	return &loader{
		folder: f,
		log:    o.Log,
		now:    o.Now,
		open: func(
			ctx context.Context, c generation.Current, before *index.Generation, failed bool,
		) (*index.Generation, error) {
			return index.Open(ctx, f, c, before,
				index.Options{Cache: o.Cache, Segmenter: o.Segmenter, CheckAll: failed})
		},
		failed: failures{},
	}
}

// load returns the generation to serve: serving, the one that is served, if it is
// the published one or the best replacement for it, else another one, which it
// opens. nil is none, before and after. damaged is why serving must not answer any
// more, nil while it may. serving must stay open until load returns.
func (l *loader) load(ctx context.Context, serving *index.Generation, damaged error) *index.Generation {
	name := nameOf(serving)
	if damaged != nil {
		l.logDamaged(name, damaged)
	}
	for _, c := range l.candidates(name, damaged != nil) {
		if name == c.Name && damaged == nil {
			l.fallback = c.fallback
			return serving
		}
		if g := l.tryLoad(ctx, c.Current, serving); g != nil {
			l.fallback = c.fallback
			return g
		}
	}
	if damaged != nil {
		return nil
	}
	return serving
}

// candidate is a generation that may be served.
type candidate struct {
	generation.Current
	fallback bool // it is not the published one
}

// candidates lists the generations to serve, the best first: the published one,
// then those before it. Later ones were rolled back from or are not published
// yet. A published generation that is served gives way only to the one that is
// published now: those between the two may have been rolled back from.
func (l *loader) candidates(serving string, damaged bool) []candidate {
	current, err := l.folder.Current()
	var out []candidate
	switch {
	case errors.Is(err, generation.ErrNone):
		if serving == "" {
			err = nil // the first one is not built yet
		}
		l.logOnce(serving, err)
		return nil
	case err == nil:
		out = append(out, candidate{Current: current})
	}
	if serving != "" && !damaged && !l.fallback {
		l.logOnce(serving, err)
		return out
	}
	before := current.Name // "" for any
	if before == "" && damaged {
		before = serving
	}
	names, listing := l.folder.Names()
	l.logOnce(serving, errors.Join(err, listing))
	slices.Reverse(names)
	for _, name := range names {
		if before == "" || name < before {
			out = append(out, candidate{generation.Current{Name: name}, true})
		}
	}
	return out
}

// tryLoad opens a generation, unless that failed lately. It returns nil if the
// generation can't be served.
func (l *loader) tryLoad(ctx context.Context, c generation.Current, serving *index.Generation) *index.Generation {
	now := l.now()
	if !l.failed.due(c.Name, now) {
		return nil
	}
	_, failed := l.failed[c.Name]
	g, err := l.open(ctx, c, serving, failed)
	if err == nil {
		delete(l.failed, c.Name)
		l.log.Info("serving a generation", "generation", c.Name,
			"articles", g.Manifest.Articles, "paragraphs", g.Manifest.Paragraphs)
		return g
	}
	if ctx.Err() != nil {
		return nil // the generation is not at fault
	}
	l.failureCount.Add(1)
	if l.failed.add(c.Name, now) {
		l.log.Error("cannot serve a generation", "generation", c.Name, "serving", nameOf(serving),
			"error", err, "check", l.checkCommand())
	}
	return nil
}

// logDamaged logs, once, that a generation was damaged while it was served.
func (l *loader) logDamaged(name string, why error) {
	if now := l.now(); l.failed.due(name, now) {
		l.failed.add(name, now)
		l.log.Error("the served generation was damaged", "generation", name,
			"error", why, "check", l.checkCommand())
	}
}

// logOnce logs why the published generation is unknown, unless it did so the
// last time; nil means that it is known.
func (l *loader) logOnce(serving string, err error) {
	switch {
	case err == nil:
		l.lastLogged = ""
	case err.Error() != l.lastLogged:
		l.lastLogged = err.Error()
		l.log.Error("cannot tell which generation is published", "index", l.folder.Path,
			"serving", serving, "error", err)
	}
}

// checkCommand lists all that is wrong with the index.
func (l *loader) checkCommand() string { return "indexer verify --index " + l.folder.Path }

// nameOf names a generation, "" for none.
func nameOf(g *index.Generation) string {
	if g == nil {
		return ""
	}
	return g.Manifest.Generation
}

// failures are the generations that could not be loaded lately, by name.
type failures map[string]failure

type failure struct {
	retry time.Time
	delay time.Duration
}

// due reports whether to try again.
func (f failures) due(name string, now time.Time) bool {
	last, ok := f[name]
	return !ok || !now.Before(last.retry)
}

// add records a failure; first reports whether it is the first in a row.
func (f failures) add(name string, now time.Time) (first bool) {
	last, known := f[name]
	delay := retryAfter
	if known {
		delay = min(2*last.delay, retryMost)
	}
	f[name] = failure{now.Add(delay), delay}
	return !known
}

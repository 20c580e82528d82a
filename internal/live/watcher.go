package live

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"xunwen/internal/generation"
)

// How long a generation that could not be loaded is left alone, doubling each
// time: files may be restored, and a shortage of memory or file handles may
// end; but another attempt reads all of it.
const (
	retryAfter = 10 * time.Second
	retryMost  = 10 * time.Minute
)

// loader serves one generation at a time.
type loader interface {
	// serving returns the generation that is served, "" for none, and why it must
	// not answer any more, nil while it may.
	serving() (name string, damaged error)
	// load opens a generation and serves it instead of the one that is served,
	// which stays if there is an error.
	load(context.Context, generation.Current) error
	// unload serves nothing.
	unload()
}

// watcher watches an index folder and has its loader load what is published
// there. When that can't be loaded, the newest generation before it that can be
// is loaded instead. What is wrong with a generation is logged once. A watcher
// is not safe for concurrent use.
type watcher struct {
	folder generation.Folder
	loader loader
	log    *slog.Logger
	now    func() time.Time

	failed     failures
	lastLogged string // why the published generation is unknown, as it was logged
	fallback   bool   // what is served replaces the published one, which could not be loaded
}

func newWatcher(f generation.Folder, l loader, log *slog.Logger, now func() time.Time) *watcher {
	return &watcher{folder: f, loader: l, log: log, now: now, failed: failures{}}
}

// look has the published generation loaded, or the best replacement for it,
// unless it is served already.
func (w *watcher) look(ctx context.Context) {
	serving, damaged := w.loader.serving()
	if damaged != nil {
		w.logDamaged(serving, damaged)
	}
	for _, c := range w.candidates(serving, damaged != nil) {
		if serving == c.Name && damaged == nil {
			w.fallback = c.fallback
			return
		}
		if w.tryLoad(ctx, c.Current, serving) {
			w.fallback = c.fallback
			return
		}
	}
	if damaged != nil {
		w.loader.unload()
	}
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
func (w *watcher) candidates(serving string, damaged bool) []candidate {
	current, err := w.folder.Current()
	var out []candidate
	switch {
	case errors.Is(err, generation.ErrNone):
		if serving == "" {
			err = nil // it is still to come
		}
		w.logOnce(err)
		return nil
	case err == nil:
		out = append(out, candidate{Current: current})
	}
	if serving != "" && !damaged && !w.fallback {
		w.logOnce(err)
		return out
	}
	before := current.Name // "" for any
	if before == "" && damaged {
		before = serving
	}
	names, listing := w.folder.Names()
	w.logOnce(errors.Join(err, listing))
	slices.Reverse(names)
	for _, name := range names {
		if before == "" || name < before {
			out = append(out, candidate{generation.Current{Name: name}, true})
		}
	}
	return out
}

// tryLoad has a generation loaded, unless that failed lately, and reports
// whether it is served.
func (w *watcher) tryLoad(ctx context.Context, c generation.Current, serving string) bool {
	now := w.now()
	if !w.failed.due(c.Name, now) {
		return false
	}
	err := w.loader.load(ctx, c)
	if err == nil {
		delete(w.failed, c.Name)
		return true
	}
	if ctx.Err() == nil && w.failed.add(c.Name, now) {
		w.log.Error("cannot serve a generation", "generation", c.Name, "serving", serving,
			"error", err, "check", w.checkCommand())
	}
	return false
}

// logDamaged logs, once, that a generation was damaged while it was served.
func (w *watcher) logDamaged(name string, why error) {
	if now := w.now(); w.failed.due(name, now) {
		w.failed.add(name, now)
		w.log.Error("the served generation was damaged", "generation", name,
			"error", why, "check", w.checkCommand())
	}
}

// logOnce logs why the published generation is unknown, unless it did so the
// last time; nil ends it.
func (w *watcher) logOnce(err error) {
	switch {
	case err == nil:
		w.lastLogged = ""
	case err.Error() != w.lastLogged:
		w.lastLogged = err.Error()
		serving, _ := w.loader.serving()
		w.log.Error("cannot tell which generation is published", "index", w.folder.Path,
			"serving", serving, "error", err)
	}
}

// checkCommand lists all that is wrong with the index.
func (w *watcher) checkCommand() string { return "indexer verify --index " + w.folder.Path }

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

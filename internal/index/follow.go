package index

import (
	"context"
	"errors"
	"slices"
	"time"

	"xunwen/internal/generation"
)

// How long a generation that could not be opened is left alone, doubling each
// time: files may be put back, and a shortage of memory or file handles may
// end; but to look means to read all of it.
const (
	retryAfter = 10 * time.Second
	retryMost  = 10 * time.Minute
)

// failures are the generations that could not be opened lately, by name.
type failures map[string]failure

type failure struct {
	again time.Time
	delay time.Duration
}

// due tells whether to try once more.
func (f failures) due(key string, now time.Time) bool {
	last, ok := f[key]
	return !ok || !now.Before(last.again)
}

// add notes a failure; first says that it is news.
func (f failures) add(key string, now time.Time) (first bool) {
	last, known := f[key]
	delay := retryAfter
	if known {
		delay = min(2*last.delay, retryMost)
	}
	f[key] = failure{now.Add(delay), delay}
	return !known
}

// refresh takes up the published generation, or where that can't be served the
// newest before it that can, if it is another than the one served. What is
// wrong with a generation is logged once. It is not for concurrent use.
func (l *Live) refresh(ctx context.Context) {
	l.mu.Lock()
	closed := l.closed
	var serving *opened
	bad := false
	if l.now != nil {
		serving, bad = l.now.opened, l.now.bad != nil // it stays open: only this goroutine swaps
		if bad {
			l.blame(l.now)
		}
	}
	l.mu.Unlock()
	if closed {
		return
	}
	for _, c := range l.candidates(serving, bad) {
		if serving != nil && serving.manifest.Generation == c.Name && !bad {
			l.instead = c.instead
			return
		}
		if g := l.try(ctx, c.Current, serving); g != nil {
			l.instead = c.instead
			l.swap(g)
			l.takenUp.Add(1)
			l.opts.Log.Info("serving a generation", "generation", c.Name, "articles", g.manifest.Articles, "paragraphs", g.manifest.Paragraphs)
			return
		}
	}
	if bad {
		l.swap(nil)
	}
}

// blame notes, once, that a generation went bad while it was served.
func (l *Live) blame(s *shared) {
	key := s.manifest.Generation
	if l.failed.due(key, l.opts.Now()) {
		l.failed.add(key, l.opts.Now())
		l.opts.Log.Error("the generation that is served went bad", "generation", s.manifest.Generation, "error", s.bad, "look", l.lookCommand())
	}
}

// candidate is a generation that may be served.
type candidate struct {
	generation.Current
	instead bool // of the published one
}

// lookCommand tells all that is wrong with the index.
func (l *Live) lookCommand() string { return "indexer verify --index " + l.folder.Path }

// candidates lists the generations to serve, the best first: the published
// one, then those before it. Later ones were rolled back from, or are not
// published yet. What was published and is served gives way to no other than
// what is published now: those between the two may have been rolled back from.
func (l *Live) candidates(serving *opened, bad bool) []candidate {
	current, err := l.folder.Current()
	var out []candidate
	switch {
	case errors.Is(err, generation.ErrNone):
		if serving == nil {
			err = nil // it is still to come
		}
		l.tell(err)
		return nil
	case err == nil:
		out = append(out, candidate{Current: current})
	}
	if serving != nil && !bad && !l.instead {
		l.tell(err)
		return out
	}
	before := current.Name // "" for any
	if before == "" && bad {
		before = serving.manifest.Generation
	}
	names, listing := l.folder.Names()
	l.tell(errors.Join(err, listing))
	slices.Reverse(names)
	for _, name := range names {
		if before == "" || name < before {
			out = append(out, candidate{generation.Current{Name: name}, true})
		}
	}
	return out
}

// tell logs, once, why what is published can't be told; nil ends it.
func (l *Live) tell(err error) {
	switch {
	case err == nil:
		l.told = ""
	case err.Error() != l.told:
		l.told = err.Error()
		l.opts.Log.Error("what is published can't be told", "index", l.folder.Path, "serving", l.Generation(), "error", err)
	}
}

// try opens a generation; nil if it can't, now or since lately.
func (l *Live) try(ctx context.Context, c generation.Current, serving *opened) *opened {
	now := l.opts.Now()
	if !l.failed.due(c.Name, now) {
		return nil
	}
	g, err := openGeneration(ctx, l.folder, c, serving, l.opts.Cache)
	if err == nil {
		delete(l.failed, c.Name)
		return g
	}
	if ctx.Err() != nil {
		return nil
	}
	l.refused.Add(1)
	if l.failed.add(c.Name, now) {
		l.opts.Log.Error("a generation can't be served", "generation", c.Name, "serving", l.Generation(), "error", err, "look", l.lookCommand())
	}
	return nil
}

package live

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"slices"
	"testing"
	"time"

	"xunwen/internal/build/buildtest"
	"xunwen/internal/generation"
)

// fakeLoader records what a watcher has loaded.
type fakeLoader struct {
	name    string
	damaged error
	broken  map[string]bool // generations that can't be loaded
	tried   []string
}

func (l *fakeLoader) serving() (string, error) { return l.name, l.damaged }

func (l *fakeLoader) load(_ context.Context, c generation.Current) error {
	l.tried = append(l.tried, c.Name)
	if l.broken[c.Name] {
		return errors.New("broken")
	}
	l.name, l.damaged = c.Name, nil
	return nil
}

func (l *fakeLoader) unload() { l.name, l.damaged = "", nil }

// A watcher decides by the folder and the clock alone; no index is opened.
func TestWatcherHasGenerationsLoaded(t *testing.T) {
	t.Parallel()
	dir := buildtest.New(t, buildtest.Text("a", "题"))
	first := buildtest.Current(t, dir).Name
	second := buildtest.Rebuild(t, dir, buildtest.Text("b", "题")).Generation
	now := time.Date(2026, 3, 12, 8, 0, 0, 0, time.UTC)
	l := &fakeLoader{broken: map[string]bool{second: true}}
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	w := newWatcher(generation.In(dir), l, log, func() time.Time { return now })
	for _, step := range []struct {
		name  string
		after time.Duration
		setUp func()
		tried []string
		want  string
	}{
		{"the published one is broken", 0, nil, []string{second, first}, first},
		{"too early for another attempt", retryAfter - 1, nil, nil, first},
		{"still broken", 1, nil, []string{second}, first},
		{"the interval has doubled", 2*retryAfter - 1, nil, nil, first},
		{"it was restored", 1, func() { l.broken = nil }, []string{second}, second},
		{"nothing has changed", time.Hour, nil, nil, second},
		{"damaged while it is served", 0, func() { l.damaged = errors.New("damaged") }, []string{first}, first},
		{"read again later", retryAfter, nil, []string{second}, second},
	} {
		now = now.Add(step.after)
		if step.setUp != nil {
			step.setUp()
		}
		l.tried = nil
		w.look(t.Context())
		if !slices.Equal(l.tried, step.tried) || l.name != step.want {
			t.Errorf("%s: %v were tried and %q is served, want %v and %q",
				step.name, l.tried, l.name, step.tried, step.want)
		}
	}
}

package live

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"
	"time"

	"xunwen/internal/build/buildtest"
	"xunwen/internal/generation"
	"xunwen/internal/index"
)

// fakeIndex opens generations without files.
type fakeIndex struct {
	broken map[string]bool // generations that can't be opened
	tried  []string
	wary   []string // those of tried whose files are all checked
}

func (x *fakeIndex) open(
	_ context.Context, c generation.Current, _ *index.Generation, failed bool,
) (*index.Generation, error) {
	x.tried = append(x.tried, c.Name)
	if failed {
		x.wary = append(x.wary, c.Name)
	}
	if x.broken[c.Name] {
		return nil, errors.New("broken")
	}
	return &index.Generation{Files: &index.Files{Manifest: &generation.Manifest{Generation: c.Name}}}, nil
}

// TestLoaderChoosesGeneration checks which generations a loader tries, and when: it decides
// by the folder, the clock and what opens.
func TestLoaderChoosesGeneration(t *testing.T) {
	t.Parallel()
	dir := buildtest.New(t, buildtest.Text("a", "题"))
	first := buildtest.Current(t, dir).Name
	second := buildtest.Rebuild(t, dir, buildtest.Text("b", "题")).Generation
	now := time.Date(2026, 3, 12, 8, 0, 0, 0, time.UTC)
	l := newLoader(generation.In(dir), Options{
		Log: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return now },
	})
	x := &fakeIndex{broken: map[string]bool{second: true}}
	l.open = x.open
	var serving *index.Generation
	damaged := errors.New("damaged")
	for _, step := range []struct {
		name  string
		after time.Duration
		setUp func()
		bad   error
		tried []string
		wary  []string
		want  string
	}{
		{"the published one is broken", 0, nil, nil, []string{second, first}, nil, first},
		{"too early for another attempt", retryAfter - 1, nil, nil, nil, nil, first},
		{"still broken", 1, nil, nil, []string{second}, []string{second}, first},
		{"the interval has doubled", 2*retryAfter - 1, nil, nil, nil, nil, first},
		{"it was restored", 1, func() { x.broken = nil }, nil, []string{second}, []string{second}, second},
		{"nothing has changed", time.Hour, nil, nil, nil, nil, second},
		{"damaged while it is served", 0, nil, damaged, []string{first}, nil, first},
		{"read again later", retryAfter, nil, nil, []string{second}, []string{second}, second},
	} {
		now = now.Add(step.after)
		if step.setUp != nil {
			step.setUp()
		}
		x.tried, x.wary = nil, nil
		serving = l.load(t.Context(), serving, step.bad)
		if !slices.Equal(x.tried, step.tried) || !slices.Equal(x.wary, step.wary) || nameOf(serving) != step.want {
			t.Errorf("%s: %v were tried, %v checked as a whole, and %q is served, want %v, %v and %q",
				step.name, x.tried, x.wary, nameOf(serving), step.tried, step.wary, step.want)
		}
	}
	x.broken = map[string]bool{first: true, second: true}
	if got := l.load(t.Context(), serving, damaged); got != nil {
		t.Errorf("nothing can be opened, and %q is served", nameOf(got))
	}
}

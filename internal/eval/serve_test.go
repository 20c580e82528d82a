package eval_test

import (
	"testing"

	"xunwen/internal/analyzer"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/engine"
	"xunwen/internal/generation"
	"xunwen/internal/index"
	"xunwen/internal/live"
	"xunwen/internal/textnorm"
)

// served is the index in a folder, open.
type served struct {
	*live.Engine
	dir string
}

func open(t testing.TB, dir string) *served {
	t.Helper()
	e := live.Open(t.Context(), dir, live.Options{})
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return &served{e, dir}
}

// openGeneration opens the published generation of an index by itself.
func openGeneration(t testing.TB, dir string) *index.Generation {
	t.Helper()
	g, err := index.Open(t.Context(), generation.In(dir), buildtest.Current(t, dir), nil,
		index.Options{Cache: engine.DefaultCache})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := g.Close(); err != nil {
			t.Error(err)
		}
	})
	return g
}

// folder returns how the program's own dictionaries fold texts.
func folder(t testing.TB) textnorm.Folder {
	t.Helper()
	f, err := analyzer.NewFolder()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

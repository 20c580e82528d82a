package index_test

import (
	"testing"

	"xunwen/internal/build/buildtest"
	"xunwen/internal/generation"
	"xunwen/internal/index"
	"xunwen/internal/news"
)

// openBuilt builds an index of list and opens its generation.
func openBuilt(t *testing.T, list ...news.Article) *index.Generation {
	t.Helper()
	return openCurrent(t, buildtest.New(t, list...))
}

// openCurrent opens the published generation of an index.
func openCurrent(t *testing.T, dir string) *index.Generation {
	t.Helper()
	return openAfter(t, dir, nil)
}

// openAfter opens the published generation of an index with the checks of another one, nil for
// none.
func openAfter(t *testing.T, dir string, before *index.Generation) *index.Generation {
	t.Helper()
	g, err := index.Open(t.Context(), generation.In(dir), buildtest.Current(t, dir), before, index.Options{})
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

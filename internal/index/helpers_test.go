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
	return openDir(t, buildtest.New(t, list...))
}

func openDir(t *testing.T, dir string) *index.Generation {
	t.Helper()
	g, err := index.Open(t.Context(), generation.In(dir), buildtest.Current(t, dir), nil, index.Options{})
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

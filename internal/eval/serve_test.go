package eval_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xunwen/internal/analyzer"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/engine"
	"xunwen/internal/generation"
	"xunwen/internal/index"
	"xunwen/internal/live"
	"xunwen/internal/opensearch"
	"xunwen/internal/opensearch/client"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/opensearch/opensearchtest"
	"xunwen/internal/opensearch/publication"
	"xunwen/internal/search"
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

// onWantedEngine returns an index as it is, or published in a cluster if the environment variable
// XUNWEN_OPENSEARCH is set: to the cluster's address, or to "start" for one that the test starts.
func (s *served) onWantedEngine(t *testing.T) search.Engine {
	t.Helper()
	address := os.Getenv("XUNWEN_OPENSEARCH")
	switch address {
	case "":
		return s.Engine
	case "start":
		address = opensearchtest.Start(t, 1).URLs[0]
	}
	c, err := client.Connect(client.Connection{Addresses: []string{address}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	name := "eval-" + strings.ToLower(filepath.Base(s.dir)) // of the same generation it is published once
	err = publication.Publish(t.Context(), c, openGeneration(t, s.dir), publication.Publishing{
		Name: name, Shape: layout.Shape{Shards: 2},
		Reject: func(r publication.Reject) { t.Errorf("rejected: %+v", r) },
	})
	if err != nil {
		t.Fatal(err)
	}
	g, err := opensearch.Open(t.Context(), c, name, analyzer.Builtin, opensearch.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(g.Close)
	return g
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

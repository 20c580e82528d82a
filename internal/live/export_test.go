package live

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"

	"xunwen/internal/build/buildtest"
	"xunwen/internal/generation"
	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// swapping is a sink that publishes another generation at the first hit and waits until it
// is served.
type swapping struct {
	swap       func()
	generation string
	ids        []string
}

func (s *swapping) Begin(o search.Origin) error { s.generation = o.Generation; return nil }

func (s *swapping) Write(h search.Hit, _ []search.Marked) error {
	if len(s.ids) == 0 {
		s.swap()
	}
	s.ids = append(s.ids, h.Article.ID)
	return nil
}

// inUse lists the generations of an index folder that a process has pinned.
func inUse(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := generation.In(dir).List()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if e.InUse {
			names = append(names, e.Name)
		}
	}
	return names
}

// TestExportKeepsItsGeneration swaps generations during an export. It ends with the one that
// it began with, which stays open until then and no longer.
func TestExportKeepsItsGeneration(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "news")
		var list []news.Article
		for i := range 3 * batchHits {
			list = append(list, buildtest.Text(fmt.Sprintf("a%d", i), "", "渡口开放。"))
		}
		before := buildtest.Rebuild(t, dir, list...).Generation
		l := watch(t, dir)
		var after string
		out := &swapping{swap: func() {
			after = buildtest.Rebuild(t, dir, buildtest.Text("b", "", "渡口停航。")).Generation
			l.look(t, 0)
			if got, want := inUse(t, dir), []string{after, before}; !slices.Equal(got, want) {
				t.Errorf("during the export, %v are in use, want %v", got, want)
			}
		}}
		r := search.Request{Query: &query.Word{Text: "渡口"}, Uncollapsed: true}
		if err := l.Export(t.Context(), search.ExportRequest{Search: r}, out); err != nil {
			t.Fatal(err)
		}
		if out.generation != before || len(out.ids) != len(list) {
			t.Errorf("%d hits of %s, want %d of %s", len(out.ids), out.generation, len(list), before)
		}
		if l.Generation() != after || after == before {
			t.Errorf("%s is served, want %s", l.Generation(), after)
		}
		if got, want := inUse(t, dir), []string{after}; !slices.Equal(got, want) {
			t.Errorf("after the export, %v are in use, want %v", got, want)
		}
	})
}

// leaving is a sink whose reader goes away after one hit.
type leaving struct{ hits int }

var errGone = errors.New("the client went away")

func (g *leaving) Begin(search.Origin) error { return nil }

func (g *leaving) Write(search.Hit, []search.Marked) error { g.hits++; return errGone }

func TestExportEndsWithItsReader(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "news")
	buildtest.Rebuild(t, dir, buildtest.Text("a", "", "渡口开放。"), buildtest.Text("b", "", "渡口停航，明天再开。"))
	l, g := open(t, dir), &leaving{}
	err := l.Export(t.Context(), search.ExportRequest{Search: search.Request{Query: &query.Word{Text: "渡口"}}}, g)
	if !errors.Is(err, errGone) || g.hits != 1 {
		t.Errorf("after %d hits: %v", g.hits, err)
	}
}

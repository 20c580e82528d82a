package live

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"xunwen/internal/analyzer"
	"xunwen/internal/build"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/search/searchtest"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	folder, err := analyzer.NewFolder()
	if err != nil {
		t.Fatal(err)
	}
	dictionaries := t.TempDir() // those of the program, compiled once for all indexes
	if err := errors.Join(analyzer.Install(dictionaries, ""), analyzer.Compile(dictionaries)); err != nil {
		t.Fatal(err)
	}
	searchtest.Run(t, func(t *testing.T, list []news.Article, synonyms ...string) search.Engine {
		dir := filepath.Join(t.TempDir(), "news")
		var files []string
		if len(synonyms) > 0 {
			files = []string{buildtest.File(t, "synonyms.txt", strings.Join(synonyms, ""))}
		}
		o := build.Options{Out: dir, Keep: 1, Synonyms: files, Dictionaries: os.DirFS(dictionaries)}
		if _, err := build.Index(t.Context(), o, buildtest.Articles(list...)); err != nil {
			t.Fatal(err)
		}
		return open(t, dir)
	}, folder)
}

func TestNothingIsPublishedYet(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "news")
		l := watch(t, dir)
		if _, err := l.Search(t.Context(), search.Request{Query: &query.Word{Text: "渡口"}, Size: 1}); !errors.Is(err,
			search.ErrNotReady) {
			t.Errorf("search without an index: %v", err)
		}
		if l.Generation() != "" {
			t.Errorf("generation %q", l.Generation())
		}
		buildtest.Rebuild(t, dir, buildtest.Text("a", "", "渡口。"))
		l.look(t, 0)
		if count(t, l, "渡口") != 1 {
			t.Error("the first generation is not served")
		}
	})
}

// TestOpeningEndsWithItsContext checks that stopping a server while it opens a large index
// doesn't wait for the end of that.
func TestOpeningEndsWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		dir := buildtest.New(t, buildtest.Text("a", "", "渡口。"))
		stopped, stop := context.WithCancel(t.Context())
		stop()
		var log strings.Builder
		l := Open(stopped, dir, Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
		if got := l.Generation(); got != "" || log.Len() > 0 {
			t.Errorf("%q is served, and the log is %q", got, log.String())
		}
		run(t, l)
		time.Sleep(defaultPoll) // the generation is not at fault, so it is tried again at once
		synctest.Wait()
		if count(t, l, "渡口") != 1 {
			t.Error("it is not loaded")
		}
	})
}

// TestSwapsUnderRequests swaps generations while requests run. None fails, and each answer
// comes from one generation, as its total shows.
func TestSwapsUnderRequests(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "news")
	size := map[string]int{}
	grow := func(n int) {
		var list []news.Article
		for i := range n {
			list = append(list, buildtest.Text(fmt.Sprintf("a%d", i), "", "渡口开放。"))
		}
		size[buildtest.Rebuild(t, dir, list...).Generation] = n
	}
	grow(1)
	l := Open(t.Context(), dir, Options{Poll: time.Millisecond})
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var all sync.WaitGroup
	all.Go(func() {
		if err := l.Run(ctx); err != nil {
			t.Error(err)
		}
	})
	totals := make([]map[string]int, 4)
	for i := range totals {
		all.Go(func() { totals[i] = totalsUntil(ctx, t, l) })
	}
	const swaps = 4
	for n := 2; n <= 1+swaps; n++ {
		grow(n)
		last := buildtest.Current(t, dir)
		waitUntil(t, "Run loads the generation", func() bool { return l.Generation() == last.Name })
	}
	stop()
	ends(t, "Run and the requests", func() error { all.Wait(); return nil })
	ends(t, "closing", l.Close)
	served := map[string]bool{}
	for _, answered := range totals {
		for generation, total := range answered {
			served[generation] = true
			if size[generation] != total {
				t.Errorf("%s has %d articles and answered %d", generation, size[generation], total)
			}
		}
	}
	if len(served) < 2 {
		t.Errorf("only %d generations answered", len(served))
	}
}

// totalsUntil searches until ctx ends, and returns the total of each generation that
// answered.
func totalsUntil(ctx context.Context, t *testing.T, e *Engine) map[string]int {
	totals := map[string]int{}
	r := search.Request{Query: &query.Word{Text: "渡口"}, By: search.ByArticle, Size: 1, Uncollapsed: true}
	for ctx.Err() == nil {
		got, err := e.Search(t.Context(), r)
		if err != nil {
			t.Error(err)
			break
		}
		if old, ok := totals[got.Generation]; ok && old != got.Total {
			t.Errorf("%s answers %d, before %d", got.Generation, got.Total, old)
		}
		totals[got.Generation] = got.Total
	}
	return totals
}

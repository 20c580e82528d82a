package e2e

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/build"
	"xunwen/internal/generation"
	"xunwen/internal/news"
)

var swapsFlag = flag.Int("swaps", 6, "number of swaps in TestManySwaps")

// swappedSizes are the sizes of the two generations; each answer shows which one it
// comes from.
var swappedSizes = []int{30, 70}

// swapped builds two generations whose articles have the same ids but differ in
// number and title, and returns their names.
func swapped(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	for _, n := range swappedSizes {
		o := build.Options{Out: dir, Dictionaries: analyzertest.Frequent(t), Keep: 2, Log: quiet}
		s, err := build.Index(t.Context(), o, func(yield func(*news.Article, error) bool) {
			for i := range n {
				a := news.Article{ID: fmt.Sprintf("n%d", i), Title: fmt.Sprintf("渡口第%d代", n),
					Paragraphs: []news.Paragraph{{Text: fmt.Sprintf("渡口今天开放，这是%d篇里的第%d篇。", n, i)}}}
				if err := a.Normalize(); !yield(&a, err) {
					return
				}
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, s.Generation)
	}
	return names
}

// whole reports whether an answer to q=渡口 comes entirely from the generation of n
// articles.
func whole(members map[string]any, n int) bool {
	hits, _ := members["hits"].([]any)
	if members["total"] != float64(n) || len(hits) != 10 {
		return false
	}
	for _, hit := range hits {
		if hit.(map[string]any)["title"] != fmt.Sprintf("渡口第%d代", n) {
			return false
		}
	}
	return true
}

// used is what searchd uses once idle connections are closed.
type used struct{ files, heap int }

func usedNow(t *testing.T, p *process) used {
	t.Helper()
	http.DefaultClient.CloseIdleConnections()
	u := p.usage(t)
	return used{p.openFiles(t), u.heap}
}

// TestManySwaps swaps generations repeatedly while requests run. None fails, none
// mixes two generations, and nothing leaks.
func TestManySwaps(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "news")
	names := swapped(t, dir)
	size := map[string]int{names[0]: swappedSizes[0], names[1]: swappedSizes[1]}
	p := launch(t, dir, io.Discard, "--admin-listen", "127.0.0.1:0", "--pprof")
	swap := func(to string) {
		t.Helper()
		f := generation.In(dir)
		unlock, err := f.Lock()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Rollback(t.Context(), to, nil); err != nil {
			t.Error(err)
		}
		if err := unlock(); err != nil {
			t.Error(err)
		}
		until(t, p.base+"/readyz", func(_ int, members map[string]any) bool { return members["generation"] == to })
	}
	swap(names[0])
	swap(names[1])
	before := usedNow(t, p)

	const askers = 4
	ctx, stop := context.WithCancel(t.Context())
	var asked [2]atomic.Int64
	var wait sync.WaitGroup
	for range askers {
		wait.Go(func() {
			for ctx.Err() == nil {
				status, members, err := answer(context.WithoutCancel(ctx), p.base+"/api/v1/search?q=渡口&collapse=0")
				generation, _ := members["generation"].(string)
				if err != nil || status != http.StatusOK || !whole(members, size[generation]) {
					t.Errorf("during a swap: %d %v %v", status, members, err)
					return
				}
				if generation == names[0] {
					asked[0].Add(1)
				} else {
					asked[1].Add(1)
				}
			}
		})
	}
	for i := range *swapsFlag {
		swap(names[i%2])
	}
	stop()
	wait.Wait()
	after := usedNow(t, p)
	// Connections are closed in the background.
	for end := time.Now().Add(waitTime); after.files > before.files && time.Now().Before(end); {
		after = usedNow(t, p)
	}
	t.Logf("%d swaps, %d and %d answers; files open %d before and %d after, heap %.1f MB and %.1f MB", *swapsFlag,
		asked[0].Load(), asked[1].Load(), before.files, after.files, float64(before.heap)/1e6, float64(after.heap)/1e6)
	if *swapsFlag > 1 && (asked[0].Load() == 0 || asked[1].Load() == 0) {
		t.Error("one of the two never answered")
	}
	if after.heap > before.heap+before.heap/2 {
		t.Errorf("the heap grew from %d to %d bytes", before.heap, after.heap)
	}
}

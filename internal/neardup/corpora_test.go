package neardup

import (
	"bufio"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"xunwen/internal/news"
	"xunwen/internal/source"
)

// The measurements here are for make eval: XUNWEN_CORPORA names a folder with
// webnews, broadcast and newspaper1998 (.jsonl.gz each).

var readCorpora = sync.OnceValues(func() ([]news.Article, error) {
	var paths []string
	for _, f := range []string{"webnews", "broadcast", "newspaper1998"} {
		paths = append(paths, filepath.Join(os.Getenv("XUNWEN_CORPORA"), f+".jsonl.gz"))
	}
	inputs, err := source.Expand(paths)
	if err != nil {
		return nil, err
	}
	var all []news.Article
	for e, err := range source.Read(context.Background(), inputs, source.Options{}) {
		if err != nil {
			return nil, err
		}
		if e.Article != nil {
			all = append(all, *e.Article)
		}
	}
	return all, nil
})

func corpora(t *testing.T) []news.Article {
	if os.Getenv("XUNWEN_CORPORA") == "" {
		t.Skip("XUNWEN_CORPORA is not set")
	}
	all, err := readCorpora()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

type labelled struct {
	a, b  *news.Article
	label string
}

func labelledPairs(t *testing.T, all []news.Article, name string) []labelled {
	byID := map[string]*news.Article{}
	for i := range all {
		byID[all[i].ID] = &all[i]
	}
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []labelled
	for s := bufio.NewScanner(f); s.Scan(); {
		cells := strings.Split(s.Text(), "\t")
		if len(cells) != 3 || byID[cells[0]] == nil || byID[cells[1]] == nil {
			t.Fatalf("%s: no pair of the corpora: %s", name, s.Text())
		}
		out = append(out, labelled{byID[cells[0]], byID[cells[1]], cells[2]})
	}
	return out
}

// TestEvalLabelledPairs prints which labelled pairs each threshold accepts, with
// and without the rule about figures. The one in use must accept only copies of
// pairs.tsv, and no update.
func TestEvalLabelledPairs(t *testing.T) {
	all := corpora(t)
	for _, name := range []string{"pairs.tsv", "found.tsv"} {
		pairs := labelledPairs(t, all, name)
		type judged struct {
			similarity
			label string
		}
		var list []judged
		copies := 0
		for _, p := range pairs {
			a, b := prepare(p.a), prepare(p.b)
			l := compare(p.a, p.b)
			l.changedFigures = a.allFigures().changed(b.allFigures())
			list = append(list, judged{l, p.label})
			if p.label == "copy" {
				copies++
			}
			if l.nearDuplicate() && (p.label == "update" || p.label == "other" && name == "pairs.tsv") {
				t.Errorf("%s and %s are grouped: %s, %.2f", p.a.ID, p.b.ID, p.label, l.mean())
			}
		}
		t.Logf("%s: %d pairs, %d copies", name, len(pairs), copies)
		for least := 0.5; least < 0.96; least += 0.05 {
			var found, right, bare, bareRight int
			for _, l := range list {
				if l.mean() < least {
					continue
				}
				bare++
				if l.label == "copy" {
					bareRight++
				}
				if l.changedFigures == 0 {
					found++
					if l.label == "copy" {
						right++
					}
				}
			}
			share := func(n, of int) float64 { return float64(n) / float64(max(of, 1)) }
			t.Logf("  mean ≥ %.2f: %3d found, precision %.3f, recall %.3f; without the rule about figures %3d, %.3f",
				least, found, share(right, found), share(right, copies), bare, share(bareRight, bare))
		}
	}
}

// TestEvalGroups prints how many groups the corpora have, and the cost of grouping.
func TestEvalGroups(t *testing.T) {
	all := corpora(t)
	r := testing.Benchmark(func(b *testing.B) {
		for b.Loop() {
			for i := range all {
				comparer.Sign(&all[i])
			}
		}
	})
	signatures := make([]Signature, len(all))
	for i := range all {
		signatures[i] = comparer.Sign(&all[i])
	}
	reads := 0
	var groups []uint32
	g := testing.Benchmark(func(b *testing.B) {
		for b.Loop() {
			reads = 0
			var err error
			if groups, _, err = comparer.Groups(t.Context(), signatures, nil,
				func(i int) (news.Article, error) { reads++; return all[i], nil }); err != nil {
				t.Fatal(err)
			}
		}
	})
	size := map[uint32]int{}
	for _, first := range groups {
		size[first]++
	}
	sizes := map[int]int{}
	largest := 0
	for _, n := range size {
		sizes[n]++
		largest = max(largest, n)
	}
	t.Logf("%d articles: signatures %v, groups %v with %d texts read", len(all), r.T/time.Duration(r.N),
		g.T/time.Duration(g.N), reads)
	t.Logf("groups by size: %v", sizes)
	if largest > 60 {
		t.Errorf("a group of %d articles: look at it", largest)
	}
}

package build_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/build"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/news"
)

// TestBuildStopsBeforeTheDiskIsFull checks that a build stops in time: before it starts, while
// it reads and indexes, and before it merges. The error names the free and the required
// space, and nothing is left behind.
func TestBuildStopsBeforeTheDiskIsFull(t *testing.T) {
	t.Parallel()
	const reserve = 1 << 30
	dir := buildtest.New(t, buildtest.Text("a", "", "青禾大桥合龙。"))
	before := published(t, dir)
	var list []news.Article
	for i := range 14 { // as much text as between two checks
		list = append(list,
			buildtest.Text(fmt.Sprintf("b%d", i), "", strings.Repeat(fmt.Sprintf("第%d号公报说，渡口今天开放。", i), 2000)))
	}
	for _, c := range []struct {
		name  string
		looks int64 // checks with enough space
		text  int64
		says  string
		built bool
	}{
		{"before", 0, 1 << 20, "of text takes about", false},
		{"while reading", 1, 0, "more is to be written", false},
		{"while indexing", 2, 0, "more is to be written", false},
		{"before merging", 3, 0, "the segment takes about", false},
		{"enough", 1 << 40, 1 << 20, "", true},
	} {
		var looks atomic.Int64
		o := build.Options{Out: dir, Keep: 1, Dictionaries: analyzertest.Frequent(t), Reserve: reserve, Text: c.text,
			Free: func(path string) (int64, error) {
				if path != dir {
					t.Errorf("it checks the disk of %s", path)
				}
				if looks.Add(1) > c.looks {
					return reserve - 1, nil
				}
				return 1 << 40, nil
			}}
		_, err := build.Index(t.Context(), o, buildtest.Articles(list...))
		if c.built {
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			t.Logf("%d looks", looks.Load())
			continue
		}
		if !errors.Is(err, build.ErrSpace) || !strings.Contains(err.Error(), c.says) ||
			!strings.Contains(err.Error(), "1073.7 MB free") {
			t.Errorf("%s: %v, want %q", c.name, err, c.says)
		}
		if after := published(t, dir); after != before {
			t.Errorf("%s: the published generation changed", c.name)
		}
		if left, err := filepath.Glob(filepath.Join(dir, "*.tmp")); err != nil || len(left) > 0 {
			t.Errorf("%s: %v is left (%v)", c.name, left, err)
		}
	}
}

func TestBuildKeepsItsMemoryLimit(t *testing.T) {
	t.Parallel()
	dir := buildtest.New(t, buildtest.Text("a", "", "青禾大桥合龙。"))
	before := published(t, dir)
	three := buildtest.Articles(buildtest.Text("b", "", "云汀湖开湖。"), buildtest.Text("c", "", "渡口停航。"),
		buildtest.Text("d", "", "早茶开张。"))
	o := build.Options{Out: dir, Keep: 1, Dictionaries: analyzertest.Frequent(t), Memory: 3*build.ArticleMemory - 1}
	if _, err := build.Index(t.Context(), o, three); !errors.Is(err, build.ErrMemory) ||
		!strings.Contains(err.Error(), "3 articles") {
		t.Errorf("three articles where there is memory for two: %v", err)
	}
	if got := published(t, dir); got != before {
		t.Errorf("%q is published, want %q", got, before)
	}
	o.Memory++
	if _, err := build.Index(t.Context(), o, three); err != nil {
		t.Errorf("three articles in memory for three: %v", err)
	}
}

// TestMemoryLimitOfReplacedRecords checks that records which repeat an id count while they are read.
func TestMemoryLimitOfReplacedRecords(t *testing.T) {
	t.Parallel()
	read := 0
	endless := func(yield func(*news.Article, error) bool) {
		for ; read < 3_000_000; read++ {
			a := buildtest.Text("x", "", "桥")
			if !yield(&a, nil) {
				return
			}
		}
	}
	o := build.Options{Out: filepath.Join(t.TempDir(), "news"), Keep: 1, Dictionaries: analyzertest.Frequent(t),
		Memory: 20_000 * build.ArticleMemory}
	if _, err := build.Index(t.Context(), o, endless); !errors.Is(err, build.ErrMemory) || read > 300_000 {
		t.Errorf("%d records were read: %v", read, err)
	}
}

// TestMemoryLimitWhileReading checks that a build ends as soon as it has read more than its memory
// is enough for, not when it has read everything.
func TestMemoryLimitWhileReading(t *testing.T) {
	t.Parallel()
	read := 0
	endless := func(yield func(*news.Article, error) bool) {
		for ; read < 1_000_000; read++ {
			a := buildtest.Text(fmt.Sprint(read), "", "桥")
			if !yield(&a, nil) {
				return
			}
		}
	}
	o := build.Options{Out: filepath.Join(t.TempDir(), "news"), Keep: 1, Dictionaries: analyzertest.Frequent(t),
		Memory: 50_000 * build.ArticleMemory}
	if _, err := build.Index(t.Context(), o, endless); !errors.Is(err, build.ErrMemory) || read > 100_000 {
		t.Errorf("%d articles were read: %v", read, err)
	}
}

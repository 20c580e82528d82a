package main

import (
	"flag"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"xunwen/internal/cli"
)

var limitsFlag = flag.Int("limits", 6, "at how many sizes of files writing fails")

// TestWritingFails limits the size of files, including bleve's: each build reports the
// error, exits with 1 and leaves the folder unchanged.
func TestWritingFails(t *testing.T) {
	t.Chdir(t.TempDir())
	random := rand.New(rand.NewPCG(5, 6))
	files := map[string]string{"all.jsonl": invented(random, "a", killArticles),
		"more.jsonl": invented(random, "b", 200)}
	if got := again(t, files, "", "build", "--out", "ix", "all.jsonl"); got.code != cli.ExitDone {
		t.Fatal(got.err)
	}
	if got := again(t, nil, "", "build", "--append", "--out", "added", "all.jsonl"); got.code != cli.ExitDone {
		t.Fatal(got.err)
	}
	if got := again(t, nil, "", "build", "--append", "--out", "added", "more.jsonl"); got.code != cli.ExitDone {
		t.Fatal(got.err)
	}
	works := []struct {
		args    []string
		largest int64 // file that it writes
	}{
		{[]string{"build", "--out", "ix", "all.jsonl"}, largest(t, "ix", "")},
		{[]string{"build", "--append", "--out", "ix", "more.jsonl"}, largest(t, "added", "analyzer")},
	}
	said := map[string]int{}
	for i := range *limitsFlag {
		w := works[i%len(works)]
		limit := int64(math.Exp(random.Float64() * math.Log(float64(w.largest)))) // as often small as large
		before, names := stateOf(t, "ix"), snapshot(t)
		cmd := program(t.Context(), t, w.args...)
		cmd.Env = append(cmd.Env, fileLimit+"="+strconv.FormatInt(limit, 10))
		got := ended(t, cmd)
		if got.code != cli.ExitFailed || !strings.Contains(got.err, "file too large") ||
			strings.Contains(got.err, "goroutine ") {
			t.Errorf("%v with files of at most %d bytes: exit %d\n%s", w.args, limit, got.code, got.err)
		}
		if after := stateOf(t, "ix"); after.current != before.current || !slices.Equal(after.files, before.files) {
			t.Errorf("%v with files of at most %d bytes: what is published changed", w.args, limit)
		}
		if left := snapshot(t); !slices.Equal(left, names) {
			t.Errorf("%v with files of at most %d bytes leaves %v", w.args, limit, left)
		}
		said[fileNamed(got.err)]++
	}
	t.Logf("%d builds failed, at: %v", *limitsFlag, said)
}

// largest returns the size of the largest file in the generations of an index, not counting
// their subfolders.
func largest(t *testing.T, dir, without string) int64 {
	t.Helper()
	size := int64(0)
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || without != "" && filepath.Base(filepath.Dir(path)) == without {
			return err
		}
		info, err := d.Info()
		if err == nil {
			size = max(size, info.Size())
		}
		return err
	})
	if err != nil || size == 0 {
		t.Fatalf("the largest file of %s has %d bytes (%v)", dir, size, err)
	}
	return size
}

// fileNamed returns the name of the file in an error.
func fileNamed(said string) string {
	before, _, _ := strings.Cut(said, ": file too large")
	before = before[strings.LastIndexByte(before, os.PathSeparator)+1:]
	return strings.TrimLeft(before, "0123456789")
}

package e2e

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
	dir := t.TempDir()
	random := rand.New(rand.NewPCG(5, 6))
	putFile(t, filepath.Join(dir, "all.jsonl"), invented(random, "a", killArticles))
	putFile(t, filepath.Join(dir, "more.jsonl"), invented(random, "b", 200))
	for _, args := range [][]string{
		{"build", "--out", "ix", "all.jsonl"},
		{"build", "--append", "--out", "added", "all.jsonl"},
		{"build", "--append", "--out", "added", "more.jsonl"},
	} {
		if got := runIndexer(t, dir, args...); got.code != cli.ExitDone {
			t.Fatal(got.err)
		}
	}
	index, added := filepath.Join(dir, "ix"), filepath.Join(dir, "added")
	works := []struct {
		args    []string
		largest int64 // file that it writes
	}{
		{[]string{"build", "--out", "ix", "all.jsonl"}, largest(t, index, "")},
		{[]string{"build", "--append", "--out", "ix", "more.jsonl"}, largest(t, added, "analyzer")},
	}
	said := map[string]int{}
	for i := range *limitsFlag {
		w := works[i%len(works)]
		limit := int64(math.Exp(random.Float64() * math.Log(float64(w.largest)))) // as often small as large
		before, names := stateOf(t, index), namesIn(t, index)
		cmd := indexer(t.Context(), t, dir, w.args...)
		cmd.Env = append(cmd.Env, fileLimit+"="+strconv.FormatInt(limit, 10))
		got := ended(t, cmd)
		if got.code != cli.ExitFailed || !strings.Contains(got.err, "file too large") ||
			strings.Contains(got.err, "goroutine ") {
			t.Errorf("%v with files of at most %d bytes: exit %d\n%s", w.args, limit, got.code, got.err)
		}
		if after := stateOf(t, index); after.current != before.current || !slices.Equal(after.files, before.files) {
			t.Errorf("%v with files of at most %d bytes: what is published changed", w.args, limit)
		}
		if left := namesIn(t, index); !slices.Equal(left, names) {
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

// namesIn lists the entries of a folder.
func namesIn(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

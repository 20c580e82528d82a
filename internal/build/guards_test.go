package build_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xunwen/internal/build/buildtest"
	"xunwen/internal/index"
)

// The bounds below are what is written today, with about a tenth more. Where one is exceeded
// for a reason, raise it; what is much lower should lower it.

// sizes returns the bytes of the files of the published generation by the name of the file, of
// segments as "segment"; those that before has as well are left out. The analyzer's files are
// always the same.
func sizes(t *testing.T, dir, before string) map[string]int64 {
	t.Helper()
	out := map[string]int64{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		if strings.HasPrefix(name, index.AnalyzerDir) {
			return nil
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		if old, err := os.Stat(filepath.Join(before, name)); err == nil && os.SameFile(old, info) {
			return nil
		}
		base := filepath.Base(name)
		if strings.HasSuffix(base, ".zap") {
			base = "segment"
		}
		out[base] += info.Size()
		out["all"] += info.Size()
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestBytesWritten bounds what a build writes for a byte of text, by file, and what an append of
// one article writes.
func TestBytesWritten(t *testing.T) {
	t.Parallel()
	articles := buildtest.Generated(600)
	text := int64(0)
	for i := range articles {
		text += index.SizeOf(&articles[i]).Text
	}
	dir := buildtest.New(t, articles...)
	first := buildtest.CurrentDir(t, dir)
	whole := sizes(t, first, filepath.Join(dir, "none"))
	for name, most := range map[string]float64{
		"segment": 1.07, "columns.bin": 0.0084, "signatures.bin": 0.059, "lexicon.bin": 0.126, "all": 1.7,
	} {
		if got := float64(whole[name]) / float64(text); got > most || got == 0 {
			t.Errorf("%s: %.4f bytes for a byte of text, at most %.4f are expected", name, got, most)
		}
	}
	buildtest.Append(t, dir, buildtest.Text("one", "标题", "又一篇文章。"))
	added := sizes(t, buildtest.CurrentDir(t, dir), first)
	// What was written again whole: the catalog, the pairs, the lexicon.
	again := whole["catalog.bin"] + whole["pairs.bin"] + whole["lexicon.bin"] + whole["manifest.json"]
	const most = 75_000 // 65,536 of them are bleve's root.bolt
	if got := added["all"] - again; got > most {
		t.Errorf("an append of one article writes %d bytes more than what it has to write again, want %d at most: %v",
			got, most, added)
	}
}

package index_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xunwen/internal/analyzer"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/generation"
	"xunwen/internal/index"
)

// TestOpenFilesReportsMissingFile removes files of a generation in turn. Opening it returns
// an error that names the file, also after other files were opened.
func TestOpenFilesReportsMissingFile(t *testing.T) {
	t.Parallel()
	dir := buildtest.New(t, buildtest.Text("a", "题", "青禾大桥合龙。"))
	path := buildtest.CurrentDir(t, dir)
	m, s, err := index.ReadManifest(generation.In(dir), buildtest.Current(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	words, err := analyzer.Open(filepath.Join(path, index.AnalyzerDir))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(words.Close)
	volume := s.Volumes[0].Dir(path)
	for _, file := range []string{
		filepath.Join(path, index.CatalogFile),
		filepath.Join(path, index.LexiconFile),
		filepath.Join(volume, index.ColumnsFile),
		filepath.Join(volume, index.BleveDir),
	} {
		moved := file + ".moved"
		if err := os.Rename(file, moved); err != nil {
			t.Fatal(err)
		}
		if files, err := index.OpenFiles(path, m, s, words, 0); err == nil {
			t.Errorf("it opens without %s", file)
			files.Close()
		} else if !strings.Contains(err.Error(), file) {
			t.Errorf("the error does not name %s: %v", file, err)
		}
		if err := os.Rename(moved, file); err != nil {
			t.Fatal(err)
		}
	}
	files, err := index.OpenFiles(path, m, s, words, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := files.Close(); err != nil {
		t.Error(err)
	}
}

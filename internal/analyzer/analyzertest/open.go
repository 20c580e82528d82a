package analyzertest

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"xunwen/internal/analyzer"
)

// Open returns an analyzer with the program's own dictionaries and lines of a synonyms file, if there are any.
// Without them tests share one, since loading it takes long.
func Open(t testing.TB, synonyms ...string) *analyzer.Analyzer {
	t.Helper()
	if len(synonyms) == 0 {
		words, err := shared()
		if err != nil {
			t.Fatal(err)
		}
		return words
	}
	words, err := load(t.TempDir(), synonyms)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(words.Close)
	return words
}

var shared = sync.OnceValues(func() (*analyzer.Analyzer, error) {
	dir, err := os.MkdirTemp("", "dictionaries-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) // it is in memory then
	return load(dir, nil)
})

// load writes the dictionaries to dir and loads them.
func load(dir string, synonyms []string) (*analyzer.Analyzer, error) {
	if err := analyzer.Install(dir, ""); err != nil {
		return nil, err
	}
	if len(synonyms) > 0 {
		file := filepath.Join(dir, "given.txt")
		if err := os.WriteFile(file, []byte(strings.Join(synonyms, "")), 0o600); err != nil {
			return nil, err
		}
		if err := analyzer.InstallSynonyms(dir, file); err != nil {
			return nil, err
		}
	}
	return analyzer.Open(dir)
}

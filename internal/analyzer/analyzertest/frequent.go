package analyzertest

import (
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"xunwen/internal/analyzer"
)

// The files of a dictionary folder, as docs/index-format.md lists them.
const (
	words   = "jieba.dict.utf8"
	weights = "idf.utf8"
)

var others = []string{"TSCharacters.txt", "hmm_model.utf8", "user.dict.utf8", "stop_words.utf8"}

// leastFrequent is how often jieba's dictionary counts a word at least that is
// kept: 12,000 of 349,000.
const leastFrequent = 500

// readOnce reads the program's own dictionaries. The weights, which nothing but a
// check reads, are one.
var readOnce = sync.OnceValues(func() (fs.FS, error) {
	dir, err := os.MkdirTemp("", "dictionaries-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) // all of it is read by then
	if err := analyzer.Install(dir, ""); err != nil {
		return nil, err
	}
	out := fstest.MapFS{weights: {Data: []byte("新闻 5\n")}}
	for _, name := range others {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		out[name] = &fstest.MapFile{Data: data}
	}
	data, err := os.ReadFile(filepath.Join(dir, words))
	if err != nil {
		return nil, err
	}
	out[words] = &fstest.MapFile{Data: []byte(frequentLines(string(data)))}
	return out, nil
})

// frequentLines leaves the lines "word frequency tag" of frequent words.
func frequentLines(dictionary string) string {
	var kept strings.Builder
	for line := range strings.Lines(dictionary) {
		if columns := strings.Fields(line); len(columns) > 1 {
			if n, err := strconv.Atoi(columns[1]); err == nil && n >= leastFrequent {
				kept.WriteString(line)
			}
		}
	}
	return kept.String()
}

// Frequent returns dictionaries of frequent words, for index.BuildOptions or
// analyzer.InstallFrom. Indexes that are cut with them live and answer as others
// do; use them where a test isn't about which words there are.
func Frequent(t testing.TB) fs.FS {
	t.Helper()
	out, err := ReadFrequent()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// ReadFrequent is Frequent where several tests share what is made of them.
func ReadFrequent() (fs.FS, error) { return readOnce() }

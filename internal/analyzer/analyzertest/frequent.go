package analyzertest

import (
	"errors"
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

var others = []string{"TSCharacters.txt", "HKVariants.txt", "TWVariants.txt",
	"hmm_model.utf8", "user.dict.utf8", "stop_words.utf8"}

// minFrequency is the lowest frequency of a word that is kept: 12,000 of the
// 349,000 words of jieba's dictionary.
const minFrequency = 500

// readOnce reads the program's own dictionaries. Of the weights, which are only
// checked, it keeps one.
var readOnce = sync.OnceValues(func() (fs.FS, error) {
	dir, err := os.MkdirTemp("", "dictionaries-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) // after all of it was read
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
	return out, compile(out)
})

// compiledFile is the file that analyzer.Compile makes.
const compiledFile = "compiled.bin"

// compile adds what is compiled of the other files, so that no test has to.
func compile(dictionaries fstest.MapFS) error {
	dir, err := os.MkdirTemp("", "dictionaries-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) // after all of it was read
	if err := errors.Join(analyzer.InstallFrom(dictionaries, dir, ""), analyzer.Compile(dir)); err != nil {
		return err
	}
	data, err := os.ReadFile(filepath.Join(dir, compiledFile))
	dictionaries[compiledFile] = &fstest.MapFile{Data: data}
	return err
}

// frequentLines returns the lines "word frequency tag" of frequent words.
func frequentLines(dictionary string) string {
	var kept strings.Builder
	for line := range strings.Lines(dictionary) {
		if columns := strings.Fields(line); len(columns) > 1 {
			if n, err := strconv.Atoi(columns[1]); err == nil && n >= minFrequency {
				kept.WriteString(line)
			}
		}
	}
	return kept.String()
}

// Frequent returns dictionaries of frequent words, to build indexes or for
// analyzer.InstallFrom. Indexes with them behave as others do; use them in tests
// that don't depend on rare words.
func Frequent(t testing.TB) fs.FS {
	t.Helper()
	out, err := ReadFrequent()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// ReadFrequent is Frequent for fixtures that several tests share.
func ReadFrequent() (fs.FS, error) { return readOnce() }

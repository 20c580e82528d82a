package analyzer

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// The files of an analyzer folder, named as gojieba names them.
const (
	dictFile     = "jieba.dict.utf8" // word, frequency, tag
	modelFile    = "hmm_model.utf8"  // the hidden Markov model of words that no dictionary has
	userDictFile = "user.dict.utf8"  // word, perhaps frequency, perhaps tag
	idfFile      = "idf.utf8"        // word, inverse document frequency
	stopFile     = "stop_words.utf8" // word
)

var fileNames = []string{dictFile, modelFile, userDictFile, idfFile, stopFile}

// file is a dictionary file in memory; where is how errors call it.
type file struct {
	name, where string
	data        []byte
}

// readFiles reads the five files in the order of fileNames. Only the user
// dictionary may be empty.
func readFiles(folder fs.FS, name string) ([]file, error) {
	files := make([]file, 0, len(fileNames))
	for _, n := range fileNames {
		f := file{name: n, where: filepath.Join(name, n)}
		var err error
		if f.data, err = fs.ReadFile(folder, n); err != nil {
			return nil, fmt.Errorf("dictionary file: %w (in %s)", err, name)
		}
		if len(f.data) == 0 && n != userDictFile {
			return nil, fmt.Errorf("%s: empty: restore it, or build the index again", f.where)
		}
		files = append(files, f)
	}
	return files, nil
}

// lines calls do for every line of f with its number, without line end and
// byte order mark. An error, also that a line is not UTF-8, gets file and line
// in front.
func (f file) lines(do func(line string) error) error {
	number := 0
	text := strings.TrimPrefix(string(f.data), "\uFEFF")
	for line := range strings.Lines(text) {
		number++
		err := errNotUTF8
		if utf8.ValidString(line) {
			err = do(strings.TrimRight(line, "\r\n"))
		}
		if err != nil {
			return fmt.Errorf("%s:%d: %w", f.where, number, err)
		}
	}
	return nil
}

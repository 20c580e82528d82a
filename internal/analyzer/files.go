package analyzer

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"xunwen/internal/position"
)

// The files of an analyzer folder, named as gojieba and OpenCC name them.
const (
	scriptFile   = "TSCharacters.txt" // traditional character, tab, simplified ones
	hongKongFile = "HKVariants.txt"   // character, tab, its variants in Hong Kong
	taiwanFile   = "TWVariants.txt"   // character, tab, its variants in Taiwan
	dictFile     = "jieba.dict.utf8"  // word, frequency, tag
	modelFile    = "hmm_model.utf8"   // the hidden Markov model of words that no dictionary has
	userDictFile = "user.dict.utf8"   // word, optional frequency, optional tag
	idfFile      = "idf.utf8"         // word, inverse document frequency
	stopFile     = "stop_words.utf8"  // word
)

// SynonymsFile has groups of words; it is optional.
const SynonymsFile = "synonyms.txt"

// fileNames are the files that a folder must have, in the order of reading: the
// words of all others are folded by the first ones, the scriptFiles.
var fileNames = append(slices.Clip(scriptFiles), dictFile, modelFile, userDictFile, idfFile, stopFile)

var scriptFiles = []string{scriptFile, hongKongFile, taiwanFile}

// file is a dictionary file in memory; errors call it where.
type file struct {
	name, where string
	data        []byte
}

// readFiles reads the files in the order of fileNames, then the synonyms, if
// any.
func readFiles(folder fs.FS, name string) ([]file, error) {
	files := make([]file, 0, len(fileNames)+1)
	for _, n := range append(slices.Clone(fileNames), SynonymsFile) {
		f, err := readFile(folder, name, n)
		if n == SynonymsFile && errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

// readFile reads one file of a folder; errors call the folder name. Only files
// that users write may be empty.
func readFile(folder fs.FS, name, base string) (file, error) {
	f := file{name: base, where: filepath.Join(name, base)}
	var err error
	if f.data, err = fs.ReadFile(folder, base); err != nil {
		return file{}, fmt.Errorf("dictionary file: %w (in %s)", err, name)
	}
	if len(f.data) == 0 && base != userDictFile && base != SynonymsFile {
		return file{}, fmt.Errorf("%s: empty: restore the file, or rebuild the index", f.where)
	}
	return f, nil
}

// lines calls do for every line of f, without line end and byte order mark, up
// to the first error, which it prefixes with file and line. A line that is not
// UTF-8 is an error too.
func (f file) lines(do func(line string) error) error { return f.linesUntil(1, do) }

// linesUntil is lines with an error for each bad line, up to a maximum.
func (f file) linesUntil(most int, do func(line string) error) error {
	var bad []error
	number := 0
	text := strings.TrimPrefix(string(f.data), "\uFEFF")
	for line := range strings.Lines(text) {
		number++
		err := errNotUTF8
		if utf8.ValidString(line) {
			err = do(strings.TrimRight(line, "\r\n"))
		}
		if err == nil {
			continue
		}
		if bad = append(bad, &position.Error{File: f.where, Line: number, Err: err}); len(bad) == most {
			break
		}
	}
	return errors.Join(bad...)
}

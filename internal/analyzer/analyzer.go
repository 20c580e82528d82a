package analyzer

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"sync"

	"github.com/yanyiwu/gojieba"

	"xunwen/internal/textnorm"
)

// Analyzer folds text and cuts it with the dictionaries of one folder. It is
// safe for concurrent use, and takes about 120 MB outside Go's heap
// (and, while it opens, half as much again within).
type Analyzer struct {
	textnorm.Folder // by the folder's table
	jieba           *gojieba.Jieba
	vocabulary      *vocabulary
	stopWords       map[string]struct{}
	synonyms        synonyms
	fingerprint     string
	cuts            string
	closing         sync.Once
}

// Open loads the dictionary files of dir (see Install). An error names the
// file, and the line where one is at fault.
func Open(dir string) (*Analyzer, error) {
	return open(os.DirFS(dir), dir)
}

// open loads the dictionary files of a folder that errors call by its name.
func open(folder fs.FS, name string) (*Analyzer, error) {
	files, err := readFiles(folder, name)
	if err != nil {
		return nil, err
	}
	dict, err := parseDictionary(files)
	if err != nil {
		return nil, err
	}
	jieba, err := load(dict)
	if err != nil {
		return nil, fmt.Errorf("analyzer %s: %w", name, err)
	}
	return &Analyzer{
		Folder:      dict.fold,
		jieba:       jieba,
		vocabulary:  dict.vocabulary,
		stopWords:   dict.stopWords,
		synonyms:    dict.synonyms,
		fingerprint: fingerprint(files),
		cuts:        fingerprint(cutting(files)),
	}, nil
}

// Close frees the dictionaries. It may be called again, but not while another
// call is under way, and nothing may be cut afterwards.
func (a *Analyzer) Close() {
	a.closing.Do(func() { a.jieba.Free() })
}

// IsStopWord reports whether a folded term is in the stop word file.
func (a *Analyzer) IsStopWord(term string) bool {
	_, is := a.stopWords[term]
	return is
}

// Fingerprint returns the hex SHA-256 over the names and contents of the
// dictionary files.
func (a *Analyzer) Fingerprint() string { return a.fingerprint }

// CutFingerprint is Fingerprint without the synonyms: analyzers with the same
// fold and cut alike.
func (a *Analyzer) CutFingerprint() string { return a.cuts }

// cutting are the files by which text is folded and cut.
func cutting(files []file) []file {
	return slices.DeleteFunc(slices.Clone(files), func(f file) bool { return f.name == SynonymsFile })
}

func fingerprint(files []file) string {
	h := sha256.New()
	for _, f := range files {
		fmt.Fprintf(h, "%s %d\n", f.name, len(f.data))
		h.Write(f.data)
	}
	return hex.EncodeToString(h.Sum(nil))
}

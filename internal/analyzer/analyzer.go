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

// Analyzer folds and segments text with the dictionaries of one folder. It is
// safe for concurrent use. It takes about 120 MB outside Go's heap and, while it
// opens, half as much again inside it.
type Analyzer struct {
	textnorm.Folder // with the table of the folder
	jieba           *gojieba.Jieba
	vocabulary      *vocabulary
	stopWords       map[string]struct{}
	synonyms        synonyms
	known           wordSet
	spellings       *spellings

	fingerprint             string
	segmentationFingerprint string
	closing                 sync.Once
}

// Open loads the dictionary files of dir (see Install). An error names the file
// and, for a bad line, its number.
func Open(dir string) (*Analyzer, error) {
	return open(os.DirFS(dir), dir)
}

// open loads the dictionary files of a folder; errors call it name.
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
		Folder:     dict.fold,
		jieba:      jieba,
		vocabulary: dict.vocabulary,
		stopWords:  dict.stopWords,
		synonyms:   dict.synonyms,
		known:      dict.known,
		spellings:  dict.spellings,

		fingerprint:             fingerprint(files),
		segmentationFingerprint: fingerprint(withoutSynonyms(files)),
	}, nil
}

// Close frees the dictionaries. It may be called again, but not while another
// method runs. The Analyzer must not be used afterwards.
func (a *Analyzer) Close() {
	a.closing.Do(func() { a.jieba.Free() })
}

// IsStopWord reports whether a folded term is in the stop word file.
func (a *Analyzer) IsStopWord(term string) bool {
	_, isStop := a.stopWords[term]
	return isStop
}

// IsWord reports whether a folded term is a word of the dictionaries.
func (a *Analyzer) IsWord(term string) bool { return a.known.contains(term) }

// Fingerprint returns the hex SHA-256 over the names and contents of the
// dictionary files.
func (a *Analyzer) Fingerprint() string { return a.fingerprint }

// SegmentationFingerprint is Fingerprint without the synonyms: analyzers with
// the same one fold and segment alike.
func (a *Analyzer) SegmentationFingerprint() string { return a.segmentationFingerprint }

func withoutSynonyms(files []file) []file {
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

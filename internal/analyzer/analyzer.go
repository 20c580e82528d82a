package analyzer

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"sync"

	"xunwen/internal/jieba"
	"xunwen/internal/textnorm"
)

// Analyzer folds and segments text with the dictionaries of one folder. It is
// safe for concurrent use.
type Analyzer struct {
	textnorm.Folder // with the table of the folder
	segmenter       Segmenter
	cutter          cutter
	words           *jieba.Segmenter // the cutter, unless that is another segmenter
	scanners        sync.Pool        // of *scanner
	vocabulary      *vocabulary
	stopWords       map[string]struct{}
	synonyms        synonyms
	spellings       *spellings

	fingerprint             string
	segmentationFingerprint string
	closing                 sync.Once
}

// Open loads the dictionary files of dir (see Install). An error names the file
// and, for a bad line, its number.
func Open(dir string, options ...Option) (*Analyzer, error) {
	return open(os.DirFS(dir), dir, options...)
}

// open loads the dictionary files of a folder; errors call it name.
func open(folder fs.FS, name string, options ...Option) (*Analyzer, error) {
	files, err := readFiles(folder, name)
	if err != nil {
		return nil, err
	}
	a := &Analyzer{segmentationFingerprint: fingerprint(withoutSynonyms(files))}
	a.fingerprint = a.segmentationFingerprint
	if files[len(files)-1].name == SynonymsFile {
		a.fingerprint = fingerprint(files)
	}
	for _, o := range options {
		o(a)
	}
	var dict *dictionary
	if a.segmenter == Builtin {
		dict, err = readCompiled(folder, files, a.segmentationFingerprint)
	}
	if dict == nil && err == nil {
		dict, err = parseDictionary(files)
	}
	if err != nil {
		return nil, err
	}
	a.use(dict)
	if a.segmenter == Gojieba {
		if a.cutter, err = loadGojieba(dict.jieba); err != nil {
			return nil, fmt.Errorf("analyzer %s: %w", name, err)
		}
	}
	return a, nil
}

// use sets what the analyzer keeps of a dictionary.
func (a *Analyzer) use(d *dictionary) {
	a.Folder = d.fold
	a.cutter, a.words = d.segmenter, d.segmenter
	a.vocabulary, a.stopWords, a.synonyms, a.spellings = d.vocabulary, d.stopWords, d.synonyms, d.spellings
}

// Close frees the dictionaries. It may be called again, but not while another
// method runs. The Analyzer must not be used afterwards.
func (a *Analyzer) Close() {
	a.closing.Do(func() {
		if g, ok := a.cutter.(gojiebaCutter); ok {
			g.Free()
		}
	})
}

// IsStopWord reports whether a folded term is in the stop word file.
func (a *Analyzer) IsStopWord(term string) bool {
	_, isStop := a.stopWords[term]
	return isStop
}

// IsWord reports whether a folded term is a word of the dictionaries.
func (a *Analyzer) IsWord(term string) bool { return a.words.Contains(term) }

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

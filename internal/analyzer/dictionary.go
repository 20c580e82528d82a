package analyzer

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"xunwen/internal/jieba"
	"xunwen/internal/textnorm"
)

var errNotUTF8 = errors.New("not UTF-8: convert the file")

// dictionary is the content of the files, checked and folded: words must be folded
// as text is, T恤 of jieba's dictionary and C919 of a user's never occur in folded
// text.
type dictionary struct {
	fold        textnorm.Folder
	spellings   *spellings
	jieba       jieba.Dictionary // empty if the segmenter was read from a compiled form
	segmenter   *jieba.Segmenter
	stopWords   map[string]struct{}
	synonyms    synonyms
	vocabulary  *vocabulary
	frequencies frequencies
}

func newDictionary() *dictionary {
	return &dictionary{stopWords: make(map[string]struct{}), vocabulary: newVocabulary()}
}

// parseDictionary reads the files.
func parseDictionary(files []file) (*dictionary, error) {
	d := newDictionary()
	parse := map[string]func(file) error{ // in the order of fileNames
		dictFile:     d.parseWords,
		modelFile:    d.parseModel,
		userDictFile: d.parseUserWords,
		idfFile:      checkIDF,
		stopFile:     d.parseStopWords,
		SynonymsFile: d.parseSynonyms,
	}
	if err := d.parseScript(files[:len(scriptFiles)]); err != nil {
		return nil, err
	}
	for _, f := range files[len(scriptFiles):] {
		if err := parse[f.name](f); err != nil {
			return nil, err
		}
	}
	d.completeModel()
	d.spellings.end(d.frequencies.of)
	d.frequencies = frequencies{} // large, and only needed for the user words
	var err error
	if d.segmenter, err = jieba.New(d.jieba); err != nil {
		err = fmt.Errorf("%s: %w", files[len(scriptFiles)].where, err) // the main dictionary
	}
	return d, err
}

func (d *dictionary) parseScript(files []file) error {
	variants, err := readVariants(files)
	if err != nil {
		return err
	}
	if d.fold, err = newFolder(variants, files); err != nil {
		return err
	}
	d.spellings, err = newSpellings(variants)
	return err
}

// parseWords reads the main dictionary: "word frequency tag" with single
// spaces. cppjieba aborts on other lines, on frequencies that are not positive
// and on an empty file. Of lines that fold alike (與 and 与, T恤 and t恤) it would
// use the last frequency; here they are added up.
func (d *dictionary) parseWords(f file) error {
	d.frequencies = newFrequencies(len(f.data))
	err := f.lines(func(line string) error {
		word, rest, _ := strings.Cut(line, " ")
		number, tag, _ := strings.Cut(rest, " ")
		if word == "" || number == "" || tag == "" || strings.Contains(tag, " ") {
			return errors.New("want a word, its frequency and its tag, separated by single spaces")
		}
		frequency, err := strconv.ParseFloat(number, 64)
		if err != nil || !(frequency > 0) || frequency > maxFrequency {
			return fmt.Errorf("frequency %q is not a positive number up to %d", number, maxFrequency)
		}
		spelt := word
		if word, err = foldWord(word, d.fold); err != nil {
			return err
		}
		d.spellings.add(spelt, word, frequency)
		d.vocabulary.addWord(word)
		if d.frequencies.add(word, frequency) {
			d.jieba.Words = append(d.jieba.Words, jieba.Word{Text: word})
		}
		return nil
	})
	if err == nil && len(d.jieba.Words) == 0 {
		err = fmt.Errorf("%s: no words: restore the file, or rebuild the index", f.where)
	}
	for i := range d.jieba.Words {
		d.jieba.Words[i].Frequency = d.frequencies.of[d.jieba.Words[i].Text]
	}
	return err
}

func (d *dictionary) parseStopWords(f file) error {
	return f.lines(func(line string) error {
		if word := strings.TrimSpace(d.fold.FoldString(line)); word != "" {
			d.stopWords[word] = struct{}{}
		}
		return nil
	})
}

func (d *dictionary) parseSynonyms(f file) (err error) {
	d.synonyms, err = parseSynonyms(f, d.fold)
	return err
}

// checkIDF checks the file of word weights. cppjieba does not get it: only
// keyword extraction, which is not used, would read it.
func checkIDF(f file) error {
	return f.lines(func(line string) error {
		_, weight, _ := strings.Cut(line, " ")
		if _, err := strconv.ParseFloat(weight, 64); err != nil {
			return errors.New("want a word and its weight, separated by a space")
		}
		return nil
	})
}

// maxWordRunes is the longest word that cppjieba looks up.
const maxWordRunes = 512

// isTerm reports whether r alone may be a term.
func isTerm(r rune) bool { return textnorm.IsHan(r) || textnorm.IsWordRune(r) }

// foldWord folds and joins a word of a dictionary as text is.
func foldWord(word string, fold textnorm.Folder) (string, error) {
	folded := textnorm.Join(fold.FoldString(word)).Text
	if strings.IndexFunc(folded, isTerm) < 0 {
		return "", fmt.Errorf("word %q has no letter or digit", word)
	}
	if strings.ContainsAny(folded, " 。\uFFFD") {
		return "", fmt.Errorf("word %q contains white space, a full stop or a NUL, where text is always split", word)
	}
	if utf8.RuneCountInString(folded) > maxWordRunes {
		return "", fmt.Errorf("word of over %d characters", maxWordRunes)
	}
	return folded, nil
}

package analyzer

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"xunwen/internal/jieba"
	"xunwen/internal/textnorm"
)

// userWord is a line of a user dictionary (用户词典): a word, optionally its
// frequency and a tag, which is ignored.
type userWord struct {
	word      string
	frequency int // 0 if the line has none
}

// maxFrequency is twenty times the sum of all frequencies of jieba's dictionary;
// cppjieba reads the frequencies of user words as C's int.
const maxFrequency = 1_000_000_000

// parseUserWord reads one line in jieba's format. ok is false for a blank line.
func parseUserWord(line string, fold textnorm.Folder) (w userWord, ok bool, err error) {
	columns := strings.Fields(line)
	if len(columns) == 0 {
		return w, false, nil
	}
	if w.word, err = foldWord(columns[0], fold); err != nil {
		return w, false, err
	}
	rest := columns[1:]
	if len(rest) > 0 && (len(rest) == 2 || isNumber(rest[0])) {
		w.frequency, err = strconv.Atoi(rest[0])
		if err != nil || w.frequency < 1 || w.frequency > maxFrequency {
			return w, false, fmt.Errorf("frequency %q is not a whole number from 1 to %d", rest[0], maxFrequency)
		}
		rest = rest[1:]
	}
	if len(rest) > 1 {
		return w, false, errors.New("want a word, optionally its frequency, optionally its tag")
	}
	return w, true, nil
}

func isNumber(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil
}

// parseUserWords reads the user dictionary. A word without a frequency gets the
// lowest one with which a text of that word alone is segmented as one word, as
// jieba's documentation promises; cppjieba would give it one that loses to frequent
// words inside it (中国政府).
func (d *dictionary) parseUserWords(f file) error {
	return f.lines(func(line string) error {
		w, ok, err := parseUserWord(line, d.fold)
		if err != nil || !ok {
			return err
		}
		d.spellings.add(strings.Fields(line)[0], w.word, math.Inf(1))
		d.vocabulary.addWord(w.word)
		if w.frequency == 0 {
			w.frequency = d.frequencies.sufficient(w.word)
		}
		d.frequencies.of[w.word] = float64(w.frequency)
		d.jieba.UserWords = append(d.jieba.UserWords, jieba.Word{Text: w.word, Frequency: float64(w.frequency)})
		return nil
	})
}

package analyzer

import (
	"math"
	"unicode/utf8"
)

// frequencies has the frequencies of the main dictionary, and of the user words
// read so far.
type frequencies struct {
	of           map[string]float64
	total, least float64 // of the main dictionary
	longest      int     // the longest word of the main dictionary, in bytes
}

// newFrequencies allocates for the words of a dictionary of size bytes.
func newFrequencies(size int) frequencies {
	const bytesPerWord = 14 // in jieba's dictionary
	return frequencies{of: make(map[string]float64, size/bytesPerWord), least: math.Inf(1)}
}

// add counts a line of the dictionary and reports whether its word is new.
func (f *frequencies) add(word string, frequency float64) bool {
	before, known := f.of[word]
	f.of[word] = before + frequency
	f.total += frequency
	f.least = min(f.least, frequency)
	f.longest = max(f.longest, len(word))
	return !known
}

// sufficient returns the lowest frequency with which word is more probable than
// any segmentation of it into two or more words, by the unigram model that
// cppjieba uses.
func (f *frequencies) sufficient(word string) int {
	// best[i] is the log probability of the best segmentation of word[:i].
	best := make([]float64, len(word)+1)
	for end := 1; end <= len(word); end++ {
		best[end] = math.Inf(-1)
		for start := max(0, end-f.longest); start < end; start++ {
			part := word[start:end]
			frequency, has := f.of[part]
			if !has && utf8.RuneCountInString(part) == 1 && utf8.ValidString(part) {
				frequency, has = f.least, true
			}
			if has && part != word {
				best[end] = max(best[end], best[start]+math.Log(frequency/f.total))
			}
		}
	}
	needed := math.Exp(best[len(word)])*f.total + 1
	return int(min(max(math.Floor(needed), f.of[word], 1), maxFrequency))
}

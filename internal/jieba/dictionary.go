package jieba

import (
	"errors"
	"fmt"
	"math"
	"unicode/utf8"
)

// Dictionary is what a Segmenter is made of.
type Dictionary struct {
	// Words is the main dictionary. The weight of a word is the logarithm of its share
	// of all frequencies. Of lines with the same word the last one counts.
	Words []Word
	// UserWords replace or complete words of the main dictionary. Their frequencies
	// change no other weight. A user word of one character is never joined to its
	// neighbours as a part of a new word.
	UserWords []Word
	Model     Model
}

// Word is a line of a dictionary.
type Word struct {
	Text      string
	Frequency float64 // above 0
}

// The states of the hidden Markov model: a character begins a word, ends one, is in the
// middle of one, or is one.
const (
	Begin = iota
	End
	Middle
	Single
	States
)

// Impossible is the log probability of what can't be. It is so low that adding
// another log probability does not change it.
const Impossible = -3.14e100

// Probabilities are log probabilities by state.
type Probabilities [States]float64

// Model is the hidden Markov model.
type Model struct {
	Start       Probabilities
	Transitions [States]Probabilities // from, to
	Emissions   map[rune]Probabilities
}

// follows[from][to] reports whether a state may follow another one.
var follows = [States][States]bool{
	Begin:  {End: true, Middle: true},
	End:    {Begin: true, Single: true},
	Middle: {End: true, Middle: true},
	Single: {Begin: true, Single: true},
}

// Check reports what is wrong with a model: the segmenter relies on impossible
// transitions being impossible, and on no probability being above 1.
func (m *Model) Check() error {
	all := []Probabilities{m.Start}
	for from, t := range m.Transitions {
		all = append(all, t)
		for to, p := range t {
			if !follows[from][to] && p > Impossible {
				return fmt.Errorf("transition from state %d to %d of B, E, M, S has the log probability %v, want %v",
					from, to, p, Impossible)
			}
		}
	}
	for _, e := range m.Emissions {
		all = append(all, e)
	}
	for _, ps := range all {
		for _, p := range ps {
			if !(p <= 0) {
				return fmt.Errorf("log probability %v is above 0", p)
			}
		}
	}
	return nil
}

// weights are the log probabilities of the words of a dictionary.
type weights struct {
	total float64 // all frequencies of the main dictionary
	least float64 // weight of the rarest word, and of a character that is no word
	known map[float64]float64
}

var errNoWords = errors.New("the dictionary has no words")

func newWeights(words []Word) (*weights, error) {
	if len(words) == 0 {
		return nil, errNoWords
	}
	w := &weights{known: make(map[float64]float64)}
	least := math.Inf(1)
	for _, word := range words {
		if err := word.check(); err != nil {
			return nil, err
		}
		w.total += word.Frequency // in the order of the dictionary, which decides about rounding
		least = min(least, word.Frequency)
	}
	w.least = w.of(least)
	return w, nil
}

// The frequencies that a word may have.
const (
	minFrequency = 1e-100
	maxFrequency = 1e100
)

func (w Word) check() error {
	if !(w.Frequency >= minFrequency && w.Frequency <= maxFrequency) {
		return fmt.Errorf("the frequency of %s is %v, want a positive number", w.Text, w.Frequency)
	}
	if !utf8.ValidString(w.Text) {
		return fmt.Errorf("word %q is not UTF-8", w.Text)
	}
	return nil
}

// of returns the weight of a word with some frequency.
func (w *weights) of(frequency float64) float64 {
	weight, ok := w.known[frequency]
	if !ok {
		weight = logarithm(frequency / w.total)
		w.known[frequency] = weight
	}
	return weight
}

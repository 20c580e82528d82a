package analyzer

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"xunwen/internal/numeral"
	"xunwen/internal/textnorm"
)

const (
	maxSynonymRunes = 64 // length of a word: longer than any name, and short enough to look up all parts of a query
	maxSynonyms     = 32 // of one word: each is looked up for every query that contains the word
	maxBadLines     = 20 // bad lines of a file that one error lists
)

// synonyms (同义词) maps a word to the words that it also finds, all folded.
type synonyms struct {
	of      map[string][]string
	longest int // of the words that have any, in bytes
}

// parseSynonyms reads a file of synonyms with one group a line: in
// "北大 => 北京大学" the words on the left also find those on the right, in
// "北大, 北京大学" each word finds the others; # begins a comment. Signs may be
// full-width.
func parseSynonyms(f file, fold textnorm.Folder) (synonyms, error) {
	s := synonyms{of: make(map[string][]string)}
	err := f.linesUntil(maxBadLines, func(line string) error {
		from, to, err := parseGroup(narrowSigns.Replace(line), fold)
		if err != nil {
			return err
		}
		for _, word := range from {
			if err := s.add(word, to); err != nil {
				return err
			}
		}
		return nil
	})
	return s, err
}

// narrowSigns writes the signs of the format in half width.
var narrowSigns = strings.NewReplacer("，", ",", "＝", "=", "＞", ">", "＃", "#", "\u3000", " ", "\t", " ")

// parseGroup reads one line: each word of from, folded, also finds those of to.
func parseGroup(line string, fold textnorm.Folder) (from, to []string, err error) {
	if i := strings.Index(" "+line, " #"); i >= 0 { // C# is a word
		line = line[:i]
	}
	if line = strings.TrimSpace(line); line == "" {
		return nil, nil, nil
	}
	left, right, oneWay := strings.Cut(line, "=>")
	if from, err = groupWords(left, fold); err != nil {
		return nil, nil, err
	}
	switch {
	case !oneWay && len(from) < 2:
		return nil, nil, errors.New("only one word: want 北大 => 北京大学 or 北大, 北京大学")
	case !oneWay:
		return from, from, nil
	}
	to, err = groupWords(right, fold)
	return from, to, err
}

func groupWords(s string, fold textnorm.Folder) ([]string, error) {
	words := strings.Split(s, ",")
	for i, word := range words {
		word = strings.TrimSpace(word)
		words[i] = textnorm.Join(fold.FoldString(word)).Text
		switch {
		case word == "":
			return nil, errors.New("a word is missing: want 北大 => 北京大学 or 北大, 北京大学")
		case strings.Contains(word, "=>"):
			return nil, errors.New("more than one =>")
		case strings.IndexFunc(word, isTerm) < 0:
			return nil, fmt.Errorf("word %q has no letter or digit", word)
		case utf8.RuneCountInString(word) > maxSynonymRunes:
			return nil, fmt.Errorf("word of over %d characters", maxSynonymRunes)
		}
	}
	return words, nil
}

func (s *synonyms) add(word string, also []string) error {
	for _, other := range also {
		if other != word && !slices.Contains(s.of[word], other) { // 台灣 and 台湾 are one word
			s.of[word] = append(s.of[word], other)
		}
	}
	n := len(s.of[word])
	if n > maxSynonyms {
		return fmt.Errorf("%s has over %d synonyms", word, maxSynonyms)
	}
	if n > 0 {
		s.longest = max(s.longest, len(word))
	}
	return nil
}

// Synonym is a word that a part of a folded text also finds.
type Synonym struct {
	Start, End int    // the part, in bytes
	Word       string // folded
	Numeral    bool   // Word is the part with its numbers written in the other way, digits or characters
}

// Synonyms returns the synonyms of all parts of a folded text, then the other ways
// to write its numbers. A part begins and ends at the boundaries of tokens, which
// are what Segment returns for the text, or is the whole.
func (a *Analyzer) Synonyms(folded string, tokens []Token) []Synonym {
	out := a.synonyms.find(folded, tokens)
	words := make([]numeral.Span, len(tokens))
	for i, t := range tokens {
		words[i] = numeral.Span{Start: t.Start, End: t.End}
	}
	for _, n := range numeral.Alternatives(folded, words) {
		out = append(out, Synonym{n.Start, n.End, n.Text, true})
	}
	return out
}

// find returns the synonyms that a file lists.
func (s *synonyms) find(folded string, tokens []Token) []Synonym {
	if len(s.of) == 0 {
		return nil
	}
	var out []Synonym
	find := func(start, end int) {
		for _, word := range s.of[folded[start:end]] {
			out = append(out, Synonym{Start: start, End: end, Word: word})
		}
	}
	whole := strings.TrimSpace(folded)
	start := strings.Index(folded, whole)
	end := start + len(whole)
	find(start, end)
	for i, first := range tokens {
		for _, last := range tokens[i:] {
			if last.End-first.Start > s.longest {
				break
			}
			if first.Start != start || last.End != end {
				find(first.Start, last.End)
			}
		}
	}
	return out
}

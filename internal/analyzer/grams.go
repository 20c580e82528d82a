package analyzer

import (
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// Grams returns the terms of the gram channel in the order of Start, then End.
//
// A run of Han characters gives its overlapping bigrams and then its last
// character alone, the end-marked gram (文化厅: 文化 化厅 厅), so that every
// character of the run begins a gram. A run of other letters, digits and marks
// is one term (covid-19: covid 19). Everything else parts runs and is in no
// gram.
func Grams(folded string) []Token {
	tokens := make([]Token, 0, len(folded)/3+1)
	add := func(start, end int) {
		tokens = append(tokens, Token{folded[start:end], start, end})
	}
	lastHan, word := none, none // where the last Han character, the word run began
	endRuns := func(at int) {
		if lastHan != none {
			add(lastHan, at)
			lastHan = none
		}
		if word != none {
			add(word, at)
			word = none
		}
	}
	for i, r := range folded {
		switch {
		case textnorm.IsHan(r):
			if lastHan != none {
				add(lastHan, i+utf8.RuneLen(r))
			} else {
				endRuns(i)
			}
			lastHan = i
		case textnorm.IsWordRune(r):
			if word == none {
				endRuns(i)
				word = i
			}
		default:
			endRuns(i)
		}
	}
	endRuns(len(folded))
	return tokens
}

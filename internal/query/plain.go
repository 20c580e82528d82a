package query

import (
	"slices"
	"strings"
)

// PlainWords gives the words of a query that Parse refuses, all of them wanted,
// so that a page can show results beside the error. Quotes, brackets, hyphens,
// OR, | and the names of fields go, dates go whole, and what is over the
// bounds is cut off. It is nil when nothing remains.
func PlainWords(q string) Node {
	src := []rune(q)
	src = src[:min(len(src), MaxRunes)]
	pieces := strings.FieldsFunc(string(src), func(r rune) bool {
		return isBlank(r) || isBracket(r) || isQuote(r)
	})
	var words []Node
	for _, piece := range pieces {
		if text := plainWord([]rune(piece)); hasSearchable(text) {
			words = append(words, &Word{Text: string(text)})
		}
	}
	words = words[:min(len(words), MaxOperands)]
	switch len(words) {
	case 0:
		return nil
	case 1:
		return words[0]
	}
	return &And{Nodes: words}
}

// plainWord takes the syntax off a piece without blanks, quotes and brackets;
// nothing remains of an operator, a date, a distance or a field's bare name.
func plainWord(piece []rune) []rune {
	isHyphen := func(r rune) bool { return r == '-' }
	for {
		piece = []rune(strings.TrimLeftFunc(string(piece), isHyphen))
		name, length := fieldAt(piece)
		if name == dateField {
			return nil
		}
		if length == 0 {
			break
		}
		piece = piece[length:]
	}
	piece = []rune(strings.TrimRight(string(piece), "*"))
	if string(piece) == "OR" || isDistance(piece) || isBareName(piece) {
		return nil
	}
	return piece
}

func isDistance(piece []rune) bool {
	return len(piece) > 1 && piece[0] == '~' &&
		!slices.ContainsFunc(piece[1:], func(r rune) bool { return r < '0' || '9' < r })
}

// isBareName says whether piece is a field's name with its colon: what stood
// behind it was a quote or a bracket.
func isBareName(piece []rune) bool {
	if len(piece) == 0 {
		return false
	}
	_, length := fieldAt(append(slices.Clone(piece), 'x'))
	return length == len(piece)
}

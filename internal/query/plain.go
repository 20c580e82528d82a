package query

import (
	"slices"
	"strings"
)

// PlainWords returns the words of a query with an error, all of them required, so
// that a page can show results next to the error. Quotes, brackets, hyphens, OR, |,
// names of fields and whole dates are dropped, and so is what exceeds the bounds.
// It is nil when nothing remains.
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

// plainWord removes the syntax from a piece without blanks, quotes and brackets.
// Nothing remains of an operator, a date, a distance or a field's name alone.
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

// isBareName reports whether piece is a field's name with its colon, which a quote
// or bracket followed.
func isBareName(piece []rune) bool {
	if len(piece) == 0 {
		return false
	}
	_, length := fieldAt(append(slices.Clone(piece), 'x'))
	return length == len(piece)
}

package query

import (
	"slices"
	"strings"
	"unicode"
)

// SuggestOperators returns a query with each or, and and not between its words in
// capitals, as operators; false if there are none or the result has an error. In small
// letters they are words, which few articles contain.
func SuggestOperators(q string) (string, bool) {
	fields := strings.FieldsFunc(q, isBlank)
	found := false
	for i, field := range fields {
		upper := strings.ToUpper(strings.Map(narrow, field))
		if isOperator(field) || !slices.Contains([]string{"OR", "AND", "NOT"}, upper) {
			continue
		}
		// OR and AND need two sides; NOT at the start would have nothing to exclude from.
		if i > 0 && i+1 < len(fields) {
			fields[i], found = upper, true
		}
	}
	if !found {
		return "", false
	}
	suggested := strings.Join(fields, " ")
	n, err := Parse(suggested)
	if err != nil || n == nil {
		return "", false
	}
	return suggested, true
}

// WithoutQuotes returns a tree with the words of each phrase in place of the phrase,
// and whether it has any. Exclusions stay as they are.
func WithoutQuotes(n Node) (Node, bool) {
	if n == nil {
		return nil, false
	}
	found := false
	loose := Map(n, func(n Node) (Node, bool) {
		switch n := n.(type) {
		case *Not, *Proximity, *Occurrences:
			return n, false
		case *Phrase:
			if words := wordsOf(n); len(words) > 0 {
				found = true
				return all(words), false
			}
		}
		return n, true
	})
	return flat(loose), found
}

// flat returns a tree without an And directly in an And.
func flat(n Node) Node {
	return Map(n, func(n Node) (Node, bool) {
		and, ok := n.(*And)
		if !ok {
			return n, true
		}
		var nodes []Node
		for _, part := range and.Nodes {
			if inner, ok := part.(*And); ok {
				nodes = append(nodes, inner.Nodes...)
			} else {
				nodes = append(nodes, part)
			}
		}
		return &And{Nodes: nodes}, true
	})
}

// Literal reports whether a query's tree says no more than the query as it was typed:
// words alone, or the query language's own spelling, in either language of its names.
func Literal(q string, n Node) bool {
	if n == nil {
		return true
	}
	typed := strings.Join(strings.FieldsFunc(q, isBlank), " ")
	if onlyWords(n) {
		return !slices.ContainsFunc(strings.Fields(typed), isOperator) && !hasNameAsText(n)
	}
	typed = strings.Map(plainSign, typed)
	for _, s := range []style{{}, {chinese: true}} {
		if strings.Map(plainSign, s.node(n)) == typed {
			return true
		}
	}
	return false
}

// plainSign maps the signs that have several shapes in the query language to one. The shapes
// that may be operators stay, since readers can't be sure that they are.
func plainSign(r rune) rune {
	switch {
	case isQuote(r):
		return '"'
	case strings.ContainsRune("－／＄＊", r) || unicode.IsLetter(r):
		return r
	}
	return narrow(r)
}

// hasNameAsText reports whether a word begins like a field that is read as text.
func hasNameAsText(n Node) bool {
	found := false
	Walk(n, func(n Node) bool {
		if word, ok := n.(*Word); ok {
			found = found || IsNameAsText(word)
		}
		return true
	})
	return found
}

// IsNameAsText reports whether a word is text though it begins with a field's name and its
// colon.
func IsNameAsText(word *Word) bool {
	_, length := nameAt([]rune(word.Text))
	return length > 0
}

// onlyWords reports whether a tree has nothing but words that must all match.
func onlyWords(n Node) bool {
	only := true
	Walk(n, func(n Node) bool {
		switch n.(type) {
		case *And, *Word:
		default:
			only = false
		}
		return only
	})
	return only
}

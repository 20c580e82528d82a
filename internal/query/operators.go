package query

import (
	"slices"
	"strings"
)

// SuggestOperators returns a query with each or, and and not between its words in
// capitals, as operators; false if there are none or the result has an error. In small
// letters they are words, which few articles contain.
func SuggestOperators(q string) (string, bool) {
	fields := strings.FieldsFunc(q, isBlank)
	found := false
	for i, field := range fields {
		upper := strings.ToUpper(field)
		if field == upper || !slices.Contains([]string{"OR", "AND", "NOT"}, upper) {
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
		for _, piece := range and.Nodes {
			if inner, ok := piece.(*And); ok {
				nodes = append(nodes, inner.Nodes...)
			} else {
				nodes = append(nodes, piece)
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
		return !slices.ContainsFunc(strings.Fields(typed), isOperator)
	}
	typed = strings.Map(plainSign, typed)
	for _, s := range []style{{}, {chinese: true}} {
		if strings.Map(plainSign, s.node(n)) == typed {
			return true
		}
	}
	return false
}

// plainSign maps the signs that have several shapes in the query language to one. A
// full-width hyphen stays: whether it excludes is not plain.
func plainSign(r rune) rune {
	switch {
	case isQuote(r):
		return '"'
	case r == '－':
		return r
	}
	return narrow(r)
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

package suggest

import (
	"strings"

	"xunwen/internal/query"
)

// Query returns the query that was meant, in the query language: the words of
// n corrected, all else as it is. It returns "" where there is nothing to
// correct. What is excluded, fields other than title and section, and prefixes
// are taken as they stand.
func (s *Speller) Query(n query.Node) string {
	doubts := maxDoubts
	meant, changed := s.node(n, &doubts)
	if !changed {
		return ""
	}
	text := meant.String()
	if _, err := query.Parse(text); err != nil {
		return "" // too long, say: what was typed fitted
	}
	return text
}

// node corrects a tree and tells whether anything in it changed.
func (s *Speller) node(n query.Node, doubts *int) (query.Node, bool) {
	switch n := n.(type) {
	case *query.Word:
		text, changed := s.correct(n.Text, doubts)
		return &query.Word{Text: text}, changed
	case *query.Phrase:
		text, changed := s.correct(n.Text, doubts)
		return &query.Phrase{Text: text}, changed
	case *query.Near:
		text, changed := s.correct(strings.Join(n.Words, " "), doubts)
		return &query.Near{Words: strings.Fields(text), Distance: n.Distance}, changed
	case *query.And:
		nodes, changed := s.nodes(n.Nodes, doubts)
		return &query.And{Nodes: nodes}, changed
	case *query.Or:
		nodes, changed := s.nodes(n.Nodes, doubts)
		return &query.Or{Nodes: nodes}, changed
	case *query.Field:
		if n.Name == query.Title || n.Name == query.Section {
			inner, changed := s.node(n.Node, doubts)
			return &query.Field{Name: n.Name, Node: inner}, changed
		}
	}
	return n, false
}

func (s *Speller) nodes(nodes []query.Node, doubts *int) ([]query.Node, bool) {
	out := make([]query.Node, len(nodes))
	changed := false
	for i, n := range nodes {
		inner, c := s.node(n, doubts)
		out[i] = inner
		changed = changed || c
	}
	return out, changed
}

package suggest

import (
	"strings"

	"xunwen/internal/query"
)

// Query returns the query that was meant, in the query language: the words of
// n corrected, all else as it is. It returns "" where there is nothing to
// correct. What is excluded, fields other than title and section, and prefixes
// are taken as they stand.
func (s *Speller) Query(n query.Node, holders Holders) string {
	c := &correction{s, maxDoubts, holders}
	meant, changed := c.node(n)
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
func (c *correction) node(n query.Node) (query.Node, bool) {
	switch n := n.(type) {
	case *query.Word:
		text, changed := c.operand(n.Text)
		return &query.Word{Text: text}, changed
	case *query.Phrase:
		text, changed := c.operand(n.Text)
		return &query.Phrase{Text: text}, changed
	case *query.Near:
		text, changed := c.operand(strings.Join(n.Words, " "))
		return &query.Near{Words: strings.Fields(text), Distance: n.Distance}, changed
	case *query.And:
		nodes, changed := c.nodes(n.Nodes)
		return &query.And{Nodes: nodes}, changed
	case *query.Or:
		nodes, changed := c.nodes(n.Nodes)
		return &query.Or{Nodes: nodes}, changed
	case *query.Field:
		if n.Name == query.Title || n.Name == query.Section {
			inner, changed := c.node(n.Node)
			return &query.Field{Name: n.Name, Node: inner}, changed
		}
	}
	return n, false
}

func (c *correction) nodes(nodes []query.Node) ([]query.Node, bool) {
	out := make([]query.Node, len(nodes))
	changed := false
	for i, n := range nodes {
		inner, other := c.node(n)
		out[i] = inner
		changed = changed || other
	}
	return out, changed
}

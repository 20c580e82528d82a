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
	meant, changed := c.rewrite(n)
	if !changed {
		return ""
	}
	text := meant.String()
	if _, err := query.Parse(text); err != nil {
		return "" // too long, say: what was typed fitted
	}
	return text
}

// rewrite corrects the words of a tree and reports whether any changed.
func (c *correction) rewrite(n query.Node) (meant query.Node, changed bool) {
	correct := func(text string) string {
		text, other := c.operand(text)
		changed = changed || other
		return text
	}
	meant = query.Map(n, func(n query.Node) (query.Node, bool) {
		switch n := n.(type) {
		case *query.Word:
			return &query.Word{Text: correct(n.Text)}, false
		case *query.Phrase:
			return &query.Phrase{Text: correct(n.Text)}, false
		case *query.Near:
			words := strings.Fields(correct(strings.Join(n.Words, " ")))
			return &query.Near{Words: words, Distance: n.Distance}, false
		case *query.Not:
			return n, false
		case *query.Field:
			return n, n.Name == query.Title || n.Name == query.Section
		}
		return n, true
	})
	return meant, changed
}

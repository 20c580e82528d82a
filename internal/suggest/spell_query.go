package suggest

import (
	"strings"

	"xunwen/internal/query"
)

// Query returns n with its words corrected, in the query language, and "" if
// there is nothing to correct. It does not change exclusions, fields other than
// title and section, and prefixes.
func (s *Speller) Query(n query.Node, docFreq DocFreq) string {
	c := &correction{s, candidateBudget, docFreq}
	corrected, changed := c.rewrite(n)
	if !changed {
		return ""
	}
	text := corrected.String()
	if _, err := query.Parse(text); err != nil {
		return "" // too long, for example: the typed query may be shorter
	}
	return text
}

// rewrite corrects the words of a tree and reports whether any changed.
func (c *correction) rewrite(n query.Node) (corrected query.Node, changed bool) {
	correct := func(text string) string {
		text, isNew := c.operand(text)
		changed = changed || isNew
		return text
	}
	corrected = query.Map(n, func(n query.Node) (query.Node, bool) {
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
	return corrected, changed
}

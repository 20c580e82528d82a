package suggest

import (
	"strings"

	"xunwen/internal/query"
)

// Query returns n with its words corrected, in the query language, and "" if
// there is nothing to correct. It does not change operators, exclusions, fields
// other than title, lead and section, and prefixes, and suggests nothing that the
// query excludes.
func (s *Speller) Query(n query.Node, docFreq DocFreq) string {
	c := &correction{Speller: s, budget: candidateBudget, docFreq: docFreq, excluded: s.exclusions(n)}
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
		suggested, isNew := c.operand(text)
		if !isNew || c.excludes(text, suggested) {
			return text
		}
		changed = true
		return suggested
	}
	corrected = query.Map(n, func(n query.Node) (query.Node, bool) {
		switch n := n.(type) {
		case *query.Word:
			return query.AllWords(strings.Fields(correct(n.Text))), false
		case *query.Phrase:
			return &query.Phrase{Text: correct(n.Text)}, false
		case *query.Near:
			words := strings.Fields(correct(strings.Join(n.Words, " ")))
			return &query.Near{Words: words, Distance: n.Distance}, false
		case *query.And:
			nodes, isNew := c.joinPinyin(n.Nodes)
			changed = changed || isNew
			if len(nodes) == 1 {
				return nodes[0], false // it was joined
			}
			return &query.And{Nodes: nodes}, true
		case *query.Not:
			return n, false
		case *query.Field:
			return n, n.Name == query.Title || n.Name == query.Lead || n.Name == query.Section
		}
		return n, true
	})
	return corrected, changed
}

// exclusions lists the texts that a query excludes, folded.
func (s *Speller) exclusions(n query.Node) []string {
	var out []string
	excluded := func(text string) { out = append(out, s.fold.FoldString(text)) }
	query.Map(n, func(n query.Node) (query.Node, bool) {
		if not, ok := n.(*query.Not); ok {
			query.Map(not.Node, func(n query.Node) (query.Node, bool) {
				switch n := n.(type) {
				case *query.Word:
					excluded(n.Text)
				case *query.Phrase:
					excluded(n.Text)
				case *query.Prefix:
					excluded(n.Text)
				case *query.Near:
					for _, word := range n.Words {
						excluded(word)
					}
				}
				return n, true
			})
			return n, false
		}
		return n, true
	})
	return out
}

// excludes reports whether the query excludes something that is suggested for a
// typed text and does not occur in it.
func (c *correction) excludes(typed, suggested string) bool {
	typed, suggested = c.fold.FoldString(typed), c.fold.FoldString(suggested)
	for _, text := range c.excluded {
		if strings.Contains(suggested, text) && !strings.Contains(typed, text) {
			return true
		}
	}
	return false
}

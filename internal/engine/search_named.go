package engine

import (
	"strings"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

// named returns the newspapers and sources whose name is an operand of the query.
func (e *Engine) named(r search.Request) []search.Named {
	if r.NoSuggestions || r.Cursor != "" {
		return nil
	}
	operands := []query.Node{r.Query}
	if and, ok := r.Query.(*query.And); ok {
		operands = and.Nodes
	}
	var out []search.Named
	for _, n := range operands {
		text := ""
		switch n := n.(type) {
		case *query.Word:
			text = n.Text
		case *query.Phrase:
			text = n.Text
		}
		for _, name := range e.index.names()[e.index.nameKey(text)] {
			name.Operand = n.String()
			out = append(out, name)
		}
	}
	return out
}

// foldNames returns the newspapers and sources of the index by nameKey.
func (sn *snapshot) foldNames() map[string][]search.Named {
	out := map[string][]search.Named{}
	for _, field := range []query.FieldName{query.Publication, query.Source} {
		for _, value := range sn.columns.Values(queryFields[field]).Names[1:] { // the first is ""
			key := sn.nameKey(value)
			out[key] = append(out[key], search.Named{Field: field, Value: value})
		}
	}
	return out
}

var titleMarks = strings.NewReplacer("《", "", "》", "", "〈", "", "〉", "")

// nameKey returns a name in normal form without title marks.
func (sn *snapshot) nameKey(name string) string {
	return strings.TrimSpace(sn.segmenter.FoldString(titleMarks.Replace(name)))
}

package engine

import (
	"context"
	"strings"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

// named returns the newspapers and sources whose name is an operand of the query.
func (e *Engine) named(ctx context.Context, r search.Request) ([]search.Named, error) {
	if r.NoSuggestions || r.Cursor != "" {
		return nil, nil
	}
	names, err := e.index.names.get(ctx)
	if err != nil {
		return nil, err
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
		for _, name := range names[e.index.nameKey(text)] {
			name.Operand = n.String()
			out = append(out, name)
		}
	}
	return out, nil
}

// foldNames returns the newspapers and sources of the index by nameKey.
func (sn *snapshot) foldNames(context.Context) (map[string][]search.Named, error) {
	out := map[string][]search.Named{}
	for _, field := range []query.FieldName{query.Publication, query.Source} {
		values, err := sn.columns.Values(queryFields[field])
		if err != nil {
			return nil, err
		}
		for _, value := range values.Names[1:] { // the first is ""
			key := sn.nameKey(value)
			out[key] = append(out[key], search.Named{Field: field, Value: value})
		}
	}
	return out, nil
}

var titleMarks = strings.NewReplacer("《", "", "》", "", "〈", "", "〉", "")

// nameKey returns a name in normal form without title marks.
func (sn *snapshot) nameKey(name string) string {
	return strings.TrimSpace(sn.segmenter.FoldString(titleMarks.Replace(name)))
}

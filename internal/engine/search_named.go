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
	return NamedBy(r.Query, e.index.segmenter, names), nil
}

// NamedBy returns the newspapers and sources, given by NameKey, whose name is an operand of a query.
func NamedBy(q query.Node, s Segmenter, names map[string][]search.Named) []search.Named {
	var out []search.Named
	for _, n := range operandsOf(q) {
		for _, name := range names[NameKey(s, textOf(n))] {
			name.Operand = n.String()
			out = append(out, name)
		}
	}
	return out
}

// NamesIn returns the NameKeys that NamedBy looks up.
func NamesIn(q query.Node, s Segmenter) []string {
	var out []string
	for _, n := range operandsOf(q) {
		if key := NameKey(s, textOf(n)); key != "" {
			out = append(out, key)
		}
	}
	return out
}

// operandsOf returns the nodes that all must match.
func operandsOf(q query.Node) []query.Node {
	if and, ok := q.(*query.And); ok {
		return and.Nodes
	}
	return []query.Node{q}
}

// textOf returns the text of a word or phrase, "" of other nodes.
func textOf(n query.Node) string {
	switch n := n.(type) {
	case *query.Word:
		return n.Text
	case *query.Phrase:
		return n.Text
	}
	return ""
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

func (sn *snapshot) nameKey(name string) string { return NameKey(sn.segmenter, name) }

// NameKey returns the name of a newspaper or source in normal form without title marks.
func NameKey(s Segmenter, name string) string {
	return strings.TrimSpace(s.FoldString(titleMarks.Replace(name)))
}

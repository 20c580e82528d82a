package engine

import (
	"strings"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

// named returns the newspapers and sources whose name is the query.
func (e *Engine) named(r search.Request) []search.Named {
	if r.NoSuggestions || r.Cursor != "" {
		return nil
	}
	switch n := r.Query.(type) {
	case *query.Word:
		return e.index.names()[e.index.nameKey(n.Text)]
	case *query.Phrase:
		return e.index.names()[e.index.nameKey(n.Text)]
	}
	return nil
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

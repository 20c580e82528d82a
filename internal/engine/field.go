package engine

import (
	"fmt"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/query"
)

// matchField looks in one field: titles and sections as texts, the others as
// values that the operand is a part of; a page number or kind is the whole.
func (r *run) matchField(f *query.Field) (*roaring.Bitmap, error) {
	switch f.Name {
	case query.Title:
		return r.matches(f.Node, inTitle)
	case query.Section:
		return r.matches(f.Node, inSection)
	}
	docs, err := r.valueDocuments(f.Name, f.Node)
	if err != nil {
		return nil, err
	}
	return r.lift(docs), nil
}

// valueDocuments returns the documents whose value of a field a node accepts.
func (r *run) valueDocuments(name query.FieldName, n query.Node) (*roaring.Bitmap, error) {
	switch n := n.(type) {
	case *query.Word:
		return r.valuesWith(name, n.Text)
	case *query.Phrase:
		return r.valuesWith(name, n.Text)
	case *query.Prefix:
		return r.valuesWith(name, n.Text)
	case *query.Near:
		return r.valuesWith(name, strings.Join(n.Words, " "))
	case *query.And:
		return r.combine(name, n.Nodes, roaring.FastAnd)
	case *query.Or:
		return r.combine(name, n.Nodes, roaring.FastOr)
	case *query.Not:
		docs, err := r.valueDocuments(name, n.Node)
		if err != nil {
			return nil, err
		}
		return roaring.Flip(docs, 0, uint64(len(r.columns.Article))), nil
	}
	return nil, fmt.Errorf("a query node of type %T can't stand in field %s", n, name)
}

// combine evaluates nodes within one field and combines what they find by f.
func (r *run) combine(name query.FieldName, nodes []query.Node, f func(...*roaring.Bitmap) *roaring.Bitmap) (*roaring.Bitmap, error) {
	sets := make([]*roaring.Bitmap, len(nodes))
	for i, n := range nodes {
		docs, err := r.valueDocuments(name, n)
		if err != nil {
			return nil, err
		}
		sets[i] = docs
	}
	return f(sets...), nil
}

// fields maps what a query can name to the index's fields with one value.
var fields = map[query.FieldName]string{
	query.Source: Source, query.Byline: Byline, query.Publication: Publication,
	query.Page: Page, query.PageName: PageName, query.Kind: Kind,
}

// valuesWith returns the documents whose value of a field holds an operand, both
// folded.
func (r *run) valuesWith(name query.FieldName, operand string) (*roaring.Bitmap, error) {
	field, ok := fields[name]
	if !ok {
		return nil, fmt.Errorf("the index has no field %q", name)
	}
	want := strings.TrimSpace(r.cut.FoldString(operand))
	whole := name == query.Page || name == query.Kind
	return r.anyTerm(field, "", "", func(value string) bool {
		value = r.cut.FoldString(value)
		return value == want || !whole && strings.Contains(value, want)
	})
}

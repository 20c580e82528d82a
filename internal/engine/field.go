package engine

import (
	"fmt"
	"strings"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// matchPrefix finds the documents with a Latin or digit run that begins so.
func (r *run) matchPrefix(p *query.Prefix, in zone) (*roaring.Bitmap, error) {
	folded := r.cut.FoldString(p.Text)
	field := Grams
	if in == inSection {
		field = SectionGrams
	}
	docs, err := r.beginning(field, folded)
	if err != nil {
		return nil, err
	}
	if in == inTitle {
		docs.And(r.columns.heads)
	}
	if in == anywhere && r.by == search.ByArticle {
		more, err := r.beginning(SectionGrams, folded)
		if err != nil {
			return nil, err
		}
		docs.Or(more)
	}
	return r.liftFrom(docs, in), nil
}

// maxExpanded is how many entries of a dictionary all prefixes of a query may
// stand for, .3 s of work. 172,615 paragraphs of news have 167,156 that
// are runs of Latin letters or digits.
const maxExpanded = 200_000

// beginning unites the documents of the terms that begin so.
func (r *run) beginning(field, folded string) (*roaring.Bitmap, error) {
	docs, err := r.anyTerm(field, folded, after(folded), func(string) bool {
		r.expanded++
		return r.expanded <= maxExpanded
	})
	if err == nil && r.expanded > maxExpanded {
		err = fmt.Errorf("%s*: %w", folded, search.ErrTooBroad)
	}
	return docs, err
}

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

// between returns the documents dated from to to; either may be "".
func (r *run) between(from, to string) (*roaring.Bitmap, error) {
	end := ""
	if to != "" {
		end = to + "\x00" // the day itself belongs to it
	}
	return r.anyTerm(Date, from, end, nil)
}

// filtered returns the documents that a filter lets through, nil for all.
func (r *run) filtered(f search.Filter) (*roaring.Bitmap, error) {
	var sets []*roaring.Bitmap
	for _, part := range []struct {
		field  string
		values []string
	}{
		{Publication, f.Publication}, {Section, f.Section}, {Source, f.Source},
		{Page, f.Page}, {PageName, f.PageName}, {Kind, f.Kind},
	} {
		if len(part.values) == 0 {
			continue
		}
		docs, err := r.postings.Documents(part.field, part.values...)
		if err != nil {
			return nil, err
		}
		sets = append(sets, docs)
	}
	if f.From != "" || f.To != "" {
		docs, err := r.between(f.From, f.To)
		if err != nil {
			return nil, err
		}
		sets = append(sets, docs)
	}
	if len(sets) == 0 {
		return nil, nil
	}
	return roaring.FastAnd(sets...), nil
}

// Day returns a date's day as Columns.Day counts them.
func Day(date string) int32 {
	t, err := time.Parse(news.DateLayout, date)
	if err != nil {
		return NoDay
	}
	return int32(t.Unix() / (24 * 60 * 60))
}

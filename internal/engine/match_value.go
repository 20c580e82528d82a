package engine

import (
	"context"
	"fmt"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/news"
	"xunwen/internal/query"
)

// documentsNode matches the members with a document that passes a test. The
// operators of a field's value combine documents, not members: kind:(caption
// -table) asks both of one paragraph.
type documentsNode struct{ test documentTest }

// documentTest is a condition on the values of a document.
type documentTest interface {
	condition() Condition
	documents(ctx context.Context, s *snapshot) (*roaring.Bitmap, error)
	String() string
}

func (n documentsNode) cost() cost { return costValues }

func (n documentsNode) match(ctx context.Context, s *searcher, _ *roaring.Bitmap) (*roaring.Bitmap, error) {
	docs, err := n.test.documents(ctx, s.index.snapshot)
	if err != nil {
		return nil, err
	}
	return s.scope.whole(s.scope.members(docs, anywhere)), nil
}

func (n documentsNode) describe(d *description) { d.line(n.cost(), "%s", n.test) }

// dateTest passes documents dated from to to, both included; either may be "".
type dateTest struct{ from, to string }

func (t dateTest) documents(ctx context.Context, s *snapshot) (*roaring.Bitmap, error) {
	return s.between(ctx, t.from, t.to)
}

func (t dateTest) String() string {
	switch {
	case t.from == "":
		return "date to " + t.to
	case t.to == "":
		return "date from " + t.from
	}
	return fmt.Sprintf("date %s to %s", t.from, t.to)
}

// lengthTest passes the documents of articles with min to max characters, both included;
// 0 is no bound. A paragraph counts as long as its article.
type lengthTest struct{ min, max int }

func (t lengthTest) documents(_ context.Context, s *snapshot) (*roaring.Bitmap, error) {
	out := roaring.New()
	for article, n := range s.columns.Characters {
		if int(n) >= t.min && (t.max == 0 || int(n) <= t.max) {
			head, end := s.columns.documents(uint32(article))
			out.AddRange(uint64(head), uint64(end))
		}
	}
	return out, nil
}

func (t lengthTest) String() string {
	switch {
	case t.max == 0:
		return fmt.Sprintf("at least %d characters", t.min)
	case t.min == 0:
		return fmt.Sprintf("at most %d characters", t.max)
	}
	return fmt.Sprintf("%d to %d characters", t.min, t.max)
}

// valueTest passes documents whose folded value of a field contains a text, or is
// it.
type valueTest struct {
	field, text string
	exact       bool // the value must equal the text, as of a page number or kind
	fold        func(string) string
}

// queryFields maps the fields that a query can name to those of the index that
// have one value.
var queryFields = map[query.FieldName]string{
	query.Source:      Source,
	query.Byline:      Byline,
	query.Publication: Publication,
	query.Page:        Page,
	query.PageName:    PageName,
	query.Kind:        Kind,
}

// valueTest compiles the value of a field.
func (c *compiler) valueTest(name query.FieldName, n query.Node) (documentTest, error) {
	switch n := n.(type) {
	case *query.Word:
		return c.valueContains(name, n.Text)
	case *query.Phrase:
		return c.valueContains(name, n.Text)
	case *query.Prefix:
		return c.valueContains(name, n.Text)
	case *query.Near:
		return c.valueContains(name, strings.Join(n.Words, " "))
	case *query.And:
		tests, err := c.valueTests(name, n.Nodes)
		return allTests(tests), err
	case *query.Or:
		tests, err := c.valueTests(name, n.Nodes)
		return anyTest(tests), err
	case *query.Not:
		test, err := c.valueTest(name, n.Node)
		return failedTest{test}, err
	}
	return nil, fmt.Errorf("a query node of type %T can't be the value of field %s", n, name)
}

func (c *compiler) valueTests(name query.FieldName, nodes []query.Node) ([]documentTest, error) {
	tests := make([]documentTest, len(nodes))
	for i, n := range nodes {
		var err error
		if tests[i], err = c.valueTest(name, n); err != nil {
			return nil, err
		}
	}
	return tests, nil
}

func (c *compiler) valueContains(name query.FieldName, operand string) (documentTest, error) {
	field, ok := queryFields[name]
	if !ok {
		return nil, fmt.Errorf("the index has no field %q", name)
	}
	fold := c.segmenter.FoldString
	if name == query.Page {
		fold = func(value string) string { return news.PageNumber(c.segmenter.FoldString(value)) }
	}
	return valueTest{
		field: field,
		text:  strings.TrimSpace(fold(operand)),
		exact: name == query.Page || name == query.Kind,
		fold:  fold,
	}, nil
}

func (t valueTest) documents(ctx context.Context, s *snapshot) (*roaring.Bitmap, error) {
	return s.anyTerm(ctx, t.field, "", "", func(value string) bool {
		value = t.fold(value)
		return value == t.text || !t.exact && strings.Contains(value, t.text)
	})
}

func (t valueTest) String() string {
	if t.exact {
		return fmt.Sprintf("%s is %q", t.field, t.text)
	}
	return fmt.Sprintf("%s contains %q", t.field, t.text)
}

// allTests passes what all tests pass.
type allTests []documentTest

func (t allTests) documents(ctx context.Context, s *snapshot) (*roaring.Bitmap, error) {
	sets, err := documentsOf(ctx, s, t)
	return roaring.FastAnd(sets...), err
}

func (t allTests) String() string { return joinTests(t, " and ") }

// anyTest passes what any test passes.
type anyTest []documentTest

func (t anyTest) documents(ctx context.Context, s *snapshot) (*roaring.Bitmap, error) {
	sets, err := documentsOf(ctx, s, t)
	return roaring.FastOr(sets...), err
}

func (t anyTest) String() string { return joinTests(t, " or ") }

// failedTest passes what its test doesn't.
type failedTest struct{ test documentTest }

func (t failedTest) documents(ctx context.Context, s *snapshot) (*roaring.Bitmap, error) {
	docs, err := t.test.documents(ctx, s)
	if err != nil {
		return nil, err
	}
	return roaring.Flip(docs, 0, uint64(len(s.columns.Article))), nil
}

func (t failedTest) String() string { return "not " + t.test.String() }

func documentsOf(ctx context.Context, s *snapshot, tests []documentTest) ([]*roaring.Bitmap, error) {
	sets := make([]*roaring.Bitmap, len(tests))
	for i, t := range tests {
		var err error
		if sets[i], err = t.documents(ctx, s); err != nil {
			return nil, err
		}
	}
	return sets, nil
}

func joinTests(tests []documentTest, operator string) string {
	texts := make([]string, len(tests))
	for i, t := range tests {
		texts[i] = t.String()
	}
	return "(" + strings.Join(texts, operator) + ")"
}

package engine

import (
	"cmp"
	"fmt"
	"slices"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

// compile makes the plan of a query. A query of nil matches everything, ranks
// nothing and highlights nothing.
func compile(n query.Node, s Segmenter, match search.Matching) (*plan, error) {
	c := compiler{segmenter: s, match: match, plan: &plan{}}
	if n == nil {
		return c.plan, nil
	}
	b, err := c.node(n, position{})
	if err != nil {
		return nil, err
	}
	c.plan.root, c.plan.operands, c.plan.highlights = b.node, b.operands, b.highlights
	return c.plan, nil
}

// WordsOf is the condition that a text has every word of another one, stop words too.
func WordsOf(text string, s Segmenter) Condition { return compileWords(text, s).root.condition() }

// compileWords makes the plan of what contains every word of a text, stop words too.
// It neither ranks nor highlights.
func compileWords(text string, s Segmenter) *plan {
	words := &bagNode{required: true}
	words.add(newExactOperand(s, text))
	if len(words.units) == 0 {
		return &plan{root: newAnd(nil)}
	}
	return &plan{root: words, bags: []*bagNode{words}}
}

// compiler compiles one query.
type compiler struct {
	segmenter Segmenter
	match     search.Matching
	plan      *plan // gathers bags and prefixes
}

// position is where in a query a node is.
type position struct {
	zone     zone
	excluded bool // below a Not: every unit is required, and nothing has synonyms, ranks or highlights
}

// branch is a compiled node with what ranks and highlights below it.
type branch struct {
	node       node
	operands   []*operand
	highlights []highlight
}

func (c *compiler) node(n query.Node, at position) (branch, error) {
	switch n := n.(type) {
	case *query.Word:
		return c.and([]query.Node{n}, at)
	case *query.And:
		return c.and(n.Nodes, at)
	case *query.Or:
		return c.or(n, at)
	case *query.Not:
		return c.not(n, at)
	case *query.Phrase:
		return c.phrase(n, at), nil
	case *query.Near:
		return c.near(n, at), nil
	case *query.Proximity:
		return c.proximity(n, at)
	case *query.Occurrences:
		return c.occurrences(n, at)
	case *query.Prefix:
		return c.prefix(n, at), nil
	case *query.Field:
		return c.field(n, at)
	case *query.DateRange:
		return branch{node: documentsNode{dateTest{n.From, n.To}}}, nil
	case *query.Length:
		return branch{node: documentsNode{lengthTest{n.Min, n.Max}}}, nil
	}
	return branch{}, fmt.Errorf("a query node of type %T can't be matched", n)
}

// and compiles nodes that all must match. The operands rank in the order
// of words, fields and all others: the last digits of a score depend on the order
// in which its parts are added.
func (c *compiler) and(nodes []query.Node, at position) (branch, error) {
	var words []*query.Word
	for _, n := range nodes {
		if word, ok := n.(*query.Word); ok {
			words = append(words, word)
		}
	}
	out, children := c.words(words, at)
	var inFields, others []*operand
	for _, n := range nodes {
		if _, ok := n.(*query.Word); ok {
			continue
		}
		b, err := c.node(n, at)
		if err != nil {
			return branch{}, err
		}
		children = append(children, b.node)
		out.highlights = append(out.highlights, b.highlights...)
		if _, ok := n.(*query.Field); ok {
			inFields = append(inFields, b.operands...)
		} else {
			others = append(others, b.operands...)
		}
	}
	out.operands = slices.Concat(out.operands, inFields, others)
	out.node = newAnd(children)
	return out, nil
}

// newAnd orders nodes by cost. Without nodes nothing matches: the query was
// nothing but punctuation.
func newAnd(nodes []node) node {
	if len(nodes) == 1 {
		return nodes[0]
	}
	slices.SortStableFunc(nodes, func(a, b node) int { return cmp.Compare(a.cost(), b.cost()) })
	return andNode(nodes)
}

func (c *compiler) or(n *query.Or, at position) (branch, error) {
	var out branch
	var children orNode
	for _, n := range n.Nodes {
		b, err := c.node(n, at)
		if err != nil {
			return branch{}, err
		}
		children = append(children, b.node)
		out.operands = append(out.operands, b.operands...)
		out.highlights = append(out.highlights, b.highlights...)
	}
	out.node = children
	return out, nil
}

// not compiles an exclusion.
func (c *compiler) not(n *query.Not, at position) (branch, error) {
	b, err := c.node(n.Node, position{zone: at.zone, excluded: true})
	return branch{node: notNode{b.node}}, err
}

func (c *compiler) phrase(n *query.Phrase, at position) branch {
	return c.leaf(&phraseNode{phrase: newPhrase(c.segmenter, n.Text), zone: at.zone}, at, n.Text)
}

func (c *compiler) near(n *query.Near, at position) branch {
	out := &nearNode{distance: n.Distance, zone: at.zone}
	for _, w := range n.Words {
		p := newPhrase(c.segmenter, w)
		out.phrases, out.words = append(out.phrases, p), append(out.words, p.text)
	}
	return c.leaf(out, at, n.Words...)
}

func (c *compiler) prefix(n *query.Prefix, at position) branch {
	p := &prefixNode{text: c.segmenter.FoldString(n.Text), zone: at.zone}
	c.plan.prefixes = append(c.plan.prefixes, p)
	return c.leaf(p, at)
}

// leaf returns the branch of a leaf that is ranked by some texts.
func (c *compiler) leaf(n leafNode, at position, texts ...string) branch {
	b := branch{node: n}
	if at.excluded {
		return b
	}
	b.highlights = []highlight{{at.zone, n}}
	for _, text := range texts {
		o := newOperand(c.segmenter, text)
		o.rankWhole(c.segmenter)
		b.operands = append(b.operands, o)
	}
	return b
}

// leafNode is a leaf that highlights what it matches.
type leafNode interface {
	node
	highlighted
}

// field compiles a field: titles, leads and sections are texts, the others values.
func (c *compiler) field(n *query.Field, at position) (branch, error) {
	switch n.Name {
	case query.Title:
		return c.node(n.Node, position{inTitle, at.excluded})
	case query.Lead:
		return c.node(n.Node, position{inLead, at.excluded})
	case query.Section:
		return c.node(n.Node, position{inSection, at.excluded})
	}
	test, err := c.valueTest(n.Name, n.Node)
	out := branch{node: documentsNode{test}}
	if err == nil && n.Name == query.Byline && !at.excluded {
		out.highlights = bylineHighlights(test)
	}
	return out, err
}

package query

import "strconv"

// Bounds of a query.
const (
	// MaxRunes is longer than any headline. It bounds the time to parse and how deep
	// brackets can be nested, so that recursion is safe.
	MaxRunes = 512
	// MaxOperands bounds the words, phrases, prefixes and dates of a query, and so
	// what it can cost an engine.
	MaxOperands = 64
)

// Parse parses a query; docs/query-syntax.md is the manual. A query with nothing to
// match (empty, blank, nothing but punctuation) gives nil and no error. An error is
// always an *Error.
//
// In the tree And and Or have at least two nodes and are not nested in their own
// kind. A Not is a child of an And that also has a node without Not. There is no
// Field, DateRange or Length inside a Field, and no Proximity or Occurrences in a field
// that is not a text. A Word has a letter or digit, does not begin with a quote,
// bracket, hyphen, dash or $, does not end in * and is never an operator.
func Parse(q string) (Node, error) {
	src := []rune(q)
	if len(src) > MaxRunes {
		return nil, tooLong(len(src))
	}
	tokens, err := lex(src)
	if err != nil {
		return nil, err
	}
	p := &parser{src: src, tokens: tokens}
	whole, err := p.either()
	if err != nil {
		return nil, err
	}
	if whole.excludesOnly() {
		return nil, onlyExclusions(whole.firstNot)
	}
	return whole.node, nil
}

// part is a part of the tree; its node is nil if it matches nothing. A part of
// exclusions alone is not complete: inside an And it joins the others, anywhere else
// it is an error.
type part struct {
	node     Node
	firstNot int // position of the first exclusion if there are only exclusions, else none
}

const none = -1

func (p part) excludesOnly() bool { return p.node != nil && p.firstNot != none }

type parser struct {
	src      []rune
	tokens   []token
	i        int
	operands int
	inField  FieldName // whose value is parsed, or ""
}

func (p *parser) at(kind tokenKind) bool {
	return p.i < len(p.tokens) && p.tokens[p.i].kind == kind
}

// gluedOperand reports whether an operand follows the last token directly.
func (p *parser) gluedOperand(kinds ...tokenKind) bool {
	for _, kind := range kinds {
		if p.at(kind) && p.tokens[p.i].glued {
			return true
		}
	}
	return false
}

// either parses sides with OR between them, up to a closing bracket or the end.
func (p *parser) either() (part, *Error) {
	var sides []part
	var operator *token
	for {
		start := p.i
		side, err := p.all()
		if err != nil {
			return side, err
		}
		if p.i == start && operator != nil {
			return side, missingSide(operator.pos, p.text(*operator), "after")
		}
		if p.i == start && p.at(tokenOr) {
			return side, missingSide(p.tokens[p.i].pos, p.text(p.tokens[p.i]), "before")
		}
		if side.node != nil {
			sides = append(sides, side)
		}
		if !p.at(tokenOr) {
			return joinSides(sides)
		}
		operator = &p.tokens[p.i]
		p.i++
	}
}

func (p *parser) text(t token) string { return string(p.src[t.pos:t.end]) }

func joinSides(sides []part) (part, *Error) {
	switch len(sides) {
	case 0:
		return part{firstNot: none}, nil
	case 1:
		return sides[0], nil
	}
	var nodes []Node
	for _, side := range sides {
		if side.excludesOnly() {
			return side, onlyExclusions(side.firstNot)
		}
		if inner, ok := side.node.(*Or); ok {
			nodes = append(nodes, inner.Nodes...)
		} else {
			nodes = append(nodes, side.node)
		}
	}
	return part{node: &Or{Nodes: nodes}, firstNot: none}, nil
}

// all parses operands with only spaces or AND between, up to OR, a closing bracket or
// the end.
func (p *parser) all() (part, *Error) {
	var nodes []Node
	firstNot, matches, start := none, false, p.i
	for p.i < len(p.tokens) && !p.at(tokenOr) && !p.at(tokenClose) {
		if p.at(tokenAnd) {
			if err := p.and(start); err != nil {
				return part{}, err
			}
			continue
		}
		if p.at(tokenRelation) && nodes == nil {
			return part{}, missingSide(p.tokens[p.i].pos, p.text(p.tokens[p.i]), "before")
		}
		clause, err := p.clause()
		if err != nil {
			return clause, err
		}
		switch {
		case clause.node == nil:
			continue
		case !clause.excludesOnly():
			matches = true
		case firstNot == none:
			firstNot = clause.firstNot
		}
		if inner, ok := clause.node.(*And); ok {
			nodes = append(nodes, inner.Nodes...)
		} else {
			nodes = append(nodes, clause.node)
		}
	}
	if matches {
		firstNot = none
	}
	switch len(nodes) {
	case 0:
		return part{firstNot: none}, nil
	case 1:
		return part{node: nodes[0], firstNot: firstNot}, nil
	}
	return part{node: &And{Nodes: nodes}, firstNot: firstNot}, nil
}

// and reads an AND, which needs an operand on both sides. The operands of this level begin at
// start.
func (p *parser) and(start int) *Error {
	operator := p.tokens[p.i]
	if p.i == start {
		return missingSide(operator.pos, p.text(operator), "before")
	}
	p.i++
	if p.i == len(p.tokens) || p.at(tokenClose) || p.at(tokenOr) || p.at(tokenAnd) {
		return missingSide(operator.pos, p.text(operator), "after")
	}
	return nil
}

// clause parses an operand with or without a hyphen or NOT.
func (p *parser) clause() (part, *Error) {
	if !p.at(tokenNot) {
		return p.operand()
	}
	not := p.tokens[p.i]
	p.i++
	if !p.gluedOperand(tokenLeaf, tokenOpen, tokenField) {
		if not.end-not.pos > 1 { // NOT
			return part{}, missingSide(not.pos, p.text(not), "after")
		}
		return part{firstNot: none}, nil // a dash before a stray bracket
	}
	out, err := p.operand()
	if err != nil || out.node == nil {
		return out, err
	}
	if out.excludesOnly() {
		return out, onlyExclusions(out.firstNot)
	}
	return part{node: &Not{Node: out.node}, firstNot: not.pos}, nil
}

// operand parses a leaf, a group or a field with its value, and what an operator of
// relation or count makes of it.
func (p *parser) operand() (part, *Error) {
	t := p.tokens[p.i]
	if t.kind == tokenField {
		p.i++
		return p.field(t)
	}
	out, err := p.plain()
	if err != nil {
		return out, err
	}
	switch {
	case p.at(tokenCount) && isPlainOperand(out.node) && p.inText():
		return p.count(out), nil
	case p.at(tokenRelation) && out.node != nil:
		return p.related(out)
	}
	return out, nil
}

// plain parses a leaf or a group.
func (p *parser) plain() (part, *Error) {
	t := p.tokens[p.i]
	p.i++
	switch t.kind {
	case tokenOpen:
		group, err := p.either()
		p.i++ // the lexer made sure that every group is closed
		return group, err
	case tokenLeaf:
		return p.leaf(t.node, t.pos)
	case tokenCount: // of nothing that it could count
		return p.leaf(&Word{Text: strconv.Itoa(t.number)}, t.pos)
	}
	return part{firstNot: none}, p.misplaced(t)
}

// leaf counts a leaf.
func (p *parser) leaf(node Node, pos int) (part, *Error) {
	if node == nil {
		return part{firstNot: none}, nil
	}
	p.operands++
	if p.operands > MaxOperands {
		return part{firstNot: none}, tooMany(pos)
	}
	return part{node: node, firstNot: none}, nil
}

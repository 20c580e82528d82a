package query

// Bounds of a query.
const (
	// MaxRunes is longer than any headline; it bounds the time to parse and how
	// deep brackets can stand in one another, so that recursion is safe.
	MaxRunes = 512
	// MaxOperands counts words, phrases, prefixes and dates as they are written
	// apart; it bounds what one query can cost an engine.
	MaxOperands = 64
)

// Parse reads a query; docs/query-syntax.md is its manual. A query in which
// there is nothing to look for (empty, blank, mere punctuation) gives nil and
// no error. An error is always an *Error.
//
// In the tree And and Or have at least two nodes and are not nested in their
// own kind; a Not stands in an And that also has a node without Not; no Field
// or DateRange stands in a Field; a Word has a letter or digit, begins with no
// quote, bracket or ASCII hyphen, does not end in * and is never "OR".
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

// part is a piece of the tree under way; node is nil where there is nothing to
// look for. A part of exclusions only has no place of its own yet: inside an
// And it joins the others, anywhere else it is an error.
type part struct {
	node     Node
	firstNot int // where the first exclusion stands, if there are only exclusions; else none
}

const none = -1

func (p part) excludesOnly() bool { return p.node != nil && p.firstNot != none }

type parser struct {
	src      []rune
	tokens   []token
	i        int
	operands int
	inField  bool // inside the brackets of a field
}

func (p *parser) at(kind tokenKind) bool {
	return p.i < len(p.tokens) && p.tokens[p.i].kind == kind
}

// gluedOperand says whether an operand stands directly behind the last token.
func (p *parser) gluedOperand(kinds ...tokenKind) bool {
	for _, kind := range kinds {
		if p.at(kind) && p.tokens[p.i].glued {
			return true
		}
	}
	return false
}

// either reads sides with OR between them, up to a closing bracket or the end.
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

// all reads what has only spaces between, up to OR, a closing bracket or the end.
func (p *parser) all() (part, *Error) {
	var nodes []Node
	firstNot, matches := none, false
	for p.i < len(p.tokens) && !p.at(tokenOr) && !p.at(tokenClose) {
		piece, err := p.piece()
		if err != nil {
			return piece, err
		}
		switch {
		case piece.node == nil:
			continue
		case !piece.excludesOnly():
			matches = true
		case firstNot == none:
			firstNot = piece.firstNot
		}
		if inner, ok := piece.node.(*And); ok {
			nodes = append(nodes, inner.Nodes...)
		} else {
			nodes = append(nodes, piece.node)
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

// piece reads an operand, with a hyphen before it or without.
func (p *parser) piece() (part, *Error) {
	if !p.at(tokenNot) {
		return p.operand()
	}
	hyphen := p.tokens[p.i]
	p.i++
	if !p.gluedOperand(tokenLeaf, tokenOpen, tokenField) {
		return part{firstNot: none}, nil // a dash before a stray bracket
	}
	out, err := p.operand()
	if err != nil || out.node == nil {
		return out, err
	}
	if out.excludesOnly() {
		return out, onlyExclusions(out.firstNot)
	}
	return part{node: &Not{Node: out.node}, firstNot: hyphen.pos}, nil
}

// operand reads a leaf, a group or a field with its value.
func (p *parser) operand() (part, *Error) {
	t := p.tokens[p.i]
	p.i++
	switch t.kind {
	case tokenOpen:
		group, err := p.either()
		p.i++ // the lexer saw to it that every group is closed
		return group, err
	case tokenField:
		return p.field(t)
	}
	return p.leaf(t.node, t.pos)
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

// field reads the value of a field. Inside the brackets of another field the
// name is passed over: a text stands in one field at a time.
func (p *parser) field(name token) (part, *Error) {
	if p.inField {
		if p.gluedOperand(tokenLeaf, tokenOpen) {
			return p.operand()
		}
		return part{firstNot: none}, nil
	}
	if name.field == dateField {
		return p.date(name)
	}
	value := part{firstNot: none}
	if p.gluedOperand(tokenLeaf, tokenOpen) {
		var err *Error
		p.inField = true
		value, err = p.operand()
		p.inField = false
		if err != nil {
			return value, err
		}
	}
	switch {
	case value.node == nil: // mere punctuation: so the name is text too
		return p.leaf(&Word{Text: p.text(name)}, name.pos)
	case value.excludesOnly():
		return value, onlyExclusions(value.firstNot)
	}
	value.node = &Field{Name: name.field, Node: value.node}
	return value, nil
}

func (p *parser) date(name token) (part, *Error) {
	value := token{pos: name.end, end: name.end}
	if p.gluedOperand(tokenLeaf) {
		value = p.tokens[p.i]
		p.i++
	}
	dates, err := parseDate(p.text(value), value.pos)
	if err != nil {
		return part{firstNot: none}, err
	}
	return p.leaf(dates, name.pos)
}

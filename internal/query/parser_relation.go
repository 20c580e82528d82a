package query

// count parses $5 after an operand.
func (p *parser) count(of part) part {
	of.node = &Occurrences{Node: of.node, Min: p.tokens[p.i].number}
	p.i++
	return of
}

// related parses /NEAR 10 and the like after an operand, and the operand after it.
func (p *parser) related(left part) (part, *Error) {
	t := p.tokens[p.i]
	if !isPlainOperand(left.node) || !p.inText() {
		return left, p.misplaced(t)
	}
	p.i++
	if p.i == len(p.tokens) || p.at(tokenClose) || p.at(tokenOr) || p.at(tokenAnd) {
		return left, missingSide(t.pos, p.text(t), "after")
	}
	if !p.at(tokenLeaf) && !p.at(tokenOpen) {
		return left, p.misplaced(t)
	}
	right, err := p.plain()
	switch {
	case err != nil:
		return right, err
	case right.node == nil:
		return right, missingSide(t.pos, p.text(t), "after")
	case !isPlainOperand(right.node):
		return right, p.misplaced(t)
	}
	n := &Proximity{Left: left.node, Right: right.node, Relation: t.relation, Distance: t.number}
	if n.Distance == none {
		n.Distance = defaultDistance(t.relation)
	}
	return part{node: n, firstNot: none}, nil
}

// inText reports whether an operand is looked for in texts, not in the values of a
// field.
func (p *parser) inText() bool { return p.inField == "" || p.inField.isText() }

// misplaced is the error of an operator between other operands than it needs.
func (p *parser) misplaced(t token) *Error {
	if !p.inText() {
		return badOperand(t.pos, "%s works in texts only: use it without a field, or in title:, section: or lead:",
			p.text(t))
	}
	return badOperand(t.pos, "%s needs one word or phrase on each side: write each pair on its own", p.text(t))
}

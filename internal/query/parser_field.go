package query

import "strings"

// field parses the value of a field. Inside the brackets of another field the name
// is skipped: a text is in one field at a time.
func (p *parser) field(name token) (part, *Error) {
	if p.inField != "" {
		value := part{firstNot: none}
		var err *Error
		if p.gluedOperand(tokenLeaf, tokenOpen, tokenNot) {
			value, err = p.clause()
		}
		if err != nil || value.node != nil {
			return value, err
		}
		return p.nameAsText(name)
	}
	if p.gluedOperand(tokenNot) {
		return p.excluded(name)
	}
	if name.field == dateField || name.field == lengthField {
		return p.bounds(name)
	}
	value := part{firstNot: none}
	if p.gluedOperand(tokenLeaf, tokenOpen) {
		var err *Error
		p.inField = name.field
		value, err = p.operand()
		p.inField = ""
		if err != nil {
			return value, err
		}
	}
	switch {
	case value.node == nil: // nothing but punctuation, so the name is text too
		return p.nameAsText(name)
	case value.excludesOnly():
		return value, onlyExclusions(value.firstNot)
	}
	if inBookTitles(name.field) {
		value.node = Map(value.node, func(n Node) (Node, bool) { return withoutBookTitle(n), true })
	}
	value.node = &Field{Name: name.field, Node: value.node}
	return value, nil
}

// excluded parses the value of a field after a hyphen: title:-a is -title:a.
func (p *parser) excluded(name token) (part, *Error) {
	not := p.tokens[p.i]
	p.i++
	value, err := p.field(name)
	switch value.node.(type) {
	case *Field, *DateRange, *Length:
		return part{node: &Not{Node: value.node}, firstNot: not.pos}, err
	}
	return value, err // the name alone, as text
}

func (p *parser) nameAsText(name token) (part, *Error) {
	return p.leaf(&Word{Text: strings.TrimRightFunc(p.text(name), isBlank)}, name.pos)
}

// bounds parses the value of date: or length:.
func (p *parser) bounds(name token) (part, *Error) {
	value := token{pos: name.end, end: name.end}
	if p.gluedOperand(tokenLeaf) {
		value = p.tokens[p.i]
		p.i++
	}
	var node Node
	var err *Error
	if name.field == dateField {
		node, err = parseDate(p.text(value), value.pos)
	} else {
		node, err = parseLength(p.text(value), value.pos)
	}
	if err != nil {
		return part{firstNot: none}, err
	}
	return p.leaf(node, name.pos)
}

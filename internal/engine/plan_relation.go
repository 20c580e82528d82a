package engine

import "xunwen/internal/query"

// proximity compiles two operands in a relation, which rank like two separate operands.
func (c *compiler) proximity(n *query.Proximity, at position) (branch, error) {
	left, err := newContiguous(c.segmenter, n.Left)
	if err != nil {
		return branch{}, err
	}
	right, err := newContiguous(c.segmenter, n.Right)
	if err != nil {
		return branch{}, err
	}
	out := &proximityNode{left: left, right: right, relation: n.Relation, distance: n.Distance, zone: at.zone}
	return c.leaf(out, at, left.asked, right.asked), nil
}

// occurrences compiles an operand that must occur several times.
func (c *compiler) occurrences(n *query.Occurrences, at position) (branch, error) {
	operand, err := newContiguous(c.segmenter, n.Node)
	if err != nil {
		return branch{}, err
	}
	return c.leaf(&occurrencesNode{operand: operand, min: n.Min, zone: at.zone}, at, operand.asked), nil
}

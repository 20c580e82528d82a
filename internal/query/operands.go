package query

// Operand is a leaf of a tree with the field it is looked for in.
type Operand struct {
	Field FieldName // "" anywhere
	Node  Node      // *Word, *Phrase, *Near, *Prefix or *DateRange
}

// Operands lists, in the query's order, the leaves whose matches a reader may
// be shown: those that are not excluded. It is empty for a nil tree.
func Operands(n Node) []Operand { return operands(nil, "", n) }

func operands(list []Operand, field FieldName, n Node) []Operand {
	switch n := n.(type) {
	case nil, *Not:
		return list
	case *And:
		for _, piece := range n.Nodes {
			list = operands(list, field, piece)
		}
		return list
	case *Or:
		for _, side := range n.Nodes {
			list = operands(list, field, side)
		}
		return list
	case *Field:
		return operands(list, n.Name, n.Node)
	}
	return append(list, Operand{Field: field, Node: n})
}

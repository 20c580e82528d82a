package query

// Code that looks at some nodes of a tree or replaces them uses Walk or Map. A switch
// over all types of nodes is right only where each type has a meaning of its own, and
// a new type must be thought of: where a tree is written (write.go) and where an
// engine compiles it.

// Children returns the nodes directly below n, in order; a leaf has none.
func Children(n Node) []Node {
	switch n := n.(type) {
	case *And:
		return n.Nodes
	case *Or:
		return n.Nodes
	case *Not:
		return []Node{n.Node}
	case *Field:
		return []Node{n.Node}
	case *Proximity:
		return []Node{n.Left, n.Right}
	case *Occurrences:
		return []Node{n.Node}
	}
	return nil
}

// Walk calls visit for n and then for the nodes below it, each parent before its
// children. It skips the children of a node for which visit returns false.
func Walk(n Node, visit func(Node) bool) {
	if !visit(n) {
		return
	}
	for _, child := range Children(n) {
		Walk(child, visit)
	}
}

// Map returns a copy of a tree with each node replaced by what f returns for it,
// each parent before its children. It keeps the children of a node for which f
// returns false as they are. The tree itself is not changed.
func Map(n Node, f func(Node) (to Node, descend bool)) Node {
	to, descend := f(n)
	if !descend {
		return to
	}
	switch n := to.(type) {
	case *And:
		return &And{Nodes: mapAll(n.Nodes, f)}
	case *Or:
		return &Or{Nodes: mapAll(n.Nodes, f)}
	case *Not:
		return &Not{Node: Map(n.Node, f)}
	case *Field:
		return &Field{Name: n.Name, Node: Map(n.Node, f)}
	case *Proximity:
		return &Proximity{Left: Map(n.Left, f), Right: Map(n.Right, f), Relation: n.Relation, Distance: n.Distance}
	case *Occurrences:
		return &Occurrences{Node: Map(n.Node, f), Min: n.Min}
	}
	return to
}

func mapAll(nodes []Node, f func(Node) (Node, bool)) []Node {
	out := make([]Node, len(nodes))
	for i, n := range nodes {
		out[i] = Map(n, f)
	}
	return out
}

package engine

import (
	"fmt"
	"strings"
)

// String writes a plan for people to read: the tree in the order in which it is
// matched, one node per line after its cost (1 reads posting lists, 2 scans values,
// 3 scans the term dictionary, 4 reads texts, 5 measures distances in texts), and
// the terms that rank.
func (p *plan) String() string {
	d := &description{}
	if p.root == nil {
		return "everything"
	}
	p.root.describe(d)
	for _, o := range p.operands {
		d.note("rank by %q: %s", o.text, o.termText())
		for _, s := range o.synonyms {
			if s.unranked {
				continue
			}
			d.note("rank by %q, at most %g of the weight of %q: %s",
				s.word.text, synonymShare, s.part.text, s.word.termText())
		}
	}
	return strings.TrimSuffix(d.String(), "\n")
}

// termText lists the terms that an operand is ranked by.
func (o *operand) termText() string {
	var parts []string
	for _, c := range o.channels() {
		if len(c.terms) > 0 {
			parts = append(parts, c.name+" "+strings.Join(c.terms, " "))
		}
	}
	if len(parts) == 0 {
		return "no terms"
	}
	return strings.Join(parts, "; ")
}

// description is an indented text.
type description struct {
	strings.Builder
	depth int
}

// line writes a node of a plan after its cost.
func (d *description) line(c cost, format string, args ...any) {
	d.note("%d %s", int(c), fmt.Sprintf(format, args...))
}

// note writes a line.
func (d *description) note(format string, args ...any) {
	d.WriteString(strings.Repeat("  ", d.depth))
	fmt.Fprintf(d, format, args...)
	d.WriteByte('\n')
}

// children writes the children of a node.
func (d *description) children(nodes ...node) {
	d.depth++
	for _, n := range nodes {
		n.describe(d)
	}
	d.depth--
}

func (n andNode) describe(d *description) {
	if len(n) == 0 {
		d.note("nothing")
		return
	}
	d.line(n.cost(), "and")
	d.children(n...)
}

func (n orNode) describe(d *description) {
	d.line(n.cost(), "or")
	d.children(n...)
}

func (n notNode) describe(d *description) {
	d.line(n.cost(), "not")
	d.children(n.node)
}

package engine

import (
	"fmt"
	"strings"
)

// String writes a plan for people to read: the tree that matches in the order in
// which it is matched, a node a line with its cost, and the terms that rank.
func (p *plan) String() string {
	d := &description{}
	if p.root == nil {
		d.note("everything")
		return d.String()
	}
	p.root.describe(d)
	for _, o := range p.operands {
		d.note("rank by %q: words %s; grams %s", o.text, strings.Join(o.words, " "), strings.Join(o.grams, " "))
		for _, s := range o.synonyms {
			d.note("rank by synonym %q: words %s; grams %s; at most %g of the weight of %q",
				s.whole.text, strings.Join(s.whole.words, " "), strings.Join(s.whole.grams, " "),
				synonymShare, s.part.text)
		}
	}
	return d.String()
}

// description is an indented text.
type description struct {
	strings.Builder
	depth int
}

// line writes a node of a plan with its cost.
func (d *description) line(c cost, format string, args ...any) {
	d.note("%s [cost %d: %s]", fmt.Sprintf(format, args...), int(c), c)
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

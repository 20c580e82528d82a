package engine

import (
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// words compiles the unquoted operands of one "and". Short ones match together, each by
// itself. If one of them is long, or words may be anywhere, all make one bag, so that
// a headline with spaces matches like one without.
func (c *compiler) words(words []*query.Word, at position) (branch, []node) {
	var whole, split []*operand // as typed, and without the signs
	anywhere := c.match == search.Anywhere
	for _, w := range words {
		o := c.word(w.Text, at)
		whole = append(whole, o)
		anywhere = anywhere || !o.isShort()
		switch parts := pieces(o.text); {
		case len(parts) == 1 && parts[0] == o.text:
			split = append(split, o)
		case !anywhere:
			for _, p := range parts {
				split = append(split, c.word(p, at))
			}
		}
	}
	if anywhere {
		return ranked(whole, at), c.bag(whole, at)
	}
	var nodes []node
	for _, o := range split {
		nodes = append(nodes, c.together(o, at))
	}
	return ranked(split, at), nodes
}

// bag compiles operands of which the words may be anywhere.
func (c *compiler) bag(operands []*operand, at position) []node {
	bag := &bagNode{zone: at.zone}
	for _, o := range operands {
		bag.add(o)
	}
	if len(bag.units) == 0 {
		return nil
	}
	bag.required = at.excluded || bag.longest <= longOperand
	c.plan.bags = append(c.plan.bags, bag)
	return []node{bag}
}

// ranked returns what ranks and highlights operands; what is excluded does neither.
func ranked(operands []*operand, at position) branch {
	var out branch
	if at.excluded {
		return out
	}
	out.operands = operands
	for _, o := range operands {
		out.highlights = append(out.highlights, highlight{at.zone, o})
	}
	return out
}

// word segments an unquoted operand.
func (c *compiler) word(text string, at position) *operand {
	o := newOperand(c.segmenter, text)
	if !at.excluded {
		o.addSynonyms(c.segmenter)
	}
	return o
}

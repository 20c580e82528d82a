package engine

import (
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// words compiles the unquoted operands of one "and". Short ones match together, each by
// itself. Those of a headline make one bag, so that one with spaces matches like one
// without.
func (c *compiler) words(words []*query.Word, at position) (branch, []node) {
	var whole []*operand
	for _, w := range words {
		whole = append(whole, c.word(w.Text, at))
	}
	if isHeadline(whole) {
		return c.bag(whole, at)
	}
	var split []*operand // without the signs around them
	for _, o := range whole {
		parts := betweenSigns(o.text)
		if len(parts) == 1 && parts[0] == o.text {
			split = append(split, o)
			continue
		}
		for _, p := range parts {
			split = append(split, c.word(p, at))
		}
	}
	if c.match == search.Anywhere {
		return c.anywhere(split, at)
	}
	var out branch
	var nodes []node
	for _, o := range split {
		o.rankWhole(c.segmenter)
		o.dropSpanningGrams(c.segmenter)
		n := c.together(o, at)
		nodes = append(nodes, n)
		out.rank(o, n, at)
	}
	return out, nodes
}

// bag compiles operands with a long one among them: what has enough of their words.
func (c *compiler) bag(operands []*operand, at position) (branch, []node) {
	bag := &bagNode{zone: at.zone}
	var out branch
	for _, o := range operands {
		bag.add(o)
		o.rankAsHeadline()
		out.rank(o, o, at)
	}
	bag.required = at.excluded || bag.longest <= longOperand
	c.plan.bags = append(c.plan.bags, bag)
	return out, []node{bag}
}

// anywhere compiles short operands of which all words are required, in any places.
func (c *compiler) anywhere(operands []*operand, at position) (branch, []node) {
	var out branch
	var nodes []node
	for _, o := range operands {
		bag := &bagNode{zone: at.zone, required: true, name: o.text}
		bag.add(o)
		c.plan.bags = append(c.plan.bags, bag)
		nodes = append(nodes, bag)
		out.rank(o, o, at)
	}
	return out, nodes
}

// rank adds an operand to what ranks, and what finds it to what highlights, unless it
// is excluded.
func (b *branch) rank(o *operand, found highlighted, at position) {
	if !at.excluded {
		b.operands = append(b.operands, o)
		b.highlights = append(b.highlights, highlight{at.zone, found})
	}
}

// word segments an unquoted operand.
func (c *compiler) word(text string, at position) *operand {
	o := newOperand(c.segmenter, text)
	if !at.excluded {
		o.addSynonyms(c.segmenter)
	}
	return o
}

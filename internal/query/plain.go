package query

import "strings"

// PlainWords returns what a query with an error can be searched for, so that a page
// can show results next to the error: its words, all of them required, and its
// exclusions as they are. Quotes, brackets, all other operators, names of fields,
// dates and lengths are dropped, and so is what exceeds the bounds. It is nil when no
// word remains: what is excluded is never searched for.
func PlainWords(q string) Node {
	src := []rune(q)
	l := &lexer{src: src[:min(len(src), MaxRunes)]}
	l.split()
	p := plainWords{src: l.src, tokens: l.tokens}
	for i := 0; i < len(p.tokens); {
		i = p.read(i)
	}
	if p.required == 0 {
		return nil
	}
	return all(p.nodes)
}

// plainWords collects what remains of a query's tokens.
type plainWords struct {
	src      []rune
	tokens   []token
	nodes    []Node
	required int // of nodes, without exclusions
	operands int
}

// read reads the token at i and what belongs to it, and returns where to go on.
func (p *plainWords) read(i int) int {
	followed := func(kind tokenKind) bool {
		return i+1 < len(p.tokens) && p.tokens[i+1].glued && p.tokens[i+1].kind == kind
	}
	switch t := p.tokens[i]; {
	case t.kind == tokenNot && (i+1 == len(p.tokens) || !p.tokens[i+1].glued): // NOT before nothing
	case t.kind == tokenField && followed(tokenNot):
		end := p.operandEnd(i)
		p.exclude(i, end)
		return end
	case t.kind == tokenNot:
		end := p.operandEnd(i + 1)
		p.exclude(i+1, end)
		return end
	case t.kind == tokenField && (t.field == dateField || t.field == lengthField):
		return p.operandEnd(i)
	case t.kind == tokenLeaf:
		for _, word := range wordsOf(t.node) {
			p.add(word)
		}
	}
	return i + 1
}

// operandEnd returns the token after the operand at i. A bracket that is not closed
// ends with the query, since what else belongs in it is unknown.
func (p *plainWords) operandEnd(i int) int {
	if i == len(p.tokens) {
		return i
	}
	end := i + 1
	switch p.tokens[i].kind {
	case tokenNot:
		return p.operandEnd(end)
	case tokenField:
		if end < len(p.tokens) && p.tokens[end].glued {
			end = p.operandEnd(end)
		}
	case tokenOpen:
		for depth := 1; depth > 0 && end < len(p.tokens); end++ {
			switch p.tokens[end].kind {
			case tokenOpen:
				depth++
			case tokenClose:
				depth--
			}
		}
	}
	if end < len(p.tokens) && p.tokens[end].kind == tokenCount {
		return end + 1
	}
	if end < len(p.tokens) && p.tokens[end].kind == tokenRelation {
		return p.operandEnd(end + 1)
	}
	return end
}

// exclude keeps the exclusion of an operand if it has no error of its own.
func (p *plainWords) exclude(from, to int) {
	if from == to {
		return
	}
	text := string(p.src[p.tokens[from].pos:p.tokens[to-1].end])
	if p.tokens[from].kind != tokenField || from+1 == to || p.tokens[from+1].kind != tokenNot {
		text = "-" + text // title:-a has its hyphen
	}
	n, err := Parse("x " + text)
	if err != nil {
		return
	}
	if and, ok := n.(*And); ok && len(and.Nodes) == 2 {
		if not, ok := and.Nodes[1].(*Not); ok {
			p.add(not)
		}
	}
}

// add adds a word or an exclusion unless that is too many.
func (p *plainWords) add(n Node) {
	leaves := 0
	Walk(n, func(n Node) bool {
		if Children(n) == nil {
			leaves++
		}
		return true
	})
	if p.operands+leaves > MaxOperands {
		return
	}
	p.operands += leaves
	p.nodes = append(p.nodes, n)
	if _, excludes := n.(*Not); !excludes {
		p.required++
	}
}

// wordsOf returns the words of a leaf.
func wordsOf(n Node) []Node {
	var texts []string
	switch n := n.(type) {
	case *Word:
		return []Node{n}
	case *Prefix:
		texts = []string{n.Text}
	case *Phrase:
		texts = strings.FieldsFunc(n.Text, isBlank)
	case *Near:
		texts = n.Words
	}
	var words []Node
	for _, text := range texts {
		if word, ok := wordNode([]rune(strings.TrimLeftFunc(text, isLead))).(*Word); ok {
			words = append(words, word)
		}
	}
	return words
}

package query

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

func (n *And) String() string         { return format(n) }
func (n *Or) String() string          { return format(n) }
func (n *Not) String() string         { return format(n) }
func (n *Word) String() string        { return format(n) }
func (n *Phrase) String() string      { return format(n) }
func (n *Near) String() string        { return format(n) }
func (n *Proximity) String() string   { return format(n) }
func (n *Occurrences) String() string { return format(n) }
func (n *Prefix) String() string      { return format(n) }
func (n *Field) String() string       { return format(n) }
func (n *DateRange) String() string   { return format(n) }
func (n *Length) String() string      { return format(n) }

// format writes a tree of Parse so that Parse returns an equal one. Where the usual
// spelling is too long for Parse it uses the tight one, which never has more
// characters than the query that the tree came from.
func format(n Node) string {
	text := style{}.node(n)
	if utf8.RuneCountInString(text) > MaxRunes {
		return style{tight: true}.node(n)
	}
	return text
}

// textMark marks a word as text that would read as something else: it is a closing
// quote, which opens nothing.
const textMark = "”"

// style spells a tree: with English or Chinese names, OR and ISO dates, or tight.
type style struct{ tight, chinese bool }

func (s style) node(n Node) string {
	switch n := n.(type) {
	case *Or:
		return s.or(n)
	case *And:
		return s.and(n)
	case *Not:
		out := s.operand(n.Node)
		if quantityAt([]rune(out), 0) { // after a hyphen it is text
			out = textMark + out
		}
		return "-" + out
	case *Word:
		if hasField(n.Text) {
			return textMark + n.Text
		}
		return n.Text
	case *Phrase:
		return quote(n.Text)
	case *Near:
		return quote(strings.Join(n.Words, " ")) + "~" + strconv.Itoa(n.Distance)
	case *Proximity:
		return s.proximity(n)
	case *Occurrences:
		of := s.node(n.Node)
		if isBareName(of) && !isNumeric(of) {
			of = textMark + of
		}
		return of + " $" + strconv.Itoa(n.Min)
	case *Prefix:
		return n.Text + "*"
	case *Field:
		return s.field(n)
	case *DateRange:
		return s.name(dateField) + ":" + dateText(n, s.tight)
	case *Length:
		return s.name(lengthField) + ":" + lengthText(n, s.tight)
	}
	return ""
}

func (s style) or(n *Or) string {
	sides := make([]string, len(n.Nodes))
	for i, side := range n.Nodes {
		sides[i] = s.node(side)
	}
	if s.tight {
		return strings.Join(sides, " | ")
	}
	return strings.Join(sides, " OR ")
}

func (s style) and(n *And) string {
	var b strings.Builder
	for i, node := range n.Nodes {
		if i > 0 && !(s.tight && mayTouch(n.Nodes[i-1], node)) {
			b.WriteByte(' ')
		}
		text := s.operand(node)
		if i+1 < len(n.Nodes) {
			text = markName(text, n.Nodes[i:])
		}
		b.WriteString(text)
	}
	return b.String()
}

// markName marks the word at the end of the first operand, whose text is given, if it
// is a field's name and its colon that would take the next operand as its value.
func markName(text string, nodes []Node) string {
	n := nodes[0]
	if not, ok := n.(*Not); ok {
		n = not.Node
	}
	related := false
	if proximity, ok := inner(n).(*Proximity); ok {
		n, related = proximity.Right, true
	}
	word, ok := n.(*Word)
	switch {
	case !ok || !isBareName(word.Text) || !takesAsValue(word.Text, nodes[1:]):
		return text
	case related || isNumeric(word.Text): // else the mark would be an operand or a value
		return strings.TrimSuffix(text, word.Text) + textMark + word.Text
	}
	return text + textMark // a name without a value is text
}

func isBareName(text string) bool {
	_, length := nameAt([]rune(text))
	return length > 0 && length == utf8.RuneCountInString(text)
}

// isNumeric reports whether a bare name takes dates or lengths only.
func isNumeric(bare string) bool {
	name, _ := nameAt([]rune(bare))
	return isBareName(bare) && (name == dateField || name == lengthField)
}

// takesAsValue reports whether the first operand after a field's name and a space
// reads as the field's value.
func takesAsValue(bare string, nodes []Node) bool {
	switch n := nodes[0].(type) {
	case *Not, *Field, *DateRange, *Length:
		return false
	case *Proximity:
		return takesAsValue(bare, []Node{n.Left})
	case *Occurrences:
		// A name before $N is written with a mark.
		if word, ok := n.Node.(*Word); ok && isBareName(word.Text) && !isNumeric(word.Text) {
			return !isNumeric(bare)
		}
		return takesAsValue(bare, []Node{n.Node})
	case *Word:
		if _, length := nameAt([]rune(n.Text)); length > 0 { // a value only with a mark before it
			marked := hasField(n.Text) || isNumeric(n.Text) && len(nodes) > 1 && takesAsValue(n.Text, nodes[1:])
			return marked && readsAsValue([]rune(bare), []rune(textMark+n.Text))
		}
		return readsAsValue([]rune(bare), []rune(n.Text))
	}
	return !isNumeric(bare)
}

// operand puts brackets around a node with operators.
func (s style) operand(n Node) string {
	if !isGroup(n) {
		return s.node(n)
	}
	text := s.node(n)
	if word, ok := lastLeaf(n).(*Word); ok && unbalanced(word.Text) {
		text += " " // else the bracket would become part of the word
	}
	return "(" + text + ")"
}

func (s style) field(n *Field) string {
	// Right after a colon a name is text. A Chinese name is text before what is no value.
	value := strings.TrimPrefix(s.operand(n.Node), textMark)
	name := s.name(n.Name)
	if !readsAsField([]rune(name+":"), []rune(value)) {
		value = textMark + value
	}
	return name + ":" + value
}

func (s style) name(f FieldName) string {
	if s.tight || s.chinese {
		return shortNames[f]
	}
	return string(f)
}

// proximity writes two operands with their operator. A number as the right one would
// read as that of an operator without one.
func (s style) proximity(n *Proximity) string {
	operator := "/" + string(n.Relation)
	numbered := n.Distance != defaultDistance(n.Relation) || !s.tight && n.Distance > 0
	if numbered {
		operator += " " + strconv.Itoa(n.Distance)
	}
	right := s.node(n.Right)
	if word, ok := n.Right.(*Word); ok && !numbered && strings.TrimFunc(word.Text, isDigit) == "" {
		right = textMark + right
	}
	return s.node(n.Left) + " " + operator + " " + right
}

// quote writes a phrase in the first pair of quotes that closes at its end. There
// is one for every phrase: the pair of its opening quote.
func quote(text string) string {
	for _, pair := range quotePairs {
		l := lexer{src: []rune(string(pair[0]) + text + string(pair[1]))}
		if l.matchingQuote(0) == len(l.src)-1 {
			return string(l.src)
		}
	}
	return `"` + text + `"` // not from Parse
}

func isGroup(n Node) bool {
	switch n.(type) {
	case *And, *Or:
		return true
	}
	return false
}

// inner is an operand without its - or its field's name.
func inner(n Node) Node {
	switch n := n.(type) {
	case *Not:
		return inner(n.Node)
	case *Field:
		return inner(n.Node)
	}
	return n
}

// lastOperand is what an operand without its - or its field's name ends with.
func lastOperand(n Node) Node {
	n = inner(n)
	if proximity, ok := n.(*Proximity); ok {
		return proximity.Right
	}
	return n
}

// lastLeaf is the leaf right before a group's closing bracket, or the group that
// ends there itself.
func lastLeaf(n Node) Node {
	if !isGroup(n) {
		return lastOperand(n)
	}
	nodes := Children(n)
	last := nodes[len(nodes)-1]
	if and, ok := last.(*And); ok { // an And in an Or has no brackets
		return lastLeaf(and)
	}
	return lastOperand(last)
}

// mayTouch reports whether two operands of an And need no space between them:
// after a group's bracket anything but an exclusion may begin, and after a phrase a
// group may.
func mayTouch(before, after Node) bool {
	if _, excludes := after.(*Not); excludes {
		return false
	}
	switch lastOperand(before).(type) {
	case *And, *Or:
		return true
	case *Phrase, *Near:
		return isGroup(after)
	}
	return false
}

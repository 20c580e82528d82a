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

// textMark marks a word as text that would read as a field and its value: it is a
// closing quote, which opens nothing.
const textMark = "”"

// style spells a tree: with English names, OR and ISO dates, or tight.
type style struct{ tight bool }

func (s style) node(n Node) string {
	switch n := n.(type) {
	case *Or:
		return s.or(n)
	case *And:
		return s.and(n)
	case *Not:
		return "-" + s.operand(n.Node)
	case *Word:
		if _, length := fieldAt([]rune(n.Text)); length > 0 {
			return textMark + n.Text
		}
		return n.Text
	case *Phrase:
		return quote(n.Text)
	case *Near:
		return quote(strings.Join(n.Words, " ")) + "~" + strconv.Itoa(n.Distance)
	case *Proximity:
		return s.node(n.Left) + " " + operatorText(n.Relation, n.Distance) + " " + s.node(n.Right)
	case *Occurrences:
		return s.node(n.Node) + " $" + strconv.Itoa(n.Min)
	case *Prefix:
		return n.Text + "*"
	case *Field:
		return s.field(n)
	case *DateRange:
		return s.name(dateField) + ":" + dateText(n, s.tight)
	case *Length:
		return s.name(lengthField) + ":" + lengthText(n)
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
	for i, piece := range n.Nodes {
		if i > 0 && !(s.tight && mayTouch(n.Nodes[i-1], piece)) {
			b.WriteByte(' ')
		}
		b.WriteString(s.operand(piece))
	}
	return b.String()
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
	value := s.operand(n.Node)
	if word, ok := n.Node.(*Word); ok {
		value = word.Text // right after a colon a name is text
	}
	return s.name(n.Name) + ":" + value
}

func (s style) name(f FieldName) string {
	if s.tight {
		return shortNames[f]
	}
	return string(f)
}

// operatorText writes the operator of a Proximity. /SEN and /PRG mean one sentence or
// paragraph without a number.
func operatorText(relation Relation, distance int) string {
	text := "/" + string(relation)
	if distance > 0 || relation == Within || relation == Before {
		text += " " + strconv.Itoa(distance)
	}
	return text
}

func lengthText(n *Length) string {
	switch {
	case n.Max == 0:
		return ">=" + strconv.Itoa(n.Min)
	case n.Min == 0:
		return "<=" + strconv.Itoa(n.Max)
	}
	return strconv.Itoa(n.Min) + rangeMark + strconv.Itoa(n.Max)
}

// quote writes a phrase in the first pair of quotes that closes at its end. There
// is one for every phrase: the pair that it was written in.
func quote(text string) string {
	for _, pair := range quotePairs {
		l := lexer{src: []rune(string(pair[0]) + text + string(pair[1]))}
		if l.matchingQuote(0, pair[1]) == len(l.src)-1 {
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

// lastLeaf is the leaf right before a group's closing bracket, or the group that
// ends there itself.
func lastLeaf(n Node) Node {
	if !isGroup(n) {
		return n
	}
	nodes := Children(n)
	last := nodes[len(nodes)-1]
	if and, ok := last.(*And); ok { // an And in an Or has no brackets
		return lastLeaf(and)
	}
	return inner(last)
}

// mayTouch reports whether two operands of an And need no space between them:
// after a group's bracket anything but an exclusion may begin, and after a phrase a
// group may.
func mayTouch(before, after Node) bool {
	if _, excludes := after.(*Not); excludes {
		return false
	}
	switch inner(before).(type) {
	case *And, *Or:
		return true
	case *Phrase, *Near:
		return isGroup(after)
	}
	return false
}

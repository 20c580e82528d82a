package query

import (
	"slices"
	"strconv"
	"unicode"
)

// relations are the operators between two operands, with the distance that one
// without a number has.
var relations = []struct {
	relation Relation
	distance int
}{{Within, 10}, {Before, 10}, {SameSentence, 0}, {SameParagraph, 0}}

func defaultDistance(relation Relation) int {
	for _, r := range relations {
		if r.relation == relation {
			return r.distance
		}
	}
	return 0
}

// isOperator reports whether a word of its own would be an operator.
func isOperator(word string) bool {
	if word == "OR" || word == "AND" || word == "NOT" {
		return true
	}
	for _, r := range relations {
		if word == "/"+string(r.relation) {
			return true
		}
	}
	return false
}

// operator reads an operator at the start of a word, if there is one.
func (l *lexer) operator(t *token) bool {
	switch {
	case l.hyphenAt(l.i), l.dashExcludes(t.glued):
		t.kind = tokenNot
		l.i++
	case l.src[l.i] == '|' && l.endsOperator(l.i+1, t.glued):
		t.kind = tokenOr
		l.i++
	case l.wordAt(l.i, "OR", t.glued):
		t.kind = tokenOr
		l.i += len("OR")
	case l.wordAt(l.i, "AND", t.glued):
		t.kind = tokenAnd
		l.i += len("AND")
	case l.notAt(l.i):
		t.kind = tokenNot
		l.i = l.afterBlanks(l.i + len("NOT"))
	case l.src[l.i] == '/' && l.relation(t):
	case l.src[l.i] == '$' && l.count(t):
	default:
		return false
	}
	return true
}

// operatorAt reports whether an operator begins at i, after a space. An operator that
// needs an operand before it is none there.
func (l *lexer) operatorAt(i int) bool {
	if l.hyphenAt(i) || l.src[i] == '|' && l.endsOperator(i+1, false) {
		return true
	}
	if l.wordAt(i, "OR", false) || l.wordAt(i, "AND", false) || l.notAt(i) {
		return true
	}
	_, _, end := l.relationAt(i)
	return end > 0
}

// notAt reports whether NOT is at i with an operand after it.
func (l *lexer) notAt(i int) bool {
	if !l.wordAt(i, "NOT", true) {
		return false
	}
	i = l.afterBlanks(i + len("NOT"))
	return i < len(l.src) && !isClosing(l.src[i]) && !l.operatorAt(i)
}

// hyphenAt reports whether a hyphen at i excludes: before a blank, the end or
// another hyphen it is a dash, and before a number with % or ° a minus.
func (l *lexer) hyphenAt(i int) bool {
	if l.src[i] != '-' || i+1 == len(l.src) {
		return false
	}
	after := l.src[i+1]
	return after != '-' && !isBlank(after) && !isClosing(after) && !l.quantityAt(i+1)
}

// quantityAt reports whether a number with % or ° is at i: 0.3%, 20℃.
func (l *lexer) quantityAt(i int) bool {
	start := i
	for i < len(l.src) && (isDigit(l.src[i]) || i > start && (l.src[i] == '.' || l.src[i] == ',')) {
		i++
	}
	return i > start && i < len(l.src) && slices.Contains([]rune("%％‰°℃℉"), l.src[i])
}

// dashExcludes reports whether a wide minus or dash is next that excludes: one sign
// between an operand's space and a letter, a phrase or a group. A minus before a digit
// is text, and so is a dash that has another at its word's end.
func (l *lexer) dashExcludes(glued bool) bool {
	if !isWideDash(l.src[l.i]) || glued || l.i+1 == len(l.src) || !l.afterOperand() {
		return false
	}
	end := l.wordEnd(l.i)
	if isWideDash(l.src[end-1]) {
		return false
	}
	after := l.src[l.i+1]
	return unicode.IsLetter(after) || isOpening(after) || isOpeningQuote(after) && l.phraseAt(l.i+1)
}

// afterOperand reports whether the last token is an operand's end.
func (l *lexer) afterOperand() bool {
	if len(l.tokens) == 0 {
		return false
	}
	last := l.tokens[len(l.tokens)-1]
	return last.kind == tokenClose || last.kind == tokenCount || last.kind == tokenLeaf && last.node != nil
}

// wordAt reports whether an operator of letters is at i as a word of its own.
func (l *lexer) wordAt(i int, operator string, afterOpen bool) bool {
	end := i + len(operator)
	return end <= len(l.src) && string(l.src[i:end]) == operator && l.endsOperator(end, afterOpen)
}

// endsOperator reports whether an operator may end at i. A group's ends count like the
// query's ends, but "(OR)" is text.
func (l *lexer) endsOperator(i int, afterOpen bool) bool {
	return i == len(l.src) || isBlank(l.src[i]) || isClosing(l.src[i]) && len(l.open) > 0 && !afterOpen
}

// relation reads /NEAR 10 and the like.
func (l *lexer) relation(t *token) bool {
	relation, number, end := l.relationAt(l.i)
	if end == 0 {
		return false
	}
	t.kind, t.relation, t.number, l.i = tokenRelation, relation, number, end
	return true
}

// relationAt returns an operator at i with its number, or none, and its end; an end of
// 0 means that there is no operator.
func (l *lexer) relationAt(i int) (relation Relation, number, end int) {
	for _, r := range relations {
		if !l.wordAt(i, "/"+string(r.relation), false) {
			continue
		}
		end = i + 1 + len(r.relation)
		number, after := l.number(l.afterBlanks(end))
		if number == none {
			return r.relation, none, end
		}
		return r.relation, number, after
	}
	return "", none, 0
}

// number reads the digits at i, which must be a word of their own; none if they are
// not.
func (l *lexer) number(i int) (number, end int) {
	end = i
	for end < len(l.src) && isDigit(l.src[end]) {
		end++
	}
	if end == i || !l.endsOperator(end, false) {
		return none, i
	}
	return atMost(maxDistance, l.src[i:end]), end
}

// maxDistance bounds the numbers of a query. No text is as long, so that a larger
// number means the same.
const maxDistance = 999_999

func atMost(bound int, digits []rune) int {
	n, err := strconv.Atoi(string(digits))
	if err != nil { // out of range
		return bound
	}
	return min(n, bound)
}

// maxCount is the largest N of $N: a larger one is a price.
const maxCount = 99

// count reads $5 or $ 5 after a word or phrase.
func (l *lexer) count(t *token) bool {
	if t.glued || !l.follows(tokenLeaf) || !isPlainOperand(l.tokens[len(l.tokens)-1].node) {
		return false
	}
	start := l.afterBlanks(l.i + 1)
	number, end := l.number(start)
	if number < 1 || number > maxCount || l.src[start] == '0' {
		return false
	}
	t.kind, t.number, l.i = tokenCount, number, end
	return true
}

// isPlainOperand reports whether n can be an operand of a relation or a count.
func isPlainOperand(n Node) bool {
	switch n.(type) {
	case *Word, *Phrase:
		return true
	}
	return false
}

// keepLoneAnd makes AND a word where nothing else is in the query.
func (l *lexer) keepLoneAnd() {
	isAnd := func(t token) bool { return t.kind == tokenAnd }
	if len(l.tokens) > 0 && !slices.ContainsFunc(l.tokens, func(t token) bool { return !isAnd(t) }) {
		l.tokens[0].kind, l.tokens[0].node = tokenLeaf, &Word{Text: "and"}
	}
}

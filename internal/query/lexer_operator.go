package query

import (
	"slices"
	"strconv"
	"strings"
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
	word = strings.Map(narrow, word)
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
	case l.wordAt(l.i, "NOT", t.glued):
		t.kind = tokenNot
		l.i = l.afterNot(l.i + len("NOT"))
	case l.relation(t):
	case narrow(l.src[l.i]) == '$' && l.count(t):
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
	if l.wordAt(i, "OR", false) || l.wordAt(i, "AND", false) || l.wordAt(i, "NOT", false) {
		return true
	}
	_, _, end := l.relationAt(i)
	return end > 0
}

// afterNot returns where the operand of a NOT that ends at i begins, or i if there is
// none.
func (l *lexer) afterNot(i int) int {
	next := l.afterBlanks(i)
	if next == len(l.src) || isClosing(l.src[next]) && len(l.open) > 0 || l.operatorAt(next) {
		return i
	}
	return next
}

// hyphenAt reports whether a hyphen at i excludes: before a blank, the end or
// another hyphen it is a dash, and before a number with % or ° a minus.
func (l *lexer) hyphenAt(i int) bool {
	if l.src[i] != '-' || i+1 == len(l.src) {
		return false
	}
	after := l.src[i+1]
	return after != '-' && !isBlank(after) && !isClosing(after) && !quantityAt(l.src, i+1)
}

// quantityAt reports whether a number with % or ° is at i: 0.3%, 20℃.
func quantityAt(text []rune, i int) bool {
	start := i
	for i < len(text) && (isDigit(text[i]) || i > start && (text[i] == '.' || text[i] == ',')) {
		i++
	}
	return i > start && i < len(text) && slices.Contains([]rune("%％‰°℃℉"), text[i])
}

// dashExcludes reports whether a wide minus or dash is next that excludes: one sign
// before a letter, a phrase or a group, and after a space, an opening bracket or the name
// of a field. At the start of the query it is text, and so is a minus before a digit, and a
// dash that has another at its word's end.
func (l *lexer) dashExcludes(glued bool) bool {
	begins := !glued || l.follows(tokenOpen) || l.follows(tokenField)
	if !isWideDash(l.src[l.i]) || !begins || l.i+1 == len(l.src) || !l.hasMeaning() {
		return false
	}
	end := l.wordEnd(l.i)
	if isWideDash(l.src[end-1]) {
		return false
	}
	after := l.src[l.i+1]
	return unicode.IsLetter(after) || isOpening(after) || isOpeningQuote(after) && l.phraseAt(l.i+1)
}

// hasMeaning reports whether the query has an operand or an operator so far. The name of the
// field whose value comes next is neither.
func (l *lexer) hasMeaning() bool {
	for i, t := range l.tokens {
		switch t.kind {
		case tokenOpen:
		case tokenLeaf:
			if t.node != nil {
				return true
			}
		case tokenField:
			if i+1 < len(l.tokens) {
				return true
			}
		default:
			return true
		}
	}
	return false
}

// wordAt reports whether an operator of letters is at i as a word of its own.
func (l *lexer) wordAt(i int, operator string, afterOpen bool) bool {
	end := i + len(operator)
	if end > len(l.src) || !l.endsOperator(end, afterOpen) {
		return false
	}
	for k, r := range operator {
		if narrow(l.src[i+k]) != r {
			return false
		}
	}
	return true
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
	n, err := strconv.Atoi(strings.Map(narrow, string(digits)))
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
	if number < 1 || number > maxCount || narrow(l.src[start]) == '0' {
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

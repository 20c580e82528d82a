package query

import (
	"slices"
	"strconv"
	"strings"
)

// maxDistance bounds the N of "…"~N. No paragraph is as long, so that a larger
// number means the same.
const maxDistance = 999_999

type tokenKind int

const (
	tokenOpen  tokenKind = iota // ( that is closed
	tokenClose                  // its )
	tokenOr
	tokenNot
	tokenField
	tokenLeaf // a word, phrase, near or prefix
)

// token is a piece of the query, src[pos:end].
type token struct {
	kind     tokenKind
	pos, end int
	glued    bool      // no blank before it
	field    FieldName // of a tokenField
	node     Node      // of a tokenLeaf; nil if it matches nothing
}

// lexer splits a query into tokens in one pass. A bracket that begins a word opens
// a group unless the end of the query shows that it is never closed. A closing
// bracket closes the last open one, unless it closes one inside its own word. So a
// group never contains an opening bracket that is not closed.
type lexer struct {
	src    []rune
	i      int
	tokens []token
	open   []int // indexes of the tokenOpen that are not closed yet
}

// lex splits src. The only error is a bracket or quote that begins the query and is
// never closed.
func lex(src []rune) ([]token, *Error) {
	l := &lexer{src: src}
	for {
		blank := l.skipBlanks()
		if l.i == len(src) {
			break
		}
		if src[l.i] == '"' && len(l.tokens) == 0 && l.matchingQuote(l.i, '"') < 0 {
			return nil, unclosed(l.i, '"')
		}
		start := l.i
		t := l.next(!blank && len(l.tokens) > 0)
		t.pos, t.end = start, l.i
		if t.kind == tokenOpen {
			l.open = append(l.open, len(l.tokens))
		}
		l.tokens = append(l.tokens, t)
	}
	if len(l.open) > 0 && l.open[0] == 0 && src[l.tokens[0].pos] == '(' {
		return nil, unclosed(l.tokens[0].pos, '(')
	}
	l.dropOpen()
	return l.tokens, nil
}

// dropOpen removes the brackets that are not closed: they are text that matches
// nothing.
func (l *lexer) dropOpen() {
	for _, at := range slices.Backward(l.open) {
		if at+1 < len(l.tokens) {
			l.tokens[at+1].glued = l.tokens[at+1].glued && l.tokens[at].glued
		}
		l.tokens = slices.Delete(l.tokens, at, at+1)
	}
}

func (l *lexer) skipBlanks() bool {
	start := l.i
	for l.i < len(l.src) && isBlank(l.src[l.i]) {
		l.i++
	}
	return l.i > start
}

// next reads one token and moves to its end.
func (l *lexer) next(glued bool) token {
	r := l.src[l.i]
	t := token{glued: glued}
	// An operator is at the start of a word: not right after a phrase, a group's
	// end, another operator or a field's name.
	begins := !glued || l.follows(tokenOpen)
	switch {
	case isClosing(r) && len(l.open) > 0:
		t.kind = tokenClose
		l.open = l.open[:len(l.open)-1]
		l.i++
	case isClosing(r): // text, like an opening one that is not closed
		t.kind = tokenLeaf
		l.i++
	case isOpening(r):
		t.kind = tokenOpen
		l.i++
	case begins && l.notAt():
		t.kind = tokenNot
		l.i++
	case begins && l.orLength(glued) > 0:
		t.kind = tokenOr
		l.i += l.orLength(glued)
	default:
		l.operand(&t)
	}
	return t
}

// operand reads a quoted phrase, a field's name or a word.
func (l *lexer) operand(t *token) {
	t.kind = tokenLeaf
	if node, end := l.quoted(); end > 0 {
		t.node, l.i = node, end
		return
	}
	if !(t.glued && l.follows(tokenField)) {
		if name, length := fieldAt(l.src[l.i:]); length > 0 {
			t.kind, t.field = tokenField, name
			l.i += length
			return
		}
	}
	t.node = l.word()
}

func (l *lexer) follows(kind tokenKind) bool {
	return len(l.tokens) > 0 && l.tokens[len(l.tokens)-1].kind == kind
}

// notAt reports whether a hyphen is next that excludes: before a blank, the end or
// another hyphen it is a dash.
func (l *lexer) notAt() bool {
	if l.src[l.i] != '-' || l.i+1 == len(l.src) {
		return false
	}
	after := l.src[l.i+1]
	return after != '-' && !isBlank(after) && !isClosing(after)
}

// orLength returns the length of the OR or | that is next, else 0. A group's ends
// count like the query's ends, but "(OR)" is text.
func (l *lexer) orLength(afterOpen bool) int {
	length := 0
	switch {
	case l.src[l.i] == '|':
		length = 1
	case l.src[l.i] == 'O' && l.i+1 < len(l.src) && l.src[l.i+1] == 'R':
		length = 2
	default:
		return 0
	}
	end := l.i + length
	switch {
	case end == len(l.src) || isBlank(l.src[end]):
		return length
	case isClosing(l.src[end]) && len(l.open) > 0 && !afterOpen:
		return length
	}
	return 0
}

// quoted reads a quoted phrase that is a word of its own, with its ~N, and returns
// its node and end; an end of 0 means that there is none. Its left side is not
// checked: it is called only at the start of a word, or after -, a bracket or a
// field's colon.
func (l *lexer) quoted() (Node, int) {
	closing, ok := closingQuote(l.src[l.i])
	if !ok {
		return nil, 0
	}
	end := l.matchingQuote(l.i, closing)
	if end < 0 {
		return nil, 0
	}
	text := string(l.src[l.i+1 : end])
	distance, end := l.distance(end + 1)
	if end < len(l.src) && !isBlank(l.src[end]) && !isBracket(l.src[end]) {
		return nil, 0
	}
	return phraseNode(text, distance), end
}

// matchingQuote returns the index of the quote that closes the one at start, -1 if
// there is none. Pairs may be nested where their two halves differ.
func (l *lexer) matchingQuote(start int, closing rune) int {
	opening, depth := l.src[start], 1
	for i := start + 1; i < len(l.src); i++ {
		switch l.src[i] {
		case closing:
			depth--
		case opening:
			depth++
		}
		if depth == 0 {
			return i
		}
	}
	return -1
}

// distance reads ~N at i; a distance of -1 means that there is none.
func (l *lexer) distance(i int) (distance, end int) {
	end = i + 1
	for end < len(l.src) && '0' <= l.src[end] && l.src[end] <= '9' {
		end++
	}
	if i >= len(l.src) || l.src[i] != '~' || end == i+1 {
		return -1, i
	}
	distance, err := strconv.Atoi(string(l.src[i+1 : end]))
	if err != nil { // out of range
		distance = maxDistance
	}
	return min(distance, maxDistance), end
}

// phraseNode returns the node of a quoted text, nil for an empty one. A single word
// is near itself at any distance, so that it is a phrase.
func phraseNode(text string, distance int) Node {
	if distance < 0 {
		if text == "" {
			return nil
		}
		return &Phrase{Text: text}
	}
	words := strings.FieldsFunc(text, isBlank)
	switch len(words) {
	case 0:
		return nil
	case 1:
		return &Phrase{Text: words[0]}
	}
	return &Near{Words: words, Distance: distance}
}

// word reads up to the next blank, or in a group up to the bracket that closes it.
// Brackets that are closed inside the word belong to it.
func (l *lexer) word() Node {
	inGroup := len(l.open) > 0
	for l.i < len(l.src) && isLead(l.src[l.i]) && !(inGroup && isClosing(l.src[l.i])) {
		l.i++
	}
	start, depth := l.i, 0
	for ; l.i < len(l.src) && !isBlank(l.src[l.i]); l.i++ {
		if isOpening(l.src[l.i]) {
			depth++
		} else if isClosing(l.src[l.i]) {
			if depth == 0 && inGroup {
				break
			}
			depth--
		}
	}
	return wordNode(l.src[start:l.i])
}

// wordNode returns the node of an unquoted operand, nil for nothing but punctuation.
func wordNode(text []rune) Node {
	body := text
	for len(body) > 0 && body[len(body)-1] == '*' {
		body = body[:len(body)-1]
	}
	switch {
	case !hasSearchable(body):
		return nil
	case len(body) < len(text) && isPlainRun(body):
		return &Prefix{Text: string(body)}
	case string(body) == "OR":
		// Matching ignores case, and in lower case it is not the operator.
		return &Word{Text: "or"}
	}
	return &Word{Text: string(body)}
}

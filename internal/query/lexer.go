package query

import (
	"slices"
	"strings"
)

type tokenKind int

const (
	tokenOpen  tokenKind = iota // ( that is closed
	tokenClose                  // its )
	tokenOr
	tokenAnd
	tokenNot
	tokenRelation // /NEAR 10 and the like
	tokenCount    // $5
	tokenField
	tokenLeaf // a word, phrase, near or prefix
)

// token is a part of the query, src[pos:end].
type token struct {
	kind     tokenKind
	pos, end int
	glued    bool      // no blank before it
	field    FieldName // of a tokenField
	relation Relation  // of a tokenRelation
	number   int       // of a tokenRelation, or none; of a tokenCount
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
	open   []int  // indexes of the tokenOpen that are not closed yet
	opener *Error // the bracket or quote that begins the query and is never closed
}

// lex splits src. The only error is a bracket or quote that begins the query and is
// never closed.
func lex(src []rune) ([]token, *Error) {
	l := &lexer{src: src}
	l.split()
	if l.opener != nil {
		return nil, l.opener
	}
	l.dropOpen()
	return l.tokens, nil
}

// split reads all tokens.
func (l *lexer) split() {
	for {
		blank := l.skipBlanks()
		if l.i == len(l.src) {
			break
		}
		if l.src[l.i] == '"' && len(l.tokens) == 0 && !l.closes(l.i) {
			l.opener = unclosed(l.i, '"')
		}
		start := l.i
		t := l.next(!blank && len(l.tokens) > 0)
		t.pos, t.end = start, l.i
		if t.kind == tokenOpen {
			l.open = append(l.open, len(l.tokens))
		}
		l.tokens = append(l.tokens, t)
	}
	if len(l.open) > 0 && l.open[0] == 0 && l.src[l.tokens[0].pos] == '(' {
		l.opener = unclosed(l.tokens[0].pos, '(')
	}
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
	l.i = l.afterBlanks(l.i)
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
	case begins && l.operator(&t):
	case l.follows(tokenField) && (l.hyphenAt(l.i) || l.dashExcludes(glued)): // title:-a is -title:a
		t.kind = tokenNot
		l.i++
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
		if name, end := l.fieldName(); end > 0 {
			t.kind, t.field, l.i = tokenField, name, end
			return
		}
	} else if node, end := l.bookTitle(); end > 0 {
		t.node, l.i = node, end
		return
	}
	t.node = l.word()
}

// fieldName reads a field's name with its colon and the spaces up to its value; an
// end of 0 means that there is none. A name with a space after it is text unless an
// operand follows, for a date or length a valid one: a headline may begin like that.
func (l *lexer) fieldName() (name FieldName, end int) {
	name, nameLength := nameAt(l.src[l.i:])
	end = l.i + nameLength
	if nameLength == 0 || end == len(l.src) || isClosing(l.src[end]) {
		return "", 0
	}
	if !isBlank(l.src[end]) {
		if !readsAsField(l.src[l.i:end], l.src[end:l.wordEnd(end)]) {
			return "", 0
		}
		return name, end
	}
	end = l.afterBlanks(end)
	if end == len(l.src) || isClosing(l.src[end]) || l.operatorAt(end) {
		return "", 0
	}
	written := l.src[l.i : l.i+nameLength]
	if _, length := nameAt(l.src[end:]); length > 0 || !readsAsValue(written, l.src[end:l.wordEnd(end)]) {
		return "", 0
	}
	return name, end
}

// bookTitle reads 《…》 with spaces inside, right after the name of a field whose
// values are often written like that; an end of 0 means that there is none.
func (l *lexer) bookTitle() (Node, int) {
	start := l.afterLeads(l.i)
	if start == len(l.src) || l.src[start] != '《' || !inBookTitles(l.tokens[len(l.tokens)-1].field) {
		return nil, 0
	}
	length := slices.Index(l.src[start:], '》') + 1
	end := start + length
	if length == 0 || end < len(l.src) && !isBlank(l.src[end]) && !isClosing(l.src[end]) {
		return nil, 0
	}
	title := l.src[start:end]
	if !hasSearchable(title) || !slices.ContainsFunc(title, isBlank) {
		return nil, 0
	}
	return &Phrase{Text: string(title)}, end
}

func (l *lexer) follows(kind tokenKind) bool {
	return len(l.tokens) > 0 && l.tokens[len(l.tokens)-1].kind == kind
}

func (l *lexer) afterBlanks(i int) int {
	for i < len(l.src) && isBlank(l.src[i]) {
		i++
	}
	return i
}

// wordEnd returns the end of the word at i: the next blank, or in a group the bracket
// that closes it. Brackets that are closed inside the word belong to it.
func (l *lexer) wordEnd(i int) int {
	depth := 0
	for ; i < len(l.src) && !isBlank(l.src[i]); i++ {
		if isOpening(l.src[i]) {
			depth++
		} else if isClosing(l.src[i]) {
			if depth == 0 && len(l.open) > 0 {
				break
			}
			depth--
		}
	}
	return i
}

// word reads an unquoted operand.
func (l *lexer) word() Node {
	start := l.afterLeads(l.i)
	l.i = l.wordEnd(start)
	return wordNode(l.src[start:l.i])
}

// afterLeads returns where the text of a word that begins at i begins.
func (l *lexer) afterLeads(i int) int {
	inGroup := len(l.open) > 0
	for i < len(l.src) && isLead(l.src[i]) && !(inGroup && isClosing(l.src[i])) {
		i++
	}
	return i
}

// wordNode returns the node of an unquoted operand, nil for nothing but punctuation.
func wordNode(text []rune) Node {
	body := text
	for len(body) > 0 && narrow(body[len(body)-1]) == '*' {
		body = body[:len(body)-1]
	}
	switch {
	case !hasSearchable(body):
		return nil
	case len(body) < len(text) && isPlainRun(body):
		return &Prefix{Text: string(body)}
	case isOperator(string(body)):
		// Matching ignores case, and in lower case it is not the operator.
		return &Word{Text: strings.ToLower(string(body))}
	}
	return &Word{Text: string(body)}
}

package query

import (
	"strings"
	"unicode"
)

// quotePairs are in the order in which String prefers them.
var quotePairs = [...][2]rune{{'"', '"'}, {'“', '”'}, {'「', '」'}, {'『', '』'}, {'‘', '’'}, {'＂', '＂'}}

// closingQuote returns the closing half of a quote that can open a phrase.
func closingQuote(r rune) (rune, bool) {
	for _, pair := range quotePairs {
		if pair[0] == r {
			return pair[1], true
		}
	}
	return 0, false
}

func isOpeningQuote(r rune) bool {
	_, opens := closingQuote(r)
	return opens
}

func isQuote(r rune) bool {
	for _, pair := range quotePairs {
		if r == pair[0] || r == pair[1] {
			return true
		}
	}
	return false
}

// isStraight reports whether a quote has one shape for both ends.
func isStraight(r rune) bool { return r == '"' || r == '＂' }

// quoted reads a quoted phrase that is a word of its own, with its ~N, and returns
// its node and end; an end of 0 means that there is none. Its left side is not
// checked: it is called only at the start of a word, or after -, a bracket or a
// field's colon.
func (l *lexer) quoted() (Node, int) { return l.quotedAt(l.i) }

func (l *lexer) phraseAt(i int) bool {
	node, _ := l.quotedAt(i)
	return node != nil
}

// quotedAt reads the phrase that opens at start. The quote of the same pair closes it
// or, where that closes none, the next one of another pair.
func (l *lexer) quotedAt(start int) (Node, int) {
	if !isOpeningQuote(l.src[start]) {
		return nil, 0
	}
	for _, closing := range []int{l.matchingQuote(start), l.otherQuote(start)} {
		if closing < 0 {
			continue
		}
		distance, end := l.distance(closing + 1)
		if end == len(l.src) || isBlank(l.src[end]) || isBracket(l.src[end]) {
			return phraseNode(string(l.src[start+1:closing]), distance), end
		}
	}
	return nil, 0
}

// closes reports whether any quote closes the one at start.
func (l *lexer) closes(start int) bool {
	return l.matchingQuote(start) >= 0 || l.otherQuote(start) >= 0
}

// matchingQuote returns the index of the quote of the same pair that closes the one
// at start, -1 if there is none. Pairs may be nested where their two halves differ.
func (l *lexer) matchingQuote(start int) int {
	opening, depth := l.src[start], 1
	closing, _ := closingQuote(opening)
	for i := start + 1; i < len(l.src); i++ {
		switch {
		case l.src[i] == closing && !l.isApostrophe(i):
			depth--
		case l.src[i] == opening:
			depth++
		}
		if depth == 0 {
			return i
		}
	}
	return -1
}

// otherQuote returns the index of the first quote of another pair that can close the
// one at start, -1 if there is none. Whole pairs of other shapes are passed over.
func (l *lexer) otherQuote(start int) int {
	opening, depth := l.src[start], 0
	for i := start + 1; i < len(l.src); i++ {
		r := l.src[i]
		switch {
		case !isQuote(r) || l.isApostrophe(i):
		case r == opening || isStraight(r) && depth > 0:
			return -1
		case !isStraight(r) && isOpeningQuote(r):
			depth++
		case depth > 0:
			depth--
		default:
			return i
		}
	}
	return -1
}

// isApostrophe reports whether the quote at i is one, as in Xi’an.
func (l *lexer) isApostrophe(i int) bool {
	return l.src[i] == '’' && i+1 < len(l.src) && unicode.Is(unicode.Latin, l.src[i+1])
}

// distance reads ~N at i; a distance of none means that there is none.
func (l *lexer) distance(i int) (distance, end int) {
	end = i + 1
	for end < len(l.src) && isDigit(l.src[end]) {
		end++
	}
	if i >= len(l.src) || narrow(l.src[i]) != '~' || end == i+1 {
		return none, i
	}
	return atMost(maxDistance, l.src[i+1:end]), end
}

// phraseNode returns the node of a quoted text, nil for an empty one. A single word
// is near itself at any distance, so that it is a phrase.
func phraseNode(text string, distance int) Node {
	if distance == none {
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

package query

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// isBlank reports whether r separates operands: white space of every script,
// including the ideographic space U+3000.
func isBlank(r rune) bool { return unicode.IsSpace(r) }

func isOpening(r rune) bool { return r == '(' || r == '（' }

func isClosing(r rune) bool { return r == ')' || r == '）' }

func isBracket(r rune) bool { return isOpening(r) || isClosing(r) }

// isLead reports whether a Word never begins with r, since it could open something.
// Where it opens nothing it is text that matches nothing, and without it a Word
// means the same wherever String puts it.
func isLead(r rune) bool {
	return r == '-' || narrow(r) == '$' || isWideDash(r) || isQuote(r) || isBracket(r)
}

// isWideDash reports whether r is a minus or dash of a Chinese input method, which
// can exclude like a hyphen.
func isWideDash(r rune) bool {
	switch r {
	case '－', '—', '–', '−':
		return true
	}
	return false
}

// narrow maps full-width letters, digits and punctuation to ASCII, so that syntax can be
// typed in a Chinese input method.
func narrow(r rune) rune {
	if '！' <= r && r <= '～' {
		return r - '！' + '!'
	}
	return r
}

// isDigit reports whether r is a digit, full-width or not.
func isDigit(r rune) bool { return '0' <= narrow(r) && narrow(r) <= '9' }

// isSearchable reports whether a character can be in a term of an index. Some symbols
// stand for letters: ㎡, ℃.
func isSearchable(r rune) bool {
	if unicode.IsLetter(r) || unicode.IsNumber(r) {
		return true
	}
	return unicode.Is(unicode.So, r) && strings.ContainsFunc(norm.NFKD.String(string(r)), unicode.IsLetter)
}

func hasSearchable(text []rune) bool {
	for _, r := range text {
		if isSearchable(r) {
			return true
		}
	}
	return false
}

// isPlainRun reports whether text is one run of letters and digits without Han
// characters, which can be a prefix.
func isPlainRun(text []rune) bool {
	for _, r := range text {
		if unicode.Is(unicode.Han, r) || !isSearchable(r) && !unicode.IsMark(r) {
			return false
		}
	}
	return hasSearchable(text)
}

// unbalanced reports whether a word leaves a bracket open, so that a closing
// bracket right after it would become part of the word.
func unbalanced(text string) bool {
	depth := 0
	for _, r := range text {
		switch {
		case isOpening(r):
			depth++
		case isClosing(r) && depth > 0:
			depth--
		}
	}
	return depth > 0
}

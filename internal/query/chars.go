package query

import "unicode"

// isBlank reports whether r separates operands: white space of every script,
// including the ideographic space U+3000.
func isBlank(r rune) bool { return unicode.IsSpace(r) }

func isOpening(r rune) bool { return r == '(' || r == '（' }

func isClosing(r rune) bool { return r == ')' || r == '）' }

func isBracket(r rune) bool { return isOpening(r) || isClosing(r) }

// closingQuote returns the closing half of a quote that can open a phrase.
func closingQuote(r rune) (rune, bool) {
	for _, pair := range quotePairs {
		if pair[0] == r {
			return pair[1], true
		}
	}
	return 0, false
}

// quotePairs are in the order in which String prefers them.
var quotePairs = [...][2]rune{{'"', '"'}, {'“', '”'}, {'「', '」'}}

func isQuote(r rune) bool {
	for _, pair := range quotePairs {
		if r == pair[0] || r == pair[1] {
			return true
		}
	}
	return false
}

// isLead reports whether a Word never begins with r, since it could open something.
// Where it opens nothing it is text that matches nothing, and without it a Word
// means the same wherever String puts it.
func isLead(r rune) bool { return r == '-' || isQuote(r) || isBracket(r) }

// isSearchable reports whether a character can be in a term of an index.
func isSearchable(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

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

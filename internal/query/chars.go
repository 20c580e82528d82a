package query

import "unicode"

// isBlank says what parts operands: white space of every script, the
// ideographic space U+3000 too.
func isBlank(r rune) bool { return unicode.IsSpace(r) }

func isOpening(r rune) bool { return r == '(' || r == '（' }

func isClosing(r rune) bool { return r == ')' || r == '）' }

func isBracket(r rune) bool { return isOpening(r) || isClosing(r) }

// closingQuote gives the other half of a quote that can open a phrase.
func closingQuote(r rune) (rune, bool) {
	for _, pair := range quotePairs {
		if pair[0] == r {
			return pair[1], true
		}
	}
	return 0, false
}

// quotePairs in the order in which String prefers them.
var quotePairs = [...][2]rune{{'"', '"'}, {'“', '”'}, {'「', '」'}}

func isQuote(r rune) bool {
	for _, pair := range quotePairs {
		if r == pair[0] || r == pair[1] {
			return true
		}
	}
	return false
}

// isLead says which characters a Word never begins with: those that could open
// something. Where they open nothing they are text that nothing looks for, and
// without them a Word means the same wherever String puts it.
func isLead(r rune) bool { return r == '-' || isQuote(r) || isBracket(r) }

// isSearchable says whether a character is part of what an index can hold.
func isSearchable(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

func hasSearchable(text []rune) bool {
	for _, r := range text {
		if isSearchable(r) {
			return true
		}
	}
	return false
}

// isPlainRun says whether text is one run of letters and digits without Han
// characters: what a prefix can be taken of.
func isPlainRun(text []rune) bool {
	for _, r := range text {
		if unicode.Is(unicode.Han, r) || !isSearchable(r) && !unicode.IsMark(r) {
			return false
		}
	}
	return hasSearchable(text)
}

// unbalanced says whether a word leaves a bracket open, so that a closing
// bracket set right after it would become part of the word.
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

package limit

import (
	"slices"
	"unicode"

	"xunwen/internal/query"
)

// isExpensive reports whether an engine has to read many texts to answer a query,
// which may take until the deadline: a phrase of one character between commas, or
// two characters near each other. It guesses from the query alone; a wrong guess
// only puts a request into the wrong priority class.
func isExpensive(n query.Node) bool {
	expensive := false
	query.Walk(n, func(n query.Node) bool {
		switch n := n.(type) {
		case *query.Phrase:
			expensive = expensive || !isSelective(n.Text) && !isTerm(n.Text)
		case *query.Near:
			expensive = expensive || !slices.ContainsFunc(n.Words, isSelective)
		case *query.And: // a selective operand leaves few texts to read
			return !slices.ContainsFunc(n.Nodes, isSelectiveNode)
		}
		return true
	})
	return expensive
}

// isSelectiveNode reports whether an operand matches few texts.
func isSelectiveNode(n query.Node) bool {
	switch n := n.(type) {
	case *query.Word:
		return isSelective(n.Text)
	case *query.Phrase:
		return isSelective(n.Text)
	}
	return false
}

// selectiveRun is how many letters and digits in a row match few texts. Some
// numbers of three digits are in a third of the articles of a news archive; a year
// is in a tenth.
const selectiveRun = 4

// isSelective reports whether a text has a part that is in the index and that few
// texts contain: two adjacent Han characters, or a run of letters and digits.
func isSelective(text string) bool {
	han, run := 0, 0
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Han, r):
			han, run = han+1, 0
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			han, run = 0, run+1
		default:
			han, run = 0, 0
		}
		if han == 2 || run == selectiveRun {
			return true
		}
	}
	return false
}

// isTerm reports whether a text is one Han character or one run of letters and
// digits, which an index finds without reading a text.
func isTerm(text string) bool {
	runes := []rune(text)
	if len(runes) == 1 && unicode.Is(unicode.Han, runes[0]) {
		return true
	}
	return !slices.ContainsFunc(runes, func(r rune) bool {
		return unicode.Is(unicode.Han, r) || !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

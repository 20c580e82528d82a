package limit

import (
	"slices"
	"unicode"

	"xunwen/internal/query"
)

// heavy tells a query that has an engine look into many texts, which may take
// all the time that a question has: a phrase of a character between commas, two
// characters near each other. It guesses by the query alone; to guess wrong is
// only to wait in the wrong lane.
func heavy(n query.Node) bool {
	switch n := n.(type) {
	case *query.Phrase:
		return !narrow(n.Text) && !isTerm(n.Text)
	case *query.Near:
		return !slices.ContainsFunc(n.Words, narrow)
	case *query.And: // beside what narrows, only what is left is looked at
		if slices.ContainsFunc(n.Nodes, narrows) {
			return false
		}
	}
	return slices.ContainsFunc(query.Children(n), heavy)
}

func narrows(n query.Node) bool {
	switch n := n.(type) {
	case *query.Word:
		return narrow(n.Text)
	case *query.Phrase:
		return narrow(n.Text)
	}
	return false
}

// narrowRun is how many letters and digits in a row leave few texts: of three
// digits some hold a third of a news archive, of four, a year, a tenth.
const narrowRun = 4

// narrow tells whether a text has a piece that an index looks up and that most
// other texts lack: two Han characters side by side, or a run of letters and
// digits.
func narrow(text string) bool {
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
		if han == 2 || run == narrowRun {
			return true
		}
	}
	return false
}

// isTerm tells a Han character alone, or a run of letters and digits alone,
// which an index finds without a look at a text.
func isTerm(text string) bool {
	runes := []rune(text)
	if len(runes) == 1 && unicode.Is(unicode.Han, runes[0]) {
		return true
	}
	return !slices.ContainsFunc(runes, func(r rune) bool {
		return unicode.Is(unicode.Han, r) || !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

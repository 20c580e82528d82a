package analyzer

import (
	"cmp"
	"slices"

	"xunwen/internal/textnorm"
)

// Token is one term of a folded text: Term is folded[Start:End], the offsets
// are bytes.
type Token struct {
	Term       string
	Start, End int
}

// inOrder sorts tokens by Start, the longer last, and drops repetitions.
func inOrder(tokens []Token) []Token {
	slices.SortFunc(tokens, compareTokens)
	return slices.CompactFunc(tokens, func(a, b Token) bool { return compareTokens(a, b) == 0 })
}

func compareTokens(a, b Token) int {
	if c := cmp.Compare(a.Start, b.Start); c != 0 {
		return c
	}
	return cmp.Compare(a.End, b.End)
}

// content says what a term is made of.
type content struct{ han, word, other bool }

func contentOf(term string) (c content) {
	for _, r := range term {
		switch {
		case textnorm.IsHan(r):
			c.han = true
		case textnorm.IsWordRune(r):
			c.word = true
		default:
			c.other = true
		}
	}
	return c
}

package analyzer

import (
	"strings"
	"testing"
)

// TestLongRuns checks that the length of terms is bounded, and that each part of
// a long run of letters that fits into a query is inside a term, at the ends of
// the run with the adjacent Han character.
func TestLongRuns(t *testing.T) {
	const longestTerm, longestPart = 4100, 2048 // bytes: with a Han character; 512 characters
	var run strings.Builder
	for i := 0; run.Len() < 20_000; i++ {
		run.WriteString(strings.Repeat(string(rune('a'+i%26)), 1+i%97))
		run.WriteRune('é')
	}
	text := "约" + run.String() + "国"
	a := sharedAnalyzer(t)
	for name, tokens := range map[string][]Token{"grams": Grams(text), "words": a.Words(text)} {
		for _, token := range tokens {
			if len(token.Term) > longestTerm || text[token.Start:token.End] != token.Term {
				t.Fatalf("%s: a term of %d bytes at %d", name, len(token.Term), token.Start)
			}
		}
		from, to := len("约"), len(text)-len("国")
		if name == "grams" {
			from, to = 0, len(text)
		}
		for at := from; at+longestPart <= to; at += 511 {
			if !inOne(tokens, at, at+longestPart) {
				t.Errorf("%s: no term contains the part from %d on", name, at)
			}
		}
		if !inOne(tokens, to-longestPart, to) {
			t.Errorf("%s: no term contains the end", name)
		}
	}
}

func inOne(tokens []Token, start, end int) bool {
	for _, token := range tokens {
		if token.Start <= start && token.End >= end {
			return true
		}
	}
	return false
}

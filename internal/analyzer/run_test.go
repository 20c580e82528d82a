package analyzer

import (
	"strings"
	"testing"
)

// TestEndlessRuns holds that no term is endless, and that each part of an
// endless run of letters that a query can ask for lies whole in a term, with the
// Han character beside it where it stands at the run's end.
func TestEndlessRuns(t *testing.T) {
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
				t.Errorf("%s: no term holds what stands from %d on", name, at)
			}
		}
		if !inOne(tokens, to-longestPart, to) {
			t.Errorf("%s: no term holds the end", name)
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

package analyzer

import (
	"iter"
	"unicode/utf8"
)

// Runs of letters and digits are terms of any length, except those that are not
// words, base64 data for example: the term dictionary takes about a hundred
// bytes of memory for each byte of such a term.
const (
	// maxRun is the longest run, in bytes, that is one term. A longer run gives
	// terms of this length, one every runStep bytes, and a last one that ends
	// with the run.
	maxRun = 4096
	// runStep is half of that, so that each part of a run of up to runStep bytes
	// is inside one of its terms: queries have at most 512 characters of four
	// bytes.
	runStep = maxRun / 2
)

// runTerms yields the terms of the run text[start:end], in order.
func runTerms(text string, start, end int) iter.Seq[span] {
	return func(yield func(span) bool) {
		for end-start > maxRun {
			if !yield(span{start, runeStart(text, start+maxRun)}) {
				return
			}
			start = runeStart(text, start+runStep)
		}
		yield(span{start, end})
	}
}

// appendRunTerms appends the terms of runTerms to dst.
func appendRunTerms(dst []span, text string, start, end int) []span {
	for s := range runTerms(text, start, end) {
		dst = append(dst, s)
	}
	return dst
}

// firstTerm returns the end of the first term of a run, lastTerm the start of the
// last.
func firstTerm(text string, start, end int) int {
	if end-start <= maxRun {
		return end
	}
	return runeStart(text, start+maxRun)
}

func lastTerm(text string, start, end int) int {
	for end-start > maxRun {
		start = runeStart(text, start+runStep)
	}
	return start
}

// runeStart returns the start of the character that i lies in.
func runeStart(text string, i int) int {
	for !utf8.RuneStart(text[i]) {
		i--
	}
	return i
}

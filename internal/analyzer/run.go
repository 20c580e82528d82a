package analyzer

import (
	"iter"
	"unicode/utf8"
)

// Runs of letters and digits are terms whatever their length, but for those that
// nobody writes, data in base64 say: the dictionary of terms takes some hundred
// bytes of memory for each byte of such a term.
const (
	// maxRun is the longest run, in bytes, that is one term. A longer one gives
	// terms of this length, each beginning runStep behind the one before, and a
	// last one that ends with the run.
	maxRun = 4096
	// runStep is half of that, so that each part of a run of up to runStep bytes
	// lies whole in one of its terms: queries have 512 characters of four bytes
	// at most.
	runStep = maxRun / 2
)

// runTerms gives the terms of the run text[start:end], in order.
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

// firstTerm is where the first of a run's terms ends, lastTerm where the last
// begins.
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

// runeStart is the start of the character that i is in.
func runeStart(text string, i int) int {
	for !utf8.RuneStart(text[i]) {
		i--
	}
	return i
}

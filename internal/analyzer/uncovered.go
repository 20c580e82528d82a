package analyzer

import (
	"slices"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// uncoverer finds what the words of jieba leave uncovered: Han characters, and
// parts of runs of other letters; with wholeRuns also every whole run.
type uncoverer struct {
	folded    string
	wholeRuns bool
	at        int // the text before it is done
	run, part int // start of the current run and of its uncovered part, or none
	found     []span
}

const none = -1

func newUncoverer(folded string, wholeRuns bool) uncoverer {
	return uncoverer{folded: folded, wholeRuns: wholeRuns, run: none, part: none}
}

// until returns, in order, what words leave uncovered up to end. The words are
// sorted and don't reach beyond end, but a run may continue there.
func (u *uncoverer) until(end int, words []span) []span {
	u.found = u.found[:0]
	covered, next, from := 0, 0, u.at
	for i, r := range u.folded[from:end] {
		i += from
		for ; next < len(words) && words[next].start <= i; next++ {
			covered = max(covered, words[next].end)
		}
		switch {
		case textnorm.IsHan(r):
			u.endRun(i)
			if i >= covered {
				u.found = append(u.found, span{i, i + utf8.RuneLen(r)})
			}
		case !textnorm.IsWordRune(r):
			u.endRun(i)
		default:
			if u.run == none {
				u.run = i
			}
			if i < covered {
				u.endPart(i)
			} else if u.part == none {
				u.part = i
			}
		}
	}
	if u.at = end; end == len(u.folded) {
		u.endRun(end)
	}
	return u.found
}

func (u *uncoverer) endPart(at int) {
	switch {
	case u.part == none:
	case u.wholeRuns:
		u.found = slices.AppendSeq(u.found, runTerms(u.folded, u.part, at))
	default:
		u.found = append(u.found, span{u.part, at}) // of a query, where words don't overlap
	}
	u.part = none
}

func (u *uncoverer) endRun(at int) {
	if u.run == none {
		return
	}
	whole := u.part == u.run // no word covers any of it
	u.endPart(at)
	if u.wholeRuns && !whole {
		for s := range runTerms(u.folded, u.run, at) {
			u.found = insert(u.found, s)
		}
	}
	u.run = none
}

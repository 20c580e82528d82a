package analyzer

import (
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// uncovered returns, in order, each Han character that none of the words (in
// order) covers, and of each run of other letters the parts that none covers;
// with wholeRuns also the whole of every run.
func uncovered(folded string, words []span, wholeRuns bool) []span {
	u := uncoverer{run: none, part: none, wholeRuns: wholeRuns}
	covered, next := 0, 0
	for i, r := range folded {
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
	u.endRun(len(folded))
	return u.found
}

const none = -1

// uncoverer gathers what uncovered finds. run is where the present run began,
// part where its part that no word covers did, or none.
type uncoverer struct {
	run, part int
	wholeRuns bool
	found     []span
}

func (u *uncoverer) endPart(at int) {
	if u.part != none {
		u.found = append(u.found, span{u.part, at})
		u.part = none
	}
}

func (u *uncoverer) endRun(at int) {
	if u.run == none {
		return
	}
	u.endPart(at)
	if u.wholeRuns {
		u.found = insert(u.found, span{u.run, at})
	}
	u.run = none
}

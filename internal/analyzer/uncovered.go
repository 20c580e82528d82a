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
	cut       func(at int) bool // whether a word may end there; for wholeRuns
	at        int               // the text before it is done
	run, part int               // start of the current run and of its uncovered part, or none
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
	if u.wholeRuns && at-u.run <= maxRun {
		u.addAtoms(u.run, at)
	}
	u.run = none
}

// addAtoms adds the atoms of a run, the pairs of those and the runs into which
// joiners cut them.
func (u *uncoverer) addAtoms(run, end int) {
	before := none // the start of the atom before
	for at := run; at < end; {
		next, _ := elementEnd(u.folded[:end], at)
		if before == none && next == end && !u.isCut(at, next) {
			return // the whole run, as nearly always
		}
		from := at
		for i := at + 1; i < next; i++ {
			if u.cut(i) {
				u.found = insert(u.found, span{from, i})
				from = i
			}
		}
		u.found = insert(u.found, span{from, next})
		if from != at {
			u.found = insert(u.found, span{at, next})
		}
		if before != none {
			u.found = insert(u.found, span{before, next})
		}
		before, at = at, next
	}
}

// isCut reports whether a joiner cuts an atom.
func (u *uncoverer) isCut(start, end int) bool {
	for at := start + 1; at < end; at++ {
		if u.cut(at) {
			return true
		}
	}
	return false
}

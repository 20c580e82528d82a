package analyzer

import "xunwen/internal/textnorm"

// uncoverer finds what the words of jieba leave uncovered: Han characters, and
// parts of runs of other letters; with wholeRuns also every whole run.
type uncoverer struct {
	joined    textnorm.Joined
	text      string // of joined
	wholeRuns bool
	at        int // the text before it is done
	run, part int // start of the current run and of its uncovered part, or none
	found     []span
}

const none = -1

// reset begins a text.
func (u *uncoverer) reset(joined textnorm.Joined, wholeRuns bool) {
	*u = uncoverer{joined: joined, text: joined.Text, wholeRuns: wholeRuns, run: none, part: none, found: u.found}
}

// until finds, in order, what words leave uncovered up to end. The words are
// sorted and don't reach beyond end, but a run may continue there.
func (u *uncoverer) until(end int, words []span) {
	u.found = u.found[:0]
	covered, next := 0, 0
	for i, size := u.at, 0; i < end; i += size {
		var class class
		class, size = classAt(u.text, i)
		if class == classOfHan && u.run == none && i < covered {
			continue
		}
		for ; next < len(words) && words[next].Start <= i; next++ {
			covered = max(covered, words[next].End)
		}
		u.character(i, size, class, i < covered)
	}
	if u.at = end; end == len(u.text) {
		u.endRun(end)
	}
}

// character continues with the character at an offset.
func (u *uncoverer) character(at, size int, class class, isCovered bool) {
	if class == classOfHan || class == classOfSign {
		u.endRun(at)
		if class == classOfHan && !isCovered {
			u.found = append(u.found, span{at, at + size})
		}
		return
	}
	if u.run == none {
		u.run = at
	}
	if isCovered {
		u.endPart(at)
	} else if u.part == none {
		u.part = at
	}
}

func (u *uncoverer) endPart(at int) {
	switch {
	case u.part == none:
	case u.wholeRuns:
		u.found = appendRunTerms(u.found, u.text, u.part, at)
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
		for s := range runTerms(u.text, u.run, at) {
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
		next, _ := elementEnd(u.text[:end], at)
		if before == none && next == end && !u.isCut(at, next) {
			return // the whole run, as nearly always
		}
		from := at
		for i := at + 1; i < next; i++ {
			if u.joined.Boundary(i) {
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
		if u.joined.Boundary(at) {
			return true
		}
	}
	return false
}

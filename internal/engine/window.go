package engine

import (
	"math"
	"slices"
	"unicode/utf8"
)

// atom is a row of marks that overlap or touch: a snippet cuts none in two.
type atom struct {
	stretch
	from, to int // the same in characters, exact within a snippet's length
	marks    []mark
}

// gather joins marks, sorted by their start, to atoms. A row longer than a
// snippet is parted where a mark begins.
func gather(text string, marks []mark) []atom {
	out := make([]atom, 0, len(marks))
	at, runes := 0, 0 // a place in text and how many characters stand before it
	first := 0
	for i, m := range marks {
		runes += length(text, at, m.Start)
		at = m.Start
		if n := len(out); n > 0 {
			last := &out[n-1]
			end := max(last.end, m.End)
			if m.Start <= last.end && (m.End <= last.end || length(text, last.start, end) <= snippetRunes) {
				last.end, last.to = end, last.from+length(text, last.start, end)
				last.marks = marks[first : i+1]
				continue
			}
		}
		first = i
		out = append(out, atom{m.stretch(), runes, runes + length(text, m.Start, m.End), marks[i : i+1]})
	}
	return out
}

func (m mark) stretch() stretch { return stretch{m.Start, m.End} }

// length counts characters. A text of more bytes than a snippet can have
// counts by its bytes: it is too long in any case.
func length(text string, start, end int) int {
	if end-start > snippetRunes*utf8.UTFMax {
		return end - start
	}
	return utf8.RuneCountInString(text[start:end])
}

// plan is a choice of windows.
type plan struct {
	atoms    []atom
	windows  []window
	weight   int  // of the pieces that they hold
	first    int  // of those that the first holds
	complete bool // nothing that is marked is missing
}

// window is a row of atoms, first to last.
type window struct{ first, last int }

// choose returns the plan of the most weight, less what its breaks cost; it
// weighs at least as much as any stretch of snippetRunes.
func choose(atoms []atom) plan {
	if p := newPlan(atoms, firstLimits[0]); len(p.windows) == 1 && p.complete {
		return p
	}
	densest := newPlan(atoms, snippetRunes)
	var best plan
	for _, limit := range firstLimits {
		if p := newPlan(atoms, limit); p.weight >= densest.first && p.worth() > best.worth() {
			best = p
		}
	}
	if (1-lossBreak)*densest.worth() > best.worth() { // it has no room to begin and end well
		return densest
	}
	return best
}

func (p plan) worth() float64 {
	return float64(p.weight) * (1 - lossBreak*float64(len(p.windows)-1))
}

// newPlan chooses a window of at most limit characters and, where others hold
// pieces that it lacks and there is room, up to two more.
func newPlan(atoms []atom, limit int) plan {
	p := plan{atoms: atoms}
	c := newChooser(atoms)
	for room := snippetRunes; len(p.windows) < maxFragments && limit > 0; limit = room - contextRunes {
		w, gain := c.best(limit)
		if gain == 0 || float64(gain) < lossBreak*float64(p.weight) {
			break
		}
		c.take(w)
		p.windows = append(p.windows, w)
		p.weight += gain
		if len(p.windows) == 1 {
			p.first = gain
		}
		room -= atoms[w.last].to - atoms[w.first].from + contextRunes
	}
	p.complete = !slices.ContainsFunc(c.weight, func(w int) bool { return w > 0 })
	return p
}

// cores returns what the windows span, in the order of the text.
func (p plan) cores() []stretch {
	var out []stretch
	for _, w := range p.windows {
		out = append(out, stretch{p.atoms[w.first].start, p.atoms[w.last].end})
	}
	slices.SortFunc(out, func(a, b stretch) int { return a.start - b.start })
	return out
}

// chooser finds windows in one pass over the atoms each.
type chooser struct {
	atoms  []atom
	used   []bool // by atom: it is in a window
	weight []int  // by piece; 0 once a window holds it
	count  []int  // by piece: its marks in the window under way
}

func newChooser(atoms []atom) *chooser {
	pieces := 0
	for _, a := range atoms {
		for _, m := range a.marks {
			pieces = max(pieces, m.piece+1)
		}
	}
	c := &chooser{atoms: atoms, used: make([]bool, len(atoms)), weight: make([]int, pieces), count: make([]int, pieces)}
	for _, a := range atoms {
		for _, m := range a.marks {
			c.weight[m.piece] = weigh(m.weight)
		}
	}
	return c
}

// weigh makes a weight a whole number, so that sums of the same are the same,
// and at least 1.
func weigh(w float64) int { return 1 + int(math.Round(w*1e6)) }

// best returns the window of at most limit characters, or of one atom, with
// the most weight of pieces that no window holds yet, and that weight. Of
// equals it takes the one with more marks, then the first.
func (c *chooser) best(limit int) (window, int) {
	clear(c.count)
	var best window
	first, gain, marks, bestGain, bestMarks := 0, 0, 0, 0, 0
	drop := func() {
		gain -= c.move(c.atoms[first], -1)
		marks -= len(c.atoms[first].marks)
		first++
	}
	for last, a := range c.atoms {
		if c.used[last] {
			for first < last {
				drop()
			}
			first = last + 1
			continue
		}
		gain += c.move(a, 1)
		marks += len(a.marks)
		for first < last && a.to-c.atoms[first].from > limit {
			drop()
		}
		if gain > bestGain || gain == bestGain && marks > bestMarks {
			best, bestGain, bestMarks = window{first, last}, gain, marks
		}
	}
	return c.trim(best), bestGain
}

// move takes an atom into the window under way, or out of it with by -1; it
// returns the weight of the pieces that came or went.
func (c *chooser) move(a atom, by int) int {
	changed := 0
	for _, m := range a.marks {
		before := c.count[m.piece]
		c.count[m.piece] += by
		if before == 0 || before+by == 0 {
			changed += c.weight[m.piece]
		}
	}
	return changed
}

// trim drops atoms at a window's ends that hold only what others in it hold:
// the room is better used for whole sentences.
func (c *chooser) trim(w window) window {
	clear(c.count)
	for _, a := range c.atoms[w.first : w.last+1] {
		c.move(a, 1)
	}
	spare := func(a atom) bool {
		if c.move(a, -1) == 0 {
			return true
		}
		c.move(a, 1)
		return false
	}
	for w.last > w.first && spare(c.atoms[w.last]) {
		w.last--
	}
	for w.last > w.first && spare(c.atoms[w.first]) {
		w.first++
	}
	return w
}

// take notes what a window holds.
func (c *chooser) take(w window) {
	for i := w.first; i <= w.last; i++ {
		c.used[i] = true
		for _, m := range c.atoms[i].marks {
			c.weight[m.piece] = 0
		}
	}
}

package snippet

import (
	"math"
	"slices"

	"xunwen/internal/search"
)

// firstLimits are the limits, in characters, that are tried for the first window
// of a snippet in addition to maxRunes: one that leaves room for good boundaries,
// about a half and about a third of a snippet.
var firstLimits = [...]int{
	maxRunes - 2*contextRunes,
	maxRunes/2 - contextRunes,
	maxRunes/3 - contextRunes/2,
}

// selection is a choice of windows.
type selection struct {
	clusters []cluster
	windows  [maxFragments]window
	count    int  // of windows
	weight   int  // of the terms in all windows
	first    int  // of the terms in the first window
	complete bool // every term is in a window
}

// window is a sequence of clusters, first to last.
type window struct{ first, last int }

// selectWindows returns the selection with the highest score. Its terms weigh
// at least as much as those in any maxRunes contiguous characters.
func (s *selector) selectWindows(clusters []cluster) selection {
	if s := s.selection(clusters, firstLimits[0]); s.count == 1 && s.complete {
		return s
	}
	densest := s.selection(clusters, maxRunes)
	var best selection
	for _, limit := range firstLimits {
		if s := s.selection(clusters, limit); s.weight >= densest.first && s.score() > best.score() {
			best = s
		}
	}
	if (1-breakLoss)*densest.score() > best.score() { // densest leaves no room for good boundaries
		return densest
	}
	return best
}

func (s selection) score() float64 {
	return float64(s.weight) * (1 - breakLoss*float64(s.count-1))
}

// selection selects a window of at most limit characters and, where other
// windows add terms and the budget allows it, up to two more.
func (sel *selector) selection(clusters []cluster, limit int) selection {
	s := selection{clusters: clusters}
	sel.reset(clusters)
	for budget := maxRunes; s.count < maxFragments && limit > 0; limit = budget - contextRunes {
		w, gain := sel.best(limit)
		if gain == 0 || float64(gain) < breakLoss*float64(s.weight) {
			break
		}
		sel.cover(w)
		s.windows[s.count] = w
		s.count++
		s.weight += gain
		if s.count == 1 {
			s.first = gain
		}
		budget -= clusters[w.last].to - clusters[w.first].from + contextRunes
	}
	s.complete = !slices.ContainsFunc(sel.weight, func(w int) bool { return w > 0 })
	return s
}

// spans returns what the windows span, in the order of the text.
func (s selection) spans() []search.Span {
	out := make([]search.Span, 0, s.count)
	for _, w := range s.windows[:s.count] {
		out = append(out, search.Span{Start: s.clusters[w.first].Start, End: s.clusters[w.last].End})
	}
	slices.SortFunc(out, func(a, b search.Span) int { return a.Start - b.Start })
	return out
}

// selector finds each window in one pass over the clusters. Its memory is used again.
type selector struct {
	clusters []cluster
	covered  []bool // by cluster: it is in a window
	weight   []int  // by term; 0 once it is in a window
	count    []int  // by term: its marks in the current window
}

// reset begins with clusters of which none is covered.
func (s *selector) reset(clusters []cluster) {
	terms := 0
	for _, c := range clusters {
		for _, m := range c.marks {
			terms = max(terms, m.Term+1)
		}
	}
	s.clusters = clusters
	s.covered, s.weight, s.count = zeros(s.covered, len(clusters)), zeros(s.weight, terms), zeros(s.count, terms)
	for _, c := range clusters {
		for _, m := range c.marks {
			s.weight[m.Term] = quantize(m.Weight)
		}
	}
}

// zeros returns n zero values in the memory of s, if that is enough.
func zeros[T any](s []T, n int) []T {
	s = slices.Grow(s[:0], n)[:n]
	clear(s)
	return s
}

// quantize returns a weight as an integer, at least 1: sums of integers don't
// depend on their order.
func quantize(weight float64) int { return 1 + int(math.Round(weight*1e6)) }

// best returns the window of at most limit characters, or of one cluster, whose
// terms that are in no window yet weigh most, and that weight. Of equal windows
// it returns the one with more marks, then the first.
func (s *selector) best(limit int) (window, int) {
	clear(s.count)
	var best window
	first, gain, marks, bestGain, bestMarks := 0, 0, 0, 0, 0
	drop := func() {
		gain -= s.add(s.clusters[first], -1)
		marks -= len(s.clusters[first].marks)
		first++
	}
	for last, c := range s.clusters {
		if s.covered[last] {
			for first < last {
				drop()
			}
			first = last + 1
			continue
		}
		gain += s.add(c, 1)
		marks += len(c.marks)
		for first < last && c.to-s.clusters[first].from > limit {
			drop()
		}
		if gain > bestGain || gain == bestGain && marks > bestMarks {
			best, bestGain, bestMarks = window{first, last}, gain, marks
		}
	}
	return s.trim(best), bestGain
}

// add counts the marks of a cluster into the current window, or out of it if n
// is -1. It returns the weight of the terms that came or went.
func (s *selector) add(c cluster, n int) int {
	changed := 0
	for _, m := range c.marks {
		before := s.count[m.Term]
		s.count[m.Term] += n
		if before == 0 || before+n == 0 {
			changed += s.weight[m.Term]
		}
	}
	return changed
}

// trim drops clusters at the ends of a window that add no term to it: whole
// sentences are a better use of the budget.
func (s *selector) trim(w window) window {
	clear(s.count)
	for _, c := range s.clusters[w.first : w.last+1] {
		s.add(c, 1)
	}
	redundant := func(c cluster) bool {
		if s.add(c, -1) == 0 {
			return true
		}
		s.add(c, 1)
		return false
	}
	for w.last > w.first && redundant(s.clusters[w.last]) {
		w.last--
	}
	for w.last > w.first && redundant(s.clusters[w.first]) {
		w.first++
	}
	return w
}

// cover records that the clusters and terms of w are in a window.
func (s *selector) cover(w window) {
	for i := w.first; i <= w.last; i++ {
		s.covered[i] = true
		for _, m := range s.clusters[i].marks {
			s.weight[m.Term] = 0
		}
	}
}

package engine

import (
	"container/heap"
	"slices"

	"xunwen/internal/search"
)

// order returns the order of hits, best first. Without a query nothing has a
// score, and relevance means newest.
func order(s search.Sort, unranked bool) func(a, b scored) bool {
	byPlace := func(a, b scored) bool {
		if a.place != b.place {
			return a.place < b.place
		}
		return a.n < b.n
	}
	byScore := func(a, b scored) bool {
		if a.score != b.score {
			return a.score > b.score
		}
		if a.day != b.day {
			return a.day > b.day
		}
		return byPlace(a, b)
	}
	switch {
	case s == search.Oldest:
		return func(a, b scored) bool {
			if a.day != b.day {
				return a.day < b.day
			}
			return byScore(a, b)
		}
	case s == search.Newest || unranked:
		return func(a, b scored) bool {
			if a.day != b.day {
				return a.day > b.day
			}
			return byScore(a, b)
		}
	}
	return byScore
}

// collector gathers the first keep of the members that it is offered, and of
// each group of copies the first alone. Which they are depends on no order of
// offers.
type collector struct {
	keep   int
	after  *scored // what comes before it or is it is left out; nil for nothing
	first  worst
	groups *folding // nil where nothing folds
}

// newCollector returns a collector that folds copies where they are given.
func newCollector(keep int, less func(a, b scored) bool, folds *copies) *collector {
	c := &collector{keep: keep, first: worst{less: less}}
	if folds != nil {
		c.groups = newFolding(*folds, less)
	}
	return c
}

func (c *collector) offer(s scored) {
	if !c.groups.take(s) {
		c.gather(s)
	}
}

func (c *collector) gather(s scored) {
	if c.after == nil || c.first.less(*c.after, s) {
		c.first.offer(s, c.keep)
	}
}

// hits returns what was gathered, in order; nothing can be offered afterwards.
func (c *collector) hits() []scored {
	if c.groups != nil {
		for _, s := range c.groups.best {
			c.gather(s)
		}
	}
	less := c.first.less
	slices.SortFunc(c.first.hits, func(a, b scored) int {
		if less(a, b) {
			return -1
		}
		return 1
	})
	return c.first.hits
}

// worst is a heap of hits with the last of them on top.
type worst struct {
	hits []scored
	less func(a, b scored) bool
}

func (w *worst) Len() int { return len(w.hits) }

func (w *worst) Less(i, j int) bool { return w.less(w.hits[j], w.hits[i]) }

func (w *worst) Swap(i, j int) { w.hits[i], w.hits[j] = w.hits[j], w.hits[i] }

func (w *worst) Push(x any) { w.hits = append(w.hits, x.(scored)) }

func (w *worst) Pop() any {
	last := w.hits[len(w.hits)-1]
	w.hits = w.hits[:len(w.hits)-1]
	return last
}

// offer keeps s if it is among the best keep hits so far.
func (w *worst) offer(s scored, keep int) {
	switch {
	case len(w.hits) < keep:
		heap.Push(w, s)
	case keep > 0 && w.less(s, w.hits[0]):
		w.hits[0] = s
		heap.Fix(w, 0)
	}
}

package engine

import (
	"cmp"
	"math"
	"slices"
)

// topN keeps the first n, in an order, of the values that it is offered.
type topN[T any] struct {
	n       int
	compare func(a, b T) int
	values  []T // once there are n, a heap with the last of them on top
}

func newTopN[T any](n int, compare func(a, b T) int) *topN[T] {
	return &topN[T]{n: n, compare: compare}
}

// last returns the last of the first n, once there are as many.
func (t *topN[T]) last() (v T, ok bool) {
	if t.n == 0 || len(t.values) < t.n {
		return v, false
	}
	return t.values[0], true
}

// wants reports whether offer would keep v.
func (t *topN[T]) wants(v T) bool {
	if len(t.values) < t.n {
		return true
	}
	return t.n > 0 && t.compare(v, t.values[0]) < 0
}

func (t *topN[T]) offer(v T) {
	switch {
	case len(t.values) < t.n:
		t.values = append(t.values, v)
		if len(t.values) == t.n { // a sorted slice is a heap
			slices.SortFunc(t.values, func(a, b T) int { return t.compare(b, a) })
		}
	case t.wants(v):
		t.values[0] = v
		t.siftDown()
	}
}

// siftDown moves the top of the heap to its position.
func (t *topN[T]) siftDown() {
	h := t.values
	for i := 0; ; {
		child := 2*i + 1
		if child >= len(h) {
			return
		}
		if child+1 < len(h) && t.compare(h[child+1], h[child]) > 0 {
			child++
		}
		if t.compare(h[i], h[child]) >= 0 {
			return
		}
		h[i], h[child] = h[child], h[i]
		i = child
	}
}

// sorted returns what was kept, in order. Nothing can be offered afterwards.
func (t *topN[T]) sorted() []T {
	slices.SortFunc(t.values, t.compare)
	return t.values
}

// descending orders numbers, the highest first.
func descending(a, b float64) int { return cmp.Compare(b, a) }

// leastOf returns the least of the n highest values, -Inf while there are fewer.
func leastOf(t *topN[float64]) float64 {
	if v, ok := t.last(); ok {
		return v
	}
	return math.Inf(-1)
}

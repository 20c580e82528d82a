package engine

import (
	"math"
	"slices"
)

// highest keeps the n highest of the values offered.
type highest struct {
	n    int
	heap []float64 // the least on top, once there are n
}

// least returns the least of the n highest values, -Inf while there are fewer.
func (h *highest) least() float64 {
	if len(h.heap) < h.n {
		return math.Inf(-1)
	}
	return h.heap[0]
}

// wants tells whether offer would keep v.
func (h *highest) wants(v float64) bool { return v > h.least() }

func (h *highest) offer(v float64) {
	switch {
	case len(h.heap) < h.n:
		h.heap = append(h.heap, v)
		if len(h.heap) == h.n {
			slices.Sort(h.heap) // what is sorted is a heap
		}
	case v > h.heap[0]:
		h.heap[0] = v
		h.sink()
	}
}

// sink moves the top to where it belongs.
func (h *highest) sink() {
	for i := 0; ; {
		least := 2*i + 1
		if least >= len(h.heap) {
			return
		}
		if least+1 < len(h.heap) && h.heap[least+1] < h.heap[least] {
			least++
		}
		if h.heap[i] <= h.heap[least] {
			return
		}
		h.heap[i], h.heap[least] = h.heap[least], h.heap[i]
		i = least
	}
}

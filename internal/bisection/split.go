package bisection

import (
	"context"
	"math"
	"math/bits"
	"runtime"
	"slices"
	"sync"
)

const (
	// leafTexts is how many texts are left in the order in which they are. In smaller parts
	// few terms are shared.
	leafTexts = 32
	// maxRounds bounds how often texts are exchanged between two halves, and a part has
	// converged once at most a convergedPart of its texts was.
	maxRounds     = 8
	convergedPart = 200
	// parallelTexts is the size of a part from which both halves are ordered at once.
	parallelTexts = 4096
)

// part is texts that follow one another, and the terms that at least two of them have.
type part struct {
	texts []uint32 // the texts, to be put in order
	ends  []uint64 // by index in texts: the terms of it and those before it
	terms []uint32 // from 0
	kinds int      // of terms
}

func newPart(texts, terms int) *part {
	return &part{texts: make([]uint32, 0, texts), ends: make([]uint64, 0, texts), terms: make([]uint32, 0, terms)}
}

// add adds a text, whose terms have been appended.
func (p *part) add(text uint32) {
	p.texts = append(p.texts, text)
	p.ends = append(p.ends, uint64(len(p.terms)))
}

// of returns the terms of a text by its index.
func (p *part) of(i uint32) []uint32 {
	from := uint64(0)
	if i > 0 {
		from = p.ends[i-1]
	}
	return p.terms[from:p.ends[i]]
}

// order returns the texts in order.
func (p *part) order(ctx context.Context) ([]uint32, error) {
	out := make([]uint32, len(p.texts))
	s := splitter{logs: logarithms(len(p.texts)), running: make(chan struct{}, runtime.GOMAXPROCS(0)-1)}
	s.order(ctx, p, out)
	s.wait.Wait()
	return out, ctx.Err()
}

// splitter splits parts until they are small.
type splitter struct {
	logs    []int32
	running chan struct{} // goroutines beside the first
	wait    sync.WaitGroup
}

// logarithms returns the logarithms of 0, taken for 1, to about n, in units of 2^-16. They are
// whole numbers, so that sums don't depend on the machine.
func logarithms(n int) []int32 {
	logs := make([]int32, n+1)
	for i := range logs {
		logs[i] = int32(math.Round(math.Log2(float64(max(i, 1))) * (1 << 16)))
	}
	return logs
}

// order writes the texts of a part to out in order. It uses up the part.
func (s *splitter) order(ctx context.Context, p *part, out []uint32) {
	if len(p.texts) <= leafTexts || p.kinds == 0 || ctx.Err() != nil {
		copy(out, p.texts)
		return
	}
	h := s.halves(p)
	half := len(h.left)
	left, right := h.take(h.left, 0), h.take(h.right, 1)
	*p = part{}
	if len(h.right) >= parallelTexts {
		select {
		case s.running <- struct{}{}:
			s.wait.Go(func() {
				defer func() { <-s.running }()
				s.order(ctx, right, out[half:])
			})
			s.order(ctx, left, out[:half])
			return
		default:
		}
	}
	s.order(ctx, left, out[:half])
	s.order(ctx, right, out[half:])
}

// halves are the halves of a part.
type halves struct {
	*part
	left, right []uint32    // indexes of texts
	counts      [][2]uint32 // by term: texts of each half that have it
}

// biased is a text with how much it would rather be in the right half.
type biased struct {
	bias int64
	text uint32
}

// halves splits a part. Each round, the half of the texts that would rather be on the left gets
// there: a term prefers the side where more of its texts are, by the logarithm of their numbers,
// which is about what the gaps of its list would gain.
func (s *splitter) halves(p *part) halves {
	n := len(p.texts)
	h := halves{part: p, counts: make([][2]uint32, p.kinds)}
	all := make([]uint32, n)
	for i := range all {
		all[i] = uint32(i)
	}
	h.left, h.right = all[:n/2], all[n/2:]
	for side, texts := range [][]uint32{h.left, h.right} {
		for _, i := range texts {
			for _, t := range p.of(i) {
				h.counts[t][side]++
			}
		}
	}
	weights := make([]int32, p.kinds)
	ranked := make([]biased, n)
	for range maxRounds {
		for t, c := range h.counts {
			weights[t] = s.logs[c[1]] - s.logs[c[0]]
		}
		for k, i := range all {
			sum := int64(0)
			for _, t := range p.of(i) {
				sum += int64(weights[t])
			}
			ranked[k] = biased{sum, i}
		}
		if h.exchange(ranked, n/2) <= n/convergedPart {
			break
		}
	}
	slices.Sort(h.left)
	slices.Sort(h.right)
	return h
}

// exchange makes the halves of texts by their biases, and returns how many changed sides. ranked
// has those of the left half first.
func (h *halves) exchange(ranked []biased, half int) int {
	selectLeast(ranked, half)
	changed := 0
	isLeft := make([]uint64, (len(ranked)+63)/64)
	for _, i := range h.left {
		isLeft[i/64] |= 1 << (i % 64)
	}
	for k, r := range ranked {
		from, to := 1, 0 // sides
		if isLeft[r.text/64]>>(r.text%64)&1 == 1 {
			from = 0
		}
		if k >= half {
			to = 1
		}
		if from != to {
			changed++
			for _, t := range h.of(r.text) {
				h.counts[t][from]--
				h.counts[t][to]++
			}
		}
	}
	for k, r := range ranked[:half] {
		h.left[k] = r.text
	}
	for k, r := range ranked[half:] {
		h.right[k] = r.text
	}
	return changed
}

func (b biased) less(o biased) bool { return b.bias < o.bias || b.bias == o.bias && b.text < o.text }

// selectLeast moves the n least to the front: quickselect.
func selectLeast(list []biased, n int) {
	for rounds := 2 * bits.Len(uint(len(list))); len(list) > 1; rounds-- {
		if rounds == 0 { // unlucky pivots
			slices.SortFunc(list, func(a, b biased) int {
				if a.less(b) {
					return -1
				}
				return 1
			})
			return
		}
		at := partition(list)
		switch {
		case n <= at:
			list = list[:at]
		default:
			list, n = list[at+1:], n-at-1
		}
	}
}

// partition moves those less than a pivot before it and the others after it, and returns its
// index.
func partition(list []biased) int {
	last := len(list) - 1
	middle := last / 2
	if list[middle].less(list[0]) {
		list[0], list[middle] = list[middle], list[0]
	}
	if list[last].less(list[0]) {
		list[0], list[last] = list[last], list[0]
	}
	if list[middle].less(list[last]) {
		list[middle], list[last] = list[last], list[middle]
	}
	pivot, at := list[last], 0 // the middle one of three
	for i := range last {
		if list[i].less(pivot) {
			list[i], list[at] = list[at], list[i]
			at++
		}
	}
	list[at], list[last] = list[last], list[at]
	return at
}

// take makes a part of one half.
func (h *halves) take(texts []uint32, side int) *part {
	if len(texts) <= leafTexts {
		p := newPart(len(texts), 0)
		for _, i := range texts {
			p.add(h.texts[i])
		}
		return p
	}
	number := make([]uint32, h.kinds) // of terms, from 1
	kinds, total := 0, 0
	for t, c := range h.counts {
		if n := c[side]; n >= 2 && int(n) < len(texts) {
			kinds++
			number[t] = uint32(kinds)
			total += int(n)
		}
	}
	p := newPart(len(texts), total)
	p.kinds = kinds
	for _, i := range texts {
		for _, t := range h.of(i) {
			if n := number[t]; n > 0 {
				p.terms = append(p.terms, n-1)
			}
		}
		p.add(h.texts[i])
	}
	return p
}

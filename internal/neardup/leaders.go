package neardup

import (
	"cmp"
	"slices"
)

const (
	// minShared is how many of two sketches' hashes must be equal for a look at
	// the texts. Of a copy that makes up three fifths of a text, 14 are expected, and
	// fewer than 7 come once in a thousand.
	minShared = 7
	// maxCompared bounds the texts that one article is compared with, the likeliest
	// first: bulletins (天气, 收盘) look like hundreds of others.
	maxCompared = 8
	// maxLeaders bounds the groups that one shingle leads to. What more groups hold
	// than that is a phrase of the trade, and the rarer ones decide.
	maxLeaders = 64
)

// leaders finds the leaders of groups by the hashes of their sketches, as an
// inverted index does. Articles go by their places in the order of sizes.
type leaders struct {
	hashes []uint32 // that several articles hold, in rising order
	starts []uint32 // by hash, where its leaders begin in places; one more at the end
	places []uint32 // of leaders
	used   []uint8  // by hash, how many leaders it has so far

	shared  []uint8  // by place: hashes shared with the article in hand
	touched []uint32 // places where shared is not 0
}

// newLeaders makes room for the leaders of each hash that several of the ranked
// articles hold.
func newLeaders(signatures []Signature, ranked []uint32) *leaders {
	all := make([]uint32, 0, len(ranked)*sketchSize)
	for _, a := range ranked {
		for _, h := range signatures[a].least {
			if h != unused {
				all = append(all, h)
			}
		}
	}
	slices.Sort(all)
	several := 0
	eachRun(all, func(uint32, int) { several++ })
	l := &leaders{
		hashes: all[:0], // each run takes one place of its own
		starts: make([]uint32, 0, several+1),
		used:   make([]uint8, several),
		shared: make([]uint8, len(ranked)),
	}
	room := uint32(0)
	eachRun(all, func(hash uint32, holders int) {
		l.hashes, l.starts = append(l.hashes, hash), append(l.starts, room)
		room += uint32(min(holders, maxLeaders))
	})
	l.starts = append(l.starts, room)
	l.places = make([]uint32, room)
	return l
}

// eachRun calls visit for each hash that stands more than once in sorted ones,
// which visit may overwrite as far as it was told of them.
func eachRun(sorted []uint32, visit func(hash uint32, times int)) {
	for i := 0; i < len(sorted); {
		n := i + 1
		for n < len(sorted) && sorted[n] == sorted[i] {
			n++
		}
		if n-i > 1 {
			visit(sorted[i], n-i)
		}
		i = n
	}
}

// lists returns which of the hashes a signature holds.
func (l *leaders) lists(s *Signature) []int {
	var out []int
	for _, h := range s.least {
		if k, ok := slices.BinarySearch(l.hashes, h); ok && h != unused {
			out = append(out, k)
		}
	}
	return out
}

// add makes the article at a place a leader to those that hold its hashes.
func (l *leaders) add(place uint32, lists []int) {
	for _, k := range lists {
		if at := l.starts[k] + uint32(l.used[k]); at < l.starts[k+1] {
			l.places[at] = place
			l.used[k]++
		}
	}
}

// candidates lists the leaders that share most with the article of lists, at
// most maxCompared.
func (l *leaders) candidates(lists []int) []uint32 {
	rare := 0
	for _, k := range lists {
		if l.used[k] == maxLeaders {
			continue
		}
		rare++
		for _, leader := range l.places[l.starts[k]:][:l.used[k]] {
			if l.shared[leader] == 0 {
				l.touched = append(l.touched, leader)
			}
			l.shared[leader]++
		}
	}
	var out []uint32
	for _, c := range l.touched {
		if int(l.shared[c])*len(lists) >= minShared*rare {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(l.shared[b], l.shared[a]), cmp.Compare(a, b))
	})
	for _, c := range l.touched {
		l.shared[c] = 0
	}
	l.touched = l.touched[:0]
	return out[:min(len(out), maxCompared)]
}

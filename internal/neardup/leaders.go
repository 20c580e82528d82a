package neardup

import (
	"cmp"
	"math/bits"
	"slices"
)

const (
	// minShared is how many hashes of two sketches must be equal for the texts to be
	// compared. A copy of three fifths of a text shares 14 on average, and fewer than
	// 7 in one of a thousand cases.
	minShared = 7
	// maxCompared bounds the texts that one article is compared with, the most
	// similar first: bulletins (天气, 收盘) resemble hundreds of others.
	maxCompared = 8
	// maxLeaders bounds the leaders of one hash. A shingle of more groups is a stock
	// phrase, and the rarer ones decide.
	maxLeaders = 64
)

// leaders is an inverted index of the leaders of groups, by the hashes of their
// sketches. Articles are named by rank.
type leaders struct {
	hashes []uint32 // of several articles, ascending
	starts []uint32 // by hash, the start of its leaders in ranks; one more at the end
	ranks  []uint32 // of leaders
	used   []uint8  // by hash, how many leaders it has so far

	// The hashes whose first bits are n are hashes[first[n]:first[n+1]].
	first []uint32
	shift int

	found       []int    // the last result of lists
	sharedCount []uint8  // by rank: hashes shared with the current article
	touched     []uint32 // ranks whose sharedCount is not 0
}

// newLeaders allocates the lists of leaders, for each hash of several ranked
// articles.
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
		hashes:      all[:0], // in place: a run becomes one element
		starts:      make([]uint32, 0, several+1),
		used:        make([]uint8, several),
		sharedCount: make([]uint8, len(ranked)),
	}
	size := uint32(0)
	eachRun(all, func(hash uint32, articles int) {
		l.hashes, l.starts = append(l.hashes, hash), append(l.starts, size)
		size += uint32(min(articles, maxLeaders))
	})
	l.starts = append(l.starts, size)
	l.ranks = make([]uint32, size)
	l.indexHashes()
	return l
}

// indexHashes fills first.
func (l *leaders) indexHashes() {
	width := min(bits.Len(uint(len(l.hashes))), maxFirstBits)
	l.shift = 32 - width
	l.first = make([]uint32, 1<<width+1)
	for _, h := range l.hashes {
		l.first[h>>l.shift+1]++
	}
	for i := 1; i < len(l.first); i++ {
		l.first[i] += l.first[i-1]
	}
}

// maxFirstBits bounds the length of leaders.first.
const maxFirstBits = 20

// eachRun calls visit for each hash that occurs more than once in a sorted list,
// which visit may overwrite up to the run.
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

// lists returns the indexes of the hashes that a signature has, until the next call.
func (l *leaders) lists(s *Signature) []int {
	l.found = l.found[:0]
	for _, h := range s.least {
		from, to := l.first[h>>l.shift], l.first[h>>l.shift+1]
		if k, ok := slices.BinarySearch(l.hashes[from:to], h); ok && h != unused {
			l.found = append(l.found, int(from)+k)
		}
	}
	return l.found
}

// add adds the article of a rank to the leaders of its hashes.
func (l *leaders) add(rank uint32, lists []int) {
	for _, k := range lists {
		if at := l.starts[k] + uint32(l.used[k]); at < l.starts[k+1] {
			l.ranks[at] = rank
			l.used[k]++
		}
	}
}

// candidates lists the leaders that share most hashes with the article of lists,
// at most maxCompared.
func (l *leaders) candidates(lists []int) []uint32 {
	rare := 0
	for _, k := range lists {
		if l.used[k] == maxLeaders {
			continue
		}
		rare++
		for _, leader := range l.ranks[l.starts[k]:][:l.used[k]] {
			if l.sharedCount[leader] == 0 {
				l.touched = append(l.touched, leader)
			}
			l.sharedCount[leader]++
		}
	}
	var out []uint32
	for _, c := range l.touched {
		if int(l.sharedCount[c])*len(lists) >= minShared*rare {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(l.sharedCount[b], l.sharedCount[a]), cmp.Compare(a, b))
	})
	for _, c := range l.touched {
		l.sharedCount[c] = 0
	}
	l.touched = l.touched[:0]
	return out[:min(len(out), maxCompared)]
}

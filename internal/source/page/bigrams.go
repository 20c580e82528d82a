package page

import (
	"math"

	"xunwen/internal/textnorm"
)

// bigram is two Han characters that stand together, the unit in which texts are
// compared: it needs no dictionary.
type bigram struct{ a, b rune }

// bigramIndex numbers the pairs of a page and counts the segments each stands in.
type bigramIndex struct {
	ids  map[bigram]int32
	seen []int32 // last segment counted
	df   []int32 // segments that hold the pair
	n    int32   // segments
}

// newLexicon gives an empty one with room for the pairs of a text of so many
// bytes, up to what a newspaper page has.
func newLexicon(size int) *bigramIndex {
	const (
		bytesAPair = 4 // of a text that seldom repeats itself
		most       = 1 << 13
	)
	n := min(size/bytesAPair, most)
	return &bigramIndex{ids: make(map[bigram]int32, n), seen: make([]int32, 0, n), df: make([]int32, 0, n)}
}

// add counts one segment and gives its different pairs, in order.
func (x *bigramIndex) add(texts ...string) []int32 {
	x.n++
	size := 0
	for _, s := range texts {
		size += len(s)
	}
	const bytesAHan = 3
	out := make([]int32, 0, size/bytesAHan)
	for _, s := range texts {
		var last rune
		for _, r := range s {
			if !textnorm.IsHan(r) {
				last = 0
				continue
			}
			if last != 0 {
				id := x.id(bigram{last, r})
				if x.seen[id] != x.n {
					x.seen[id] = x.n
					x.df[id]++
					out = append(out, id)
				}
			}
			last = r
		}
	}
	return out
}

func (x *bigramIndex) id(p bigram) int32 {
	id, ok := x.ids[p]
	if !ok {
		id = int32(len(x.df))
		x.ids[p] = id
		x.df, x.seen = append(x.df, 0), append(x.seen, 0)
	}
	return id
}

// weight is how much a pair tells: less the more segments hold it.
func (x *bigramIndex) weight(id int32) float64 {
	return math.Log(1 + float64(x.n)/float64(max(1, x.df[id])))
}

// known gives the ids of the different pairs of s, -1 for one that no segment
// holds.
func (x *bigramIndex) known(s string) []int32 {
	var out []int32
	seen := map[bigram]bool{}
	var last rune
	for _, r := range s {
		if !textnorm.IsHan(r) {
			last = 0
			continue
		}
		if p := (bigram{last, r}); last != 0 && !seen[p] {
			seen[p] = true
			id, ok := x.ids[p]
			if !ok {
				id = -1
			}
			out = append(out, id)
		}
		last = r
	}
	return out
}

// contains says whether some segment contains a and b next to each other.
func (x *bigramIndex) contains(a, b rune) bool { _, ok := x.ids[bigram{a, b}]; return ok }

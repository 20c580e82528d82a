package page

import (
	"math"

	"xunwen/internal/textnorm"
)

// bigram is two adjacent Han characters, the unit in which texts are compared:
// it needs no dictionary.
type bigram struct{ a, b rune }

// bigramIndex numbers the bigrams of a page and counts the passages that contain
// each.
type bigramIndex struct {
	ids  map[bigram]int32
	seen []int32 // last passage counted
	df   []int32 // passages that contain the bigram
	n    int32   // passages
}

// newBigramIndex returns an empty index with room for the bigrams of a text of
// so many bytes, up to what a newspaper page has.
func newBigramIndex(size int) *bigramIndex {
	const (
		bytesPerBigram = 4 // of text with little repetition
		most           = 1 << 13
	)
	n := min(size/bytesPerBigram, most)
	return &bigramIndex{ids: make(map[bigram]int32, n), seen: make([]int32, 0, n), df: make([]int32, 0, n)}
}

// add counts one passage and returns its distinct bigrams, in order.
func (x *bigramIndex) add(texts ...string) []int32 {
	x.n++
	size := 0
	for _, s := range texts {
		size += len(s)
	}
	const bytesPerHan = 3
	out := make([]int32, 0, size/bytesPerHan)
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

// weight is the information of a bigram: the more passages contain it, the less.
func (x *bigramIndex) weight(id int32) float64 {
	return math.Log(1 + float64(x.n)/float64(max(1, x.df[id])))
}

// lookUp returns the ids of the distinct bigrams of s, -1 for one that no
// passage contains.
func (x *bigramIndex) lookUp(s string) []int32 {
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

// contains reports whether some passage contains a followed by b.
func (x *bigramIndex) contains(a, b rune) bool { _, ok := x.ids[bigram{a, b}]; return ok }
